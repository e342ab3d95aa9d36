import type { Corp } from '../corp/corp.ts';
import type { SignInIdentity } from '../sign-in-service.ts';

/** An identity that a consent or QR page offers. */
export interface IdentityChoice {
  /** Form value: `member:<userid>` or `external:<id>`. */
  readonly value: string;
  readonly label: string;
}

const statusWords: Readonly<Record<number, string>> = { 2: '已禁用', 4: '未激活', 5: '已退出' };
const maxMembersShown = 50;

/**
 * Lists the first fifty members whose name or userid holds the search text, then all identities outside the
 * corp.
 */
export function listIdentities(corp: Corp, search: string): IdentityChoice[] {
  const wanted = search.toLowerCase();
  const choices: IdentityChoice[] = [];
  for (const { userid, name, status } of corp.members.values()) {
    if (choices.length >= maxMembersShown) break;
    if (!name.toLowerCase().includes(wanted) && !userid.toLowerCase().includes(wanted)) continue;
    const word = statusWords[status];
    choices.push({
      value: `member:${userid}`,
      label: `${name} (${userid})${word === undefined ? '' : ` · ${word}`}`,
    });
  }
  const external = corp.externalIdentities.map(({ id, label }) => ({ value: `external:${id}`, label }));
  return [...choices, ...external];
}

/** Finds the identity of a form value; undefined when there is none. */
export function findIdentity(corp: Corp, value: string): SignInIdentity | undefined {
  if (value.startsWith('member:')) {
    const member = corp.findMember(value.slice('member:'.length));
    return member === undefined ? undefined : { kind: 'member', userid: member.userid };
  }
  const known = corp.externalIdentities.find(({ id }) => value === `external:${id}`);
  if (known === undefined) return undefined;
  if (known.kind === 'linkedCorp') return { kind: 'linkedCorp', id: known.id };
  const { id: openid, external_userid } = known;
  return external_userid === undefined
    ? { kind: 'outsider', openid }
    : { kind: 'outsider', openid, external_userid };
}

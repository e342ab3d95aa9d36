import type { ConnectionCheck, ConnectionTest } from '@orgmirror/contracts';
import {
  isWecomError,
  type WecomAgent,
  type WecomClient,
  type WecomDepartment,
  type WecomMember,
} from '@orgmirror/wecom';
import type { Locale } from '../http/locale.ts';
import { checkTexts } from './check-texts.ts';
import { presentFailure } from './present-failure.ts';

type CheckId = ConnectionCheck['id'];
type Outcome = Pick<ConnectionCheck, 'status' | 'message' | 'remedy'>;

/** Fields that WeCom gives or keeps back, depending on the app; those of apps made after 2022-06-20 lack most. */
const reportedFields = [
  'name',
  'position',
  'telephone',
  'alias',
  'extattr',
  'direct_leader',
  'gender',
  'avatar',
  'mobile',
  'email',
  'biz_mail',
  'address',
  'qr_code',
] as const satisfies readonly (keyof WecomMember)[];

/**
 * Tries a connection step by step: the secret, the app, the departments, one department's members. A token alone
 * proves little: WeCom checks the trusted IP at later calls. A step after a failed one is skipped.
 */
export async function testConnection(
  client: WecomClient,
  agentId: number,
  locale: Locale,
): Promise<ConnectionTest> {
  const texts = checkTexts[locale];
  const checks: ConnectionCheck[] = [];
  let failed = false;
  const step = async <T>(id: CheckId, run: () => Promise<[T, Outcome]>): Promise<T | undefined> => {
    if (failed) {
      checks.push({ id, status: 'skipped', message: texts.skipped });
      return undefined;
    }
    try {
      const [value, outcome] = await run();
      failed = outcome.status === 'failed';
      checks.push({ id, ...outcome });
      return value;
    } catch (error) {
      if (!isWecomError(error)) throw error;
      failed = true;
      checks.push({ id, ...presentFailure(error, locale) });
      return undefined;
    }
  };

  await step('credentials', async () => [await client.getToken(), passed(texts.credentials)]);
  const agent = await step('agent', async () => {
    const answer = await client.getAgent(agentId);
    return [answer, judgeAgent(answer, locale)];
  });
  const departments = await step('departments', async () => {
    const answer = await client.listDepartments();
    return [answer, judgeDepartments(answer, locale)];
  });
  const members = await step('members', async () => {
    const answer = await readSampleMembers(client, agent, departments ?? []);
    return [answer, judgeMembers(answer, locale)];
  });
  return {
    ok: !failed,
    checks,
    ...(agent && {
      agent: { name: agent.name ?? '', visibleDepartmentIds: [...agent.allow_partys.partyid] },
    }),
    ...(members && members.length > 0 && { fields: reportFields(members) }),
  };
}

const passed = (message: string): Outcome => ({ status: 'passed', message });

function judgeAgent(agent: WecomAgent, locale: Locale): Outcome {
  const texts = checkTexts[locale];
  if (agent.close === 1) return { status: 'failed', message: texts.agentDisabled, remedy: texts.enableAgent };
  const { allow_partys, allow_userinfos, allow_tags } = agent;
  const isEmpty = allow_partys.partyid.length + allow_userinfos.user.length + allow_tags.tagid.length === 0;
  if (isEmpty) return { status: 'warning', message: texts.emptyScope, remedy: texts.widenScope };
  return passed(texts.agent(agent.name ?? ''));
}

function judgeDepartments(departments: readonly WecomDepartment[], locale: Locale): Outcome {
  const texts = checkTexts[locale];
  if (departments.length === 0)
    return { status: 'warning', message: texts.noDepartments, remedy: texts.widenScope };
  return passed(texts.departments(departments.length));
}

function judgeMembers(members: readonly WecomMember[], locale: Locale): Outcome {
  const texts = checkTexts[locale];
  if (members.length === 0) return { status: 'warning', message: texts.noMembers, remedy: texts.widenScope };
  return passed(texts.members(members.length));
}

/** Members of the first departments that have some, else the first member who is visible on their own. */
async function readSampleMembers(
  client: WecomClient,
  agent: WecomAgent | undefined,
  departments: readonly WecomDepartment[],
): Promise<WecomMember[]> {
  const mostDepartmentsTried = 5;
  for (const { id } of departments.slice(0, mostDepartmentsTried)) {
    const members = await client.listMembers(id);
    if (members.length > 0) return members;
  }
  const single = agent?.allow_userinfos.user[0];
  return single ? [await client.getMember(single.userid)] : [];
}

function reportFields(members: readonly WecomMember[]): NonNullable<ConnectionTest['fields']> {
  const isReturned = (field: (typeof reportedFields)[number]) =>
    members.some((member) => {
      const value = member[field];
      return value !== undefined && value !== '' && !(field === 'gender' && value === '0');
    });
  return {
    returned: reportedFields.filter(isReturned),
    notReturned: reportedFields.filter((field) => !isReturned(field)),
  };
}

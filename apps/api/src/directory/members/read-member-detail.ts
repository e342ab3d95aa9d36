import type { MemberDetail } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { listAttributes } from '../attributes/attribute-repository.ts';
import { findMember, listMemberHistory, readMemberNames } from './member-repository.ts';
import { readMentionedNames } from './mentioned-names.ts';
import { presentMemberDetail, readUserIds } from './present-members.ts';
import { readMemberSummaries } from './read-member-summaries.ts';

const historyLimit = 100;

/** Everything that a member's page shows; null when there is no such member. */
export async function readMemberDetail(
  dependencies: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  userKey: string,
): Promise<MemberDetail | null> {
  const { prisma, secretBox } = dependencies;
  const row = await findMember(prisma, corpRowId, userKey);
  const [summary] = row === null ? [] : await readMemberSummaries(dependencies, corpRowId, [row.id]);
  if (row === null || summary === undefined) return null;
  const leaders = readUserIds(row.directLeaderUserIds);
  const names = await readMemberNames(prisma, corpRowId, leaders.map(toMemberKey));
  const history = await listMemberHistory(prisma, corpRowId, userKey, historyLimit);
  const attributes = await listAttributes(prisma, corpRowId);
  return presentMemberDetail(row, summary, secretBox, {
    attributes: attributes.map(({ key, nameZh, nameEn }) => ({
      key,
      nameZh,
      nameEn,
      value: summary.attributeValues[key] ?? null,
    })),
    directLeaders: leaders.map((userId) => ({
      wecomUserId: userId,
      name: names.get(toMemberKey(userId)) ?? null,
    })),
    history: history.map((item) => ({ ...item, at: item.at.toISOString() })),
    historyNames: await readMentionedNames(prisma, corpRowId, history),
  });
}

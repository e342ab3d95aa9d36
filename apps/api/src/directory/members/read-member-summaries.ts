import type { MemberSummary } from '@orgmirror/contracts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { presentMember } from './present-members.ts';
import { readListedMembers } from './read-listed-members.ts';

/** Members by local id as lists show them, with the departments that they are in. */
export async function readMemberSummaries(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  ids: readonly number[],
): Promise<MemberSummary[]> {
  if (ids.length === 0) return [];
  const { members, places, departmentNames } = await readListedMembers(prisma, corpRowId, ids);
  const placesOf = Map.groupBy(places, ({ memberId }) => memberId);
  return members.map(({ attributeValues, ...member }) => ({
    ...presentMember(member, placesOf.get(member.id) ?? [], departmentNames, secretBox),
    attributeValues,
  }));
}

import type { MemberSummary } from '@orgmirror/contracts';
import type { PrismaClient } from '../database/generated/client.ts';
import type { SecretBox } from '../secret-box.ts';
import { listPlaces, readListedMembers } from './member-repository.ts';
import { presentMember } from './present-members.ts';

/** Members by local id as lists show them, with the departments that they are in. */
export async function readMemberSummaries(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  ids: readonly number[],
): Promise<MemberSummary[]> {
  const [rows, places] = await Promise.all([readListedMembers(prisma, ids), listPlaces(prisma, ids)]);
  const placesOf = Map.groupBy(places, ({ memberId }) => memberId);
  return rows.map((row) => presentMember(row, placesOf.get(row.id) ?? [], secretBox));
}

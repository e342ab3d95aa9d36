import type { MemberSummary } from '@orgmirror/contracts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { readAttributeValues } from '../attributes/attribute-repository.ts';
import { readPathNames } from '../departments/department-repository.ts';
import { listPlaces, readListedMembers } from './member-repository.ts';
import { presentMember } from './present-members.ts';

/** Members by local id as lists show them, with the departments that they are in. */
export async function readMemberSummaries(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  ids: readonly number[],
): Promise<MemberSummary[]> {
  const [rows, { placesOf, names }, attributes] = await Promise.all([
    readListedMembers(prisma, ids),
    readPlaces(prisma, corpRowId, ids),
    readAttributeValues(prisma, ids),
  ]);
  return rows.map((row) => ({
    ...presentMember(row, placesOf.get(row.id) ?? [], names, secretBox),
    attributeValues: attributes.get(row.id) ?? {},
  }));
}

/** Where the members are, and the names on the way there: by themselves, since members share most of it. */
async function readPlaces(prisma: PrismaClient, corpRowId: number, memberIds: readonly number[]) {
  const places = await listPlaces(prisma, memberIds);
  const names = await readPathNames(prisma, corpRowId, places);
  return { placesOf: Map.groupBy(places, ({ memberId }) => memberId), names };
}

import type { MemberSummary } from '@orgmirror/contracts';
import type { PrismaClient } from '../database/generated/client.ts';
import type { SecretBox } from '../secret-box.ts';
import { parsePath, readDepartmentNames } from './department-repository.ts';
import { listPlaces, type MemberRow } from './member-repository.ts';
import { presentMember } from './present-members.ts';

/** Members as lists show them, with the departments that they are in. */
export async function readMemberSummaries(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  rows: readonly MemberRow[],
): Promise<MemberSummary[]> {
  const places = await listPlaces(
    prisma,
    rows.map(({ id }) => id),
  );
  const departmentIds = new Set(places.flatMap(({ path }) => parsePath(path)));
  const names = await readDepartmentNames(prisma, corpRowId, [...departmentIds]);
  return rows.map((row) => {
    const own = places.filter(({ memberId }) => memberId === row.id);
    return presentMember(row, own, names, secretBox);
  });
}

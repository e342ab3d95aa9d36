import type { PrismaClient } from '../database/generated/client.ts';
import { findMemberPage, type MemberCursor } from './find-member-page.ts';
import type { MemberCounts, ShownCorp } from './member-counts.ts';
import type { MemberQuery } from './member-filter.ts';
import { type MemberRow, readMembers } from './member-repository.ts';

const everyone: MemberQuery = {
  department: undefined,
  recursive: false,
  q: undefined,
  status: undefined,
  presence: 'present',
};

/** One page of members, one more than `limit` if there are, and how many there are altogether. */
export async function searchMembers(
  { prisma, counts }: { prisma: PrismaClient; counts: MemberCounts },
  corp: ShownCorp,
  asked: MemberQuery,
  page: { limit: number; after: MemberCursor | undefined },
): Promise<{ found: { row: MemberRow; sortValue: string }[]; total: number }> {
  const presentCount = await counts.count(corp, everyone);
  const query = dropWholeDepartment(asked, presentCount);
  const { found, total } = await findMemberPage(prisma, corp.id, query, page, presentCount);
  const rows = await readMembers(
    prisma,
    found.map(({ id }) => id),
  );
  return {
    found: found.flatMap(({ id, sortValue }) => {
      const row = rows.get(id);
      return row ? [{ row, sortValue }] : [];
    }),
    total: await counts.count(corp, query, total),
  };
}

/** A department that holds everyone is no condition: the console's list begins with the whole enterprise. */
function dropWholeDepartment(query: MemberQuery, presentCount: number): MemberQuery {
  const holdsEveryone = query.recursive && query.department?.totalMemberCount === presentCount;
  return holdsEveryone && query.presence === 'present' ? { ...query, department: undefined } : query;
}

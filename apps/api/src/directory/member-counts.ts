import { Prisma, type PrismaClient } from '../database/generated/client.ts';
import { fromDepartment, isOrderedByDepartment } from './find-member-page.ts';
import { buildConditions, type MemberQuery } from './member-filter.ts';

/** The corp that is shown and the revision of its directory. */
export interface ShownCorp {
  id: number;
  revision: bigint;
}

/** How many members queries find. */
export interface MemberCounts {
  /** `known`, when there is one, is what finding the page has told already. */
  count(corp: ShownCorp, query: MemberQuery, known?: number): Promise<number>;
}

/** Beyond so many different queries of one revision the oldest are forgotten. */
const mostKept = 5_000;

/**
 * Counts of present members, kept as long as the directory's revision stays: page after page of 100,000 hits costs one
 * count. Who has left is counted anew each time: erasing their personal fields does not raise the revision.
 */
export function createMemberCounts(prisma: PrismaClient): MemberCounts {
  let revision = '';
  let counts = new Map<string, Promise<number>>();

  function keep(corp: ShownCorp, query: MemberQuery, count: () => Promise<number>): Promise<number> {
    const current = `${corp.id}:${corp.revision}`;
    if (revision !== current) [revision, counts] = [current, new Map()];
    const key = JSON.stringify([query.q, query.status, query.department?.id, query.recursive]);
    const kept = counts.get(key);
    if (kept !== undefined) return kept;
    const counted = count();
    counts.set(key, counted);
    counted.catch(() => counts.delete(key)); // a failure is not kept
    for (const oldest of counts.keys()) {
      if (counts.size <= mostKept) break;
      counts.delete(oldest);
    }
    return counted;
  }

  async function count(corp: ShownCorp, query: MemberQuery, known?: number): Promise<number> {
    const stored = readStoredCount(query);
    if (stored !== undefined) return stored;
    if (query.presence === 'all')
      return (
        (await count(corp, { ...query, presence: 'present' })) +
        (await count(corp, { ...query, presence: 'left' }))
      );
    const counted = async () => known ?? countNow(prisma, corp.id, query);
    return query.presence === 'left' ? counted() : keep(corp, query, counted);
  }
  return { count };
}

/** What the department's own row says. Who has left is in no department. */
function readStoredCount({ department, recursive, presence, q, status }: MemberQuery): number | undefined {
  if (department === undefined || q || status !== undefined) return undefined;
  if (presence === 'left') return 0;
  return recursive ? department.totalMemberCount : department.memberCount;
}

async function countNow(prisma: PrismaClient, corpRowId: number, query: MemberQuery): Promise<number> {
  const conditions = [
    Prisma.sql`m.corp_row_id = ${corpRowId} AND m.presence = ${query.presence}::member_presence`,
    ...buildConditions(corpRowId, query),
  ];
  const from = isOrderedByDepartment(query)
    ? fromDepartment(corpRowId, query)
    : Prisma.sql`FROM member m WHERE ${Prisma.join(conditions, ' AND ')}`;
  const [row] = await prisma.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${from}`;
  return row?.total ?? 0;
}

import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { CurrentCorp } from '../departments/current-corp.ts';
import type { CachedQuery } from './cached-query.ts';
import {
  buildConditions,
  fromDepartment,
  isOrderedByDepartment,
  type MemberQuery,
  readStoredCount,
} from './member-filter.ts';

export interface SearchDependencies {
  prisma: PrismaClient;
  /** From `createMemberQueryCache`. */
  getCachedQuery: (corp: CurrentCorp, query: MemberQuery) => CachedQuery;
}

/** How many members a query finds. */
export async function countMembers(
  dependencies: SearchDependencies,
  corp: CurrentCorp,
  query: MemberQuery,
): Promise<number> {
  const stored = readStoredCount(query);
  if (stored !== undefined) return stored;
  if (query.presence === 'all') {
    const count = (presence: 'present' | 'left') => countMembers(dependencies, corp, { ...query, presence });
    return (await count('present')) + (await count('left'));
  }
  const cached = dependencies.getCachedQuery(corp, query);
  cached.total ??= countNow(dependencies.prisma, corp.id, query).catch((error: unknown) => {
    delete cached.total; // a failure is not cached
    throw error;
  });
  return cached.total;
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

import type { PrismaClient } from '../../platform/database/generated/client.ts';

/** The corp whose directory is shown, and the revision of that directory. */
export interface CurrentCorp {
  id: number;
  revision: bigint;
}

/** The corp with what decides how its members are looked for. */
export interface SearchedCorp extends CurrentCorp {
  /** Whether the enterprise has attributes of its own: without any, their values are not searched. */
  hasAttributes: boolean;
}

/** The configured corp; undefined before there is one. */
export async function findCurrentCorp(prisma: PrismaClient): Promise<SearchedCorp | undefined> {
  const [corp] = await prisma.$queryRaw<SearchedCorp[]>`
    SELECT c.id, c.revision, EXISTS (SELECT FROM attribute a WHERE a.corp_row_id = c.id) AS "hasAttributes"
    FROM wecom_connection w JOIN corp c ON c.id = w.corp_row_id LIMIT 1`;
  return corp;
}

import type { PrismaClient } from '../../platform/database/generated/client.ts';

/** The corp whose directory is shown, and the revision of that directory. */
export interface CurrentCorp {
  id: number;
  revision: bigint;
}

/** The configured corp; undefined before there is one. */
export async function findCurrentCorp(prisma: PrismaClient): Promise<CurrentCorp | undefined> {
  const [corp] = await prisma.$queryRaw<CurrentCorp[]>`
    SELECT c.id, c.revision FROM wecom_connection w JOIN corp c ON c.id = w.corp_row_id LIMIT 1`;
  return corp;
}

import type { Overview } from '@orgmirror/contracts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { version } from '../platform/version.ts';

/** What runs here, as a report of a fault has to name it. */
export async function readVersions(
  prisma: PrismaClient,
  { embedded }: Pick<Database, 'embedded'>,
): Promise<Overview['versions']> {
  const [row] = await prisma.$queryRaw<{ database: string }[]>`
    SELECT current_setting('server_version') AS database`;
  return {
    server: version,
    node: process.versions.node,
    databaseKind: embedded ? 'embedded' : 'postgres',
    database: row?.database ?? '',
  };
}

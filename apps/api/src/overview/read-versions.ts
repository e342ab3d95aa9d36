import { readFileSync } from 'node:fs';
import type { Overview } from '@orgmirror/contracts';
import * as z from 'zod';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

const { version: server } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** What runs here, as a report of a fault has to name it. */
export async function readVersions(
  prisma: PrismaClient,
  { embedded }: Pick<Database, 'embedded'>,
): Promise<Overview['versions']> {
  const [row] = await prisma.$queryRaw<{ database: string }[]>`
    SELECT current_setting('server_version') AS database`;
  return {
    server,
    node: process.versions.node,
    databaseKind: embedded ? 'embedded' : 'postgres',
    database: row?.database ?? '',
  };
}

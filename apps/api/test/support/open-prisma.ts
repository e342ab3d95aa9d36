import pg from 'pg';
import { PrismaClient } from '../../src/platform/database/generated/client.ts';
import { InstantAdapter, InstantClient } from '../../src/platform/database/instants.ts';
import { connectionStringOf } from './query-database.ts';
import type { TestDatabase } from './test-database.ts';

/** A client that writes instants as the server does: by Prisma's own adapter they are off by the database's zone. */
export function openPrisma(database: TestDatabase): PrismaClient {
  const pool = new pg.Pool({ Client: InstantClient, connectionString: connectionStringOf(database) });
  return new PrismaClient({ adapter: new InstantAdapter(pool, { disposeExternalPool: true }) });
}

import { openDatabase } from '../src/platform/database/database.ts';
import { applyMigrations } from '../src/platform/database/migrations/apply-migrations.ts';
import { openJobQueue } from '../src/platform/jobs/job-queue.ts';
import { createLogger } from '../src/platform/logging/create-logger.ts';

/** Makes of an empty database what a first start makes of it: the tables of every migration and of the job queue. */
export async function migrateEmptyDatabase(
  place: { databaseUrl: string } | { dataFolder: string },
): Promise<void> {
  const logger = createLogger('silent');
  const database = await openDatabase({ databaseUrl: undefined, dataFolder: '', ...place }, logger);
  await applyMigrations(database);
  const queue = await openJobQueue(database, logger, { supervise: false });
  await queue.stop();
  await database.close();
}

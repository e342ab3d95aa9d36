import { openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { openJobQueue } from '../../src/platform/jobs/job-queue.ts';
import { createLogger } from '../../src/platform/logging/create-logger.ts';

// node migrate-template.ts postgres <connection string> | embedded <data folder>
// Leaves what a first start leaves: the tables of every migration and those of the job queue.
const [kind, place] = process.argv.slice(2);
if (place === undefined) throw new Error('Name the database.');
const logger = createLogger('silent');
const options =
  kind === 'embedded'
    ? { databaseUrl: undefined, dataFolder: place }
    : { databaseUrl: place, dataFolder: '' };
const database = await openDatabase(options, logger);
await applyMigrations(database);
const queue = await openJobQueue(database, logger, { supervise: false });
await queue.stop();
await database.close();

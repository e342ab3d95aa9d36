import { openEmbeddedDatabase } from '../../src/platform/database/embedded-database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { openJobQueue } from '../../src/platform/jobs/job-queue.ts';
import { createLogger } from '../../src/platform/logging/create-logger.ts';

// node migrate-template.ts postgres <connection string> | embedded <data folder>
// Leaves what a first start leaves: the tables of every migration and those of the job queue.
const [kind, place] = process.argv.slice(2);
if (place === undefined) throw new Error('Name the database.');
const embedded = kind === 'embedded' ? await openEmbeddedDatabase(place) : undefined;
const connectionString = embedded?.connectionString ?? place;
await applyMigrations({ connectionString, embedded: embedded !== undefined });
const queue = await openJobQueue(connectionString, createLogger('silent'), { supervise: false });
await queue.stop();
await embedded?.close();

import { migrateEmptyDatabase } from '../../scripts/migrate-empty-database.ts';

// node migrate-template.ts <connection string>
const [databaseUrl] = process.argv.slice(2);
if (databaseUrl === undefined) throw new Error('Name the database.');
await migrateEmptyDatabase({ databaseUrl });

// Writes the SQL of a new migration: the difference between prisma/migrations and prisma/schema.prisma.
// Usage: npm run migration -- add_something
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '../apps/api/test/support/start-postgres.ts';
import { openSchemaEngine, prismaFolder, readMigrations } from './schema-engine.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('Usage: npm run migration -- add_something');

const postgres = await startPostgres();
const { engine, dispose } = await openSchemaEngine(await postgres.createDatabase());
const schemaPath = join(prismaFolder, 'schema.prisma');
const { stdout: sql } = await engine.diff({
  from: { tag: 'migrations', ...(await readMigrations()) },
  to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: await readFile(schemaPath, 'utf8') }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = join(prismaFolder, 'migrations', `${stamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'migration.sql'), sql ?? '');
console.log(`Wrote ${folder}/migration.sql`);
await dispose();
await postgres.stop();

import { openSchemaEngine, readMigrations } from '../../../../prisma/schema-engine.ts';

/** Applies the migrations up to `last` as releases before the own runner did: by Prisma's engine, without transactions. */
export async function applyAsBefore(connectionString: string, last: string): Promise<void> {
  const list = await readMigrations();
  const { engine, dispose } = await openSchemaEngine(connectionString);
  try {
    await engine.applyMigrations({
      migrationsList: {
        ...list,
        migrationDirectories: list.migrationDirectories.filter(({ path }) => path <= last),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
  } finally {
    await dispose();
  }
}

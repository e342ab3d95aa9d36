import type { Database } from '../platform/database/database.ts';
import { applyMigrations } from '../platform/database/migrations/apply-migrations.ts';
import type { CommandContext } from './command-context.ts';

/** Brings the database up to date, as each start does: for a deployment that does so before it starts servers. */
export async function migrate({ print }: CommandContext, database: Database): Promise<void> {
  const applied = await applyMigrations(database);
  for (const name of applied) print(name);
  print(
    applied.length > 0
      ? `已应用 ${applied.length} 项数据库升级。 | Applied ${applied.length} database migration(s).`
      : '数据库已是最新。 | The database is up to date.',
  );
}

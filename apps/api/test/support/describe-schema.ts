import type { Sql } from './query-database.ts';

/** Tables, columns, indexes and constraints of the product, and which migrations are recorded. */
export async function describeSchema(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }>(`
    SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT concat_ws(' ', migration_name, checksum) FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
    ORDER BY 1`);
  return rows.map(({ line }) => line);
}

import type { PrismaClient } from '../../src/platform/database/generated/client.ts';
import type { Sql } from './query-database.ts';

/** A field of the schema that holds an instant. */
export interface InstantField {
  model: string;
  field: string;
  table: string;
  column: string;
}

interface RuntimeModel {
  dbName: string | null;
  fields: { name: string; type: string; dbName?: string }[];
}

/** Every `DateTime` field of the schema, from what the generated client knows of it. */
export function listInstantFields(prisma: PrismaClient): InstantField[] {
  // The generated client keeps its data model there; nothing public lists a schema's fields any more.
  const { models } = (prisma as unknown as { _runtimeDataModel: { models: Record<string, RuntimeModel> } })
    ._runtimeDataModel;
  return Object.entries(models).flatMap(([model, { dbName, fields }]) =>
    fields
      .filter(({ type }) => type === 'DateTime')
      .map(({ name, dbName: column }) => ({
        model,
        field: name,
        table: dbName ?? model,
        column: column ?? name,
      })),
  );
}

const anyValue: Record<string, string> = {
  text: `'x'`,
  uuid: 'gen_random_uuid()',
  bytea: `'\\x00'`,
  jsonb: `'{}'`,
  boolean: 'false',
  'timestamp with time zone': 'now()',
};

/** Puts one row into every table that has none, without the rows it refers to: for statements that ask only what a column holds. */
export async function fillEveryTable(sql: Sql): Promise<void> {
  const columns = await sql<{ table: string; column: string; type: string; label: string | null }>(`
    SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type,
      (SELECT quote_literal(min(enumlabel::text)) FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
       WHERE t.typname = c.udt_name) AS label
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_nullable = 'NO'
      AND c.column_default IS NULL AND c.table_name <> '_prisma_migrations'`);
  const tables = Map.groupBy(columns, ({ table }) => table);
  for (const [table, needed] of tables) {
    const names = needed.map(({ column }) => `"${column}"`).join(', ');
    const values = needed.map(({ type, label }) => label ?? anyValue[type] ?? '1').join(', ');
    await sql(`BEGIN; SET LOCAL session_replication_role = replica;
      INSERT INTO "${table}" (${names}) SELECT ${values} WHERE NOT EXISTS (SELECT FROM "${table}"); COMMIT`);
  }
}

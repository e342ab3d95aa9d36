import type { Sql } from './query-database.ts';

/** In an order that breaks no foreign key. */
const tables = [
  ...['membership', 'member_sensitive', 'member', 'sync_change', 'sync_lease', 'sync_run'],
  ...['callback_event', 'callback_endpoint', 'department', 'wecom_connection', 'wecom_access_token', 'corp'],
];

/** Takes away the corp with all that was mirrored of it, its runs and its settings. */
export async function clearMirror(sql: Sql): Promise<void> {
  for (const table of tables) await sql(`DELETE FROM ${table}`);
}

import type { Sql } from './query-database.ts';

/** Empties the audit log and its chain as only the owner of the tables can: by taking the triggers off. */
export async function emptyAuditLog(sql: Sql): Promise<void> {
  await tamperWithAudit(sql, 'DELETE FROM audit_entry; DELETE FROM audit_link');
}

/** Executes what the triggers refuse, in one transaction with taking them off. */
export async function tamperWithAudit(sql: Sql, statements: string): Promise<void> {
  await sql(`${alterTriggers('DISABLE')}; ${statements}; ${alterTriggers('ENABLE')}`);
}

/** From now on the log is a table like any other. */
export const takeAuditTriggersOff = (sql: Sql): Promise<unknown> => sql(alterTriggers('DISABLE'));

const alterTriggers = (action: 'DISABLE' | 'ENABLE'): string =>
  ['audit_entry', 'audit_link'].map((table) => `ALTER TABLE ${table} ${action} TRIGGER USER`).join('; ');

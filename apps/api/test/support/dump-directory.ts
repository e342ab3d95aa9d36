import { expect } from 'vitest';
import { openSensitiveDocument } from '../../src/directory/sensitive/sensitive-document.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { openSql } from './query-database.ts';
import type { TestServer } from './start-test-server.ts';

/**
 * Every row of the directory with all of its columns, by what it is: `department 10`, `member ann`,
 * `membership ann/10`.
 */
export type DirectoryDump = Record<string, Record<string, unknown>>;

/** Columns that say when and how a row was written, not what it says; what was granted here no undo gives back. */
const bookkeeping = ['updated_at', 'content_hash', 'former_role', 'former_left_at'];

/** Reads the directory of the only corp, sensitive fields in clear. */
export async function dumpDirectory({ database }: Pick<TestServer, 'database'>): Promise<DirectoryDump> {
  const sql = openSql(database);
  const secretBox = createSecretBox(database.env.APP_SECRET ?? '');
  const dump: DirectoryDump = {};
  type Row = { key: string; row: Record<string, unknown>; sealed?: string | null };
  const rows = [
    ...(await sql<Row>(`SELECT 'department ' || wecom_id AS key, to_jsonb(d) AS row FROM department d`)),
    ...(await sql<Row>(`SELECT 'member ' || user_key AS key, to_jsonb(m) AS row, encode(s.sealed, 'base64') AS sealed
      FROM member m LEFT JOIN member_sensitive s ON s.member_id = m.id AND s.source = 'contacts'`)),
    ...(await sql<Row>(`SELECT 'membership ' || m.user_key || '/' || d.wecom_id AS key, to_jsonb(s) AS row
      FROM membership s JOIN member m ON m.id = s.member_id JOIN department d ON d.id = s.department_id`)),
  ];
  for (const { key, row, sealed } of rows) {
    for (const column of bookkeeping) delete row[column];
    const sensitive = sealed ? openSensitiveDocument(secretBox, Buffer.from(sealed, 'base64')) : {};
    dump[key] = key.startsWith('member ') ? { ...row, sensitive } : row;
  }
  return dump;
}

/**
 * Expects every row of `before` as it was; what came later may have stayed as a row, but is gone and in no
 * department.
 */
export function expectTakenBack(before: DirectoryDump, after: DirectoryDump): void {
  const old = Object.entries(after).filter(([key]) => key in before);
  expect(Object.fromEntries(old)).toEqual(before);
  for (const [key, row] of Object.entries(after)) {
    if (key in before) continue;
    expect([key, row.presence]).toEqual([key, key.startsWith('member ') ? 'left' : 'removed']);
  }
}

/** The same without since when and by which run a row is gone. */
export function withoutGoneMarks(dump: DirectoryDump): DirectoryDump {
  const marks = ['removed_at', 'removed_run_id', 'left_at', 'left_run_id'];
  return Object.fromEntries(
    Object.entries(dump).map(([key, row]) => [
      key,
      Object.fromEntries(Object.entries(row).filter(([column]) => !marks.includes(column))),
    ]),
  );
}

/**
 * Expects one forest of present departments, and present members in present departments, one of them the main
 * one.
 */
export function expectSoundDirectory(dump: DirectoryDump): void {
  const rows = (entity: string) =>
    Object.entries(dump).flatMap(([key, row]) => (key.startsWith(`${entity} `) ? [row] : []));
  const present = rows('department').filter(({ presence }) => presence === 'present');
  const departments = new Map(present.map((row) => [row.id, row]));
  for (const row of departments.values()) {
    let above: Record<string, unknown> | undefined = row;
    for (let steps = 0; above !== undefined && above.parent_id !== null; steps++) {
      expect(steps, `department ${row.wecom_id} is in a cycle`).toBeLessThan(departments.size);
      above = departments.get(above.parent_id);
    }
    expect(above, `department ${row.wecom_id} hangs under one that is gone`).toBeDefined();
  }
  const members = new Map(rows('member').map((row) => [row.id, row]));
  const mains = new Map<unknown, number>();
  for (const { member_id, department_id, is_main } of rows('membership')) {
    expect(members.get(member_id)?.presence, `member ${member_id} has a place`).toBe('present');
    expect(departments.has(department_id), `department ${department_id} has members`).toBe(true);
    mains.set(member_id, (mains.get(member_id) ?? 0) + (is_main ? 1 : 0));
  }
  for (const [id, count] of mains) expect([id, count]).toEqual([id, 1]);
}

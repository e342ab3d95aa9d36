import { endpoints } from '@orgmirror/contracts';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../../src/platform/logging/create-logger.ts';
import { applyAsBefore } from '../support/earlier-release.ts';
import { connectionStringOf, openSql, type Sql } from '../support/query-database.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { emptyAuditLog, tamperWithAudit } from '../support/tamper-with-audit.ts';
import { createTestDatabase } from '../support/test-database.ts';

async function verify(env: Record<string, string>, ...args: string[]): Promise<string> {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const exitCode = await runCommand(['audit:verify', ...args], {
    env: { LOG_LEVEL: 'silent', ...env },
    print,
    printError: print,
  });
  return `${exitCode}: ${said.join('\n')}`;
}

const insert = (sql: Sql, target: string, result = 'succeeded', days = 0) =>
  sql(
    `INSERT INTO audit_entry (id, action, target, result, at, after)
     VALUES (gen_random_uuid(), 'x', $1, $2, now() - make_interval(days => $3), '{"b": 1.50, "a": "字"}')`,
    [target, result, days],
  );

describe('the chain over the audit log', () => {
  let server: TestServer;
  let sql: Sql;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startTestServer();
    sql = openSql(server.database);
    env = server.database.env;
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await emptyAuditLog(sql);
    for (const target of ['one', 'two', 'three']) await insert(sql, target);
  });

  it('is whole, also when many processes write at once', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 3 === 0
          ? server.anonymous().request('POST', '/session', { body: { username: 'admin', password: 'x' } })
          : insert(sql, `at once ${index}`),
      ),
    );
    const [{ entries } = { entries: 0 }] = await sql<{ entries: number }>(
      'SELECT count(*)::int AS entries FROM audit_entry',
    );
    expect(entries).toBeGreaterThan(40);
    expect(await verify(env)).toContain(`0: 操作日志完整：共 ${entries} 条，其中 0 条`);
  });

  it('makes no writer wait for a transaction that has written and goes on', async () => {
    const countLinks = () => sql<{ count: number }>('SELECT count(*)::int AS count FROM audit_link');
    const [before] = await countLinks();
    const slow = new pg.Client({ connectionString: connectionStringOf(server.database) });
    await slow.connect();
    try {
      await slow.query('BEGIN');
      await slow.query(
        `INSERT INTO audit_entry (id, action, result) VALUES (gen_random_uuid(), 'slow', 'x')`,
      );
      await insert(sql, 'beside');
      expect(await countLinks()).toEqual([{ count: (before?.count ?? 0) + 1 }]);
      await slow.query('COMMIT');
    } finally {
      await slow.end();
    }
    expect(await verify(env)).toMatch(/^0: /);
  });

  it.each([
    ['UPDATE audit_entry SET target = $$x$$', 'UPDATE of audit_entry'],
    ['DELETE FROM audit_entry', 'DELETE of audit_entry'],
    ['TRUNCATE audit_entry', 'TRUNCATE of audit_entry'],
    ['UPDATE audit_link SET seq = seq + 1', 'UPDATE of audit_link'],
    ['DELETE FROM audit_link', 'DELETE of audit_link'],
    ['TRUNCATE audit_link', 'TRUNCATE of audit_link'],
  ])('the database refuses %s', async (statement, name) => {
    await expect(sql(statement)).rejects.toThrow(`append-only: ${name}`);
  });

  it.each<[string, string, RegExp]>([
    [
      'a changed entry',
      `UPDATE audit_entry SET after = '{"a": 2}' WHERE target = 'two'`,
      /#2 .*it was changed/,
    ],
    ['a deleted entry', `DELETE FROM audit_entry WHERE target = 'two'`, /#2 .*deleted before its time/],
    [
      'an entry whose hash was made to fit',
      `UPDATE audit_entry SET target = 'zwei' WHERE target = 'two';
       UPDATE audit_link SET entry_hash = sha256('x') WHERE seq = 2`,
      /#2 .*its link was changed/,
    ],
    [
      'a link whose time was made to fit',
      `DELETE FROM audit_entry WHERE target = 'two'; UPDATE audit_link SET at = now() - interval '9 years' WHERE seq = 2`,
      /#2 .*its link was changed/,
    ],
    [
      'an entry that was taken out with its link',
      `DELETE FROM audit_entry WHERE target = 'two'; DELETE FROM audit_link WHERE seq = 2`,
      /#3 .*a link before it is missing/,
    ],
    [
      'an entry that was written past the chain',
      `INSERT INTO audit_entry (id, action, result) VALUES (gen_random_uuid(), 'secret', 'x')`,
      /secret .*it is not in the chain/,
    ],
  ])('%s is named', async (_, statements, expected) => {
    await tamperWithAudit(sql, statements);
    const outcome = await verify(env);
    expect(outcome).toMatch(/^1: 操作日志 .* \| Audit entry /);
    expect(outcome).toMatch(expected);
  });

  it('tells by an end that was noted that it was cut off since', async () => {
    const [, end = ''] = /kept elsewhere: (\S+)/.exec(await verify(env)) ?? [];
    await insert(sql, 'four');
    expect(await verify(env, end)).toMatch(/^0: /);
    await tamperWithAudit(
      sql,
      `DELETE FROM audit_entry WHERE target IN ('three', 'four'); DELETE FROM audit_link WHERE seq > 2`,
    );
    expect(await verify(env)).toMatch(/^0: /);
    expect(await verify(env, end)).toMatch(/^1: .*does not hold 3:/);
    expect(await verify(env, 'nonsense')).toMatch(/^1: .*no position of the chain/);
  });

  it('stays whole when retention deletes, and an export names places in it', async () => {
    await insert(sql, 'old refusal', 'failed', 191);
    await insert(sql, 'old', 'succeeded', 1_099);
    await server.restart(); // it purges at start
    await expect.poll(() => sql(`SELECT FROM audit_entry WHERE target LIKE 'old%'`)).toEqual([]);
    expect(await verify(env)).toMatch(/^0: .*5 entries, 2 of them deleted after their retention/);
    const { items } = await server.api.call(endpoints.listAuditEntries);
    const two = items.find(({ target }) => target === 'two');
    expect(await verify(env, `${two?.seq}:${two?.hash}`)).toMatch(/^0: /);
  });
});

it('takes in what earlier releases wrote', async () => {
  const database = await createTestDatabase({ empty: true });
  const sql = openSql(database);
  const opened = await openDatabase(readConfig(database.env), createLogger('silent'));
  try {
    await applyAsBefore(opened.connectionString, '20261126193000_subject_groups');
    for (let number = 0; number < 5; number++) await insert(sql, `before ${number}`, 'succeeded', number);
    await applyMigrations(opened);
    await insert(sql, 'after');
    expect(
      await sql(`SELECT e.target FROM audit_link l JOIN audit_entry e ON e.id = l.entry_id ORDER BY l.seq`),
    ).toEqual(
      ['before 4', 'before 3', 'before 2', 'before 1', 'before 0', 'after'].map((target) => ({ target })),
    );
  } finally {
    await opened.close();
  }
  expect(await verify(database.env)).toMatch(/^0: .*6 entries/);
  await database.remove();
});

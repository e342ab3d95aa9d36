import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { applyMigrations } from '../../src/platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../../src/platform/logging/create-logger.ts';
import { applyAsBefore } from '../support/earlier-release.ts';
import { openSql, readLocks, type Sql } from '../support/query-database.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const lastOfPrisma = '20261125143428_sync_change_kinds';

let files: TestDatabase;
let database: Database;
let sql: Sql;
const open = async (timeZone?: string) => {
  files = await createTestDatabase({ empty: true, timeZone });
  database = await openDatabase(readConfig(files.env), createLogger('silent'));
  sql = openSql(files);
};
afterEach(async () => {
  await database.close();
  await files.remove();
});

describe('migrations on Postgres', () => {
  beforeEach(() => open());

  it('are applied once by any number of processes, and no lock outlives them', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database)));
    expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted());
    expect(applied.flat()).toContain(lastOfPrisma);
    expect(await readLocks(sql, `locktype = 'advisory'`)).toEqual([]);
  });

  it('leave no connection open in a process that did nothing else', async () => {
    const migrated = await openDatabase(readConfig(files.env), createLogger('silent'));
    await applyMigrations(migrated);
    await migrated.close();
    expect(migrated.readPool().open).toBe(0); // it would keep the process for ten seconds
  });
});

describe.each([
  ['Asia/Shanghai', '2026-07-01T12:00:00.000Z', '2026-07-01T04:00:00Z'],
  ['America/New_York', '2026-07-01T12:00:00.000Z', '2026-07-01T16:00:00Z'],
  ['America/New_York', '2026-01-01T12:00:00.000Z', '2026-01-01T17:00:00Z'],
  ['UTC', '2026-07-01T12:00:00.000Z', '2026-07-01T12:00:00Z'],
])('what an earlier release wrote at %s', (zone, real, written) => {
  it(`becomes ${real}, and what the database wrote stays`, async () => {
    await open(zone);
    await applyAsBefore(database.connectionString, lastOfPrisma);
    await sql(
      `INSERT INTO corp (corp_id, created_at) VALUES ('ww1', '${written}');
       INSERT INTO member (corp_row_id, user_id, user_key, name, sort_name, search_text, left_at)
         VALUES (1, 'a', 'a', 'a', 'a', 'a', '${real}');
       INSERT INTO audit_entry (id, action, result, at) VALUES (gen_random_uuid(), 'x', 'x', '${written}');
       INSERT INTO user_account (id, username, username_key, password_hash, role, created_at)
         VALUES (gen_random_uuid(), 'a', 'a', 'x', 'admin', '${written}');
       INSERT INTO session (id, user_id, created_at, expires_at, last_seen_at)
         SELECT gen_random_uuid(), id, '${written}', '${written}', '${written}' FROM user_account;
       INSERT INTO member_sensitive (member_id, source, sealed, updated_at)
         VALUES (1, 'contacts', '', '${real}'), (1, 'authorised', '', '${written}')`,
    );
    await applyMigrations(database);
    const { prisma } = database;
    const at = new Date(real);
    expect(await prisma.corp.findFirst()).toMatchObject({ createdAt: at });
    expect(await prisma.member.findFirst()).toMatchObject({ leftAt: at });
    expect(await prisma.auditEntry.findFirst()).toMatchObject({ at });
    expect(await prisma.session.findFirst()).toMatchObject({ createdAt: at, expiresAt: at, lastSeenAt: at });
    expect(await prisma.memberSensitive.findMany()).toMatchObject([{ updatedAt: at }, { updatedAt: at }]);
  });
});

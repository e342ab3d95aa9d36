import { endpoints } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { createCallbackSender, memberChange } from '../support/callback-sender.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { createSmallCorp, crowd, hire } from '../support/small-corp.ts';
import { startProgram } from '../support/start-program.ts';
import { admin, startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createTestDatabase } from '../support/test-database.ts';

const minuteMs = 60_000;

describe.each(['Asia/Shanghai', 'America/New_York'])('on a database at %s', (timeZone) => {
  let server: TestServer;
  let sql: Sql;
  beforeAll(async () => {
    const corp = createSmallCorp([[1, 0]], [['ann', 1], ...crowd(80, 1)]);
    server = await startTestServer({ wecom: { corp }, timeZone });
    sql = openSql(server.database);
    await server.configure();
    await server.sync();
  });
  afterAll(() => server.stop());

  /** How long ago the database says that the latest of these instants was. */
  async function ageOf(instant: string): Promise<number> {
    const [row] = await sql<{
      ms: number;
    }>(`SELECT extract(epoch FROM now() - max(${instant}))::float8 * 1000 AS ms
      FROM sync_run, session, audit_entry`);
    return row?.ms ?? Number.NaN;
  }

  it.each(['started_at', 'finished_at', 'applied_at', 'status_changed_at', 'last_seen_at', 'at'])(
    'the database’s own clock agrees with %s',
    async (column) => {
      const ageMs = await ageOf(column);
      expect(ageMs).toBeGreaterThan(-1_000);
      expect(ageMs).toBeLessThan(minuteMs);
    },
  );

  it('an event right after a full sync brings its member, and says when', async () => {
    const sender = await createCallbackSender(server);
    hire(server.wecom.corp, 'late', 1);
    const before = Date.now();
    expect((await sender.send(memberChange('create_user', 'late'))).status).toBe(200);
    const list = () => server.api.call(endpoints.listWecomEvents, { query: { q: 'late' } });
    await expect.poll(async () => (await list()).items[0]?.status).toBe('processed');
    expect(await sql(`SELECT presence FROM member WHERE user_key = 'late'`)).toEqual([
      { presence: 'present' },
    ]);
    const [event] = (await list()).items;
    expect(Math.abs(Date.parse(event?.receivedAt ?? '') - before)).toBeLessThan(minuteMs);
  });

  it('a leaver left when they left', async () => {
    removeMember(server.wecom.corp, 'ann');
    expect((await server.sync()).status).toBe('succeeded');
    const member = await server.api.call(endpoints.getMember, { params: { wecomUserId: 'ann' } });
    expect(Math.abs(Date.parse(member.leftAt ?? '') - Date.now())).toBeLessThan(minuteMs);
  });

  it('the run of a killed process ends and the next one may start', async () => {
    await sql(`INSERT INTO sync_run (id, corp_row_id, mode, trigger, status, active_corp_row_id, progress, counts,
        held, held_reasons, warnings, status_changed_at)
      SELECT gen_random_uuid(), corp_row_id, mode, trigger, 'reading', corp_row_id, progress, counts, held,
        held_reasons, warnings, now() - interval '1 minute' FROM sync_run LIMIT 1`);
    const active = () => sql('SELECT id FROM sync_run WHERE active_corp_row_id IS NOT NULL');
    await expect.poll(active).toEqual([]);
    expect((await server.sync()).status).toBe('succeeded');
  });

  it.each([
    ['database', 'DATABASE %I'],
    ['role', 'ROLE postgres IN DATABASE %I'],
  ])('the next scheduled start stays where it is when the zone of the %s changes', async (_, owner) => {
    const schedule = { kind: 'everyHours', hours: 24 } as const;
    await server.api.call(endpoints.saveSyncSettings, { body: { schedule } });
    const readNext = async () =>
      (await server.api.call(endpoints.getWecomSettings)).scheduleState.nextRunsAt[0];
    const before = await readNext();
    await sql(
      `DO $$ BEGIN EXECUTE format('ALTER ${owner} SET timezone = %L', current_database(), 'Pacific/Auckland'); END $$`,
    );
    await server.restart();
    expect(await readNext()).toBe(before);
    expect((await server.sync()).status).toBe('succeeded');
    expect(Math.abs(await ageOf('started_at'))).toBeLessThan(minuteMs);
  });
});

describe('a process at another zone than its database', () => {
  it('writes instants as they are', async () => {
    const database = await createTestDatabase({ timeZone: 'Asia/Shanghai' });
    onTestFinished(database.remove);
    const account = { ADMIN_USERNAME: admin.username, ADMIN_PASSWORD: admin.password };
    const port = String(await findFreePort());
    const env = { ...database.env, ...account, LOG_LEVEL: 'warn' };
    const program = startProgram({ ...env, PORT: port, TZ: 'America/New_York' });
    onTestFinished(async () => {
      program.kill('SIGKILL');
      await program.exited;
    });
    await program.saying('is ready at');
    const api = createApiClient(`http://127.0.0.1:${port}`);
    await api.call(endpoints.signIn, { body: admin });
    const [row] = await openSql(database)<{ ms: number; expiresInMs: number }>(`
      SELECT extract(epoch FROM now() - last_seen_at)::float8 * 1000 AS ms,
        extract(epoch FROM expires_at - now())::float8 * 1000 AS "expiresInMs" FROM session`);
    expect(Math.abs(row?.ms ?? Number.NaN)).toBeLessThan(minuteMs);
    expect(Math.abs((row?.expiresInMs ?? Number.NaN) - 7 * 24 * 60 * minuteMs)).toBeLessThan(minuteMs);
  });
});

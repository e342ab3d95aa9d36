import { endpoints } from '@orgmirror/contracts';
import { createApp, sampleApp } from '@orgmirror/wecom-simulator';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { digestMobile } from '../../src/directory/sensitive/mobile-digest.ts';
import { sealedColumns } from '../../src/platform/sealed-columns.ts';
import { createSecretBox } from '../../src/platform/secret-box.ts';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { connectionStringOf, openSql, readLocks } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { usesPostgres } from '../support/test-database.ts';

const mobile = '13912345678';
const nextSecret = 'the next secret, which is long enough';

let server: TestServer;
let formerSecret: string;

beforeEach(async () => {
  const corp = createSmallCorp([[1, 0]], [['ann', 1]]);
  corp.putMember({ ...corp.findMember('ann')!, extras: { mobile } });
  const { agentid, secret } = sampleApp;
  const app = createApp({ agentid, secret, createdAfter20220620: false, trustedIps: null });
  server = await startTestServer({ wecom: { corp, apps: [app] } });
  formerSecret = server.database.env.APP_SECRET ?? '';
  await server.configure();
  await server.api.call(endpoints.saveWecomSettings, {
    body: { corpId: server.wecom.corpid, agentId: agentid, contactSecret: 'a-contact-secret' },
  });
  await server.api.call(endpoints.saveNoticeSettings, {
    body: {
      language: 'en',
      quietHours: null,
      wecom: { enabled: false, userIds: [] },
      email: {
        ...{ enabled: false, host: 'smtp.example.com', port: 465, security: 'tls' },
        ...{ username: 'mirror', password: 'of the mailbox', from: '', to: [] },
      },
      webhook: { enabled: false, url: '', secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
      version: 0,
    },
  });
  await server.api.call(endpoints.createExport, {
    body: { list: 'members', format: 'csv', columns: ['name'] },
  });
  await connectCallbacks(server);
  server.holdEvents();
  expect((await server.sync()).status).toBe('succeeded');
  server.wecom.callbacks.send(
    'contacts',
    'change_contact',
    '<ChangeType>update_user</ChangeType><UserID>ann</UserID>',
  );
  await server.wecom.callbacks.idle();
});
afterEach(() => server.stop());

async function rotate(env: Record<string, string>): Promise<string> {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const exitCode = await runCommand(['rotate-secret'], {
    env: { ...server.database.env, LOG_LEVEL: 'silent', ...env },
    print,
    printError: print,
  });
  return `${exitCode}: ${said.join('\n')}`;
}

/** Sealed values of all columns that are not sealed with this secret, by column. */
async function countOthers(appSecret: string): Promise<Record<string, number>> {
  const prefix = Buffer.from(createSecretBox(appSecret).sealedPrefix).toString('hex');
  const counts: Record<string, number> = {};
  for (const { table, column } of sealedColumns) {
    const [row] = await openSql(server.database)<{ others: number; all: number }>(
      `SELECT count(*) FILTER (WHERE substring(${column} FROM 1 FOR 5) <> '\\x${prefix}')::int AS others,
         count(${column})::int AS all FROM ${table}`,
    );
    expect(row?.all, `${table}.${column} is used`).toBeGreaterThan(0);
    counts[`${table}.${column}`] = row?.others ?? 0;
  }
  return counts;
}

/** The digests of the only mobile, wherever one lies. */
const readDigests = async () =>
  (
    await openSql(server.database)<{ digest: string }>(
      `SELECT mobile_digest AS digest FROM member_sensitive WHERE mobile_digest <> ''
       UNION SELECT mobile_digest FROM sync_change WHERE mobile_digest <> ''`,
    )
  ).map(({ digest }) => digest);

const sum = (counts: Record<string, number>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

async function expectAllReadable(): Promise<void> {
  const { api } = server;
  const { value } = await api.call(endpoints.revealMember, {
    params: { wecomUserId: 'ann' },
    body: { field: 'mobile' },
  });
  expect(value).toBe(mobile);
  const { items } = await api.call(endpoints.listMembers, { query: { q: mobile } });
  expect(items.map(({ wecomUserId }) => wecomUserId)).toEqual(['ann']);
  expect((await api.call(endpoints.testWecomSettings, { body: {} })).ok).toBe(true);
  const [event] = (await api.call(endpoints.listWecomEvents)).items;
  expect((await api.call(endpoints.getWecomEvent, { params: { id: event?.id ?? '' } })).text).toContain(
    'ann',
  );
}

it('every sealed column is known', async () => {
  const columns = await openSql(server.database)<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'bytea' AND column_name ~ 'sealed' ORDER BY 1`,
  );
  expect(columns.map(({ name }) => name)).toEqual(
    sealedColumns.map(({ table, column }) => `${table}.${column}`).sort(),
  );
});

it('a changed APP_SECRET opens everything with the former, then without it', async () => {
  const both = { APP_SECRET: nextSecret, FORMER_APP_SECRET: formerSecret };
  const runOnce = () => rotate(both);
  await server.restart(both);
  expect(server.said.join('\n')).toContain('run orgmirror rotate-secret');
  await expectAllReadable(); // by the session of before
  const before = await countOthers(nextSecret);
  expect(sum(before)).toBeGreaterThan(sealedColumns.length - 2);

  let outcome = '';
  if (usesPostgres) outcome = await runOnce(); // while the server runs
  const alone = { APP_SECRET: nextSecret, FORMER_APP_SECRET: '' };
  await server.restart(alone, async () => {
    outcome ||= await runOnce();
  });
  expect(outcome).toMatch(/^0: .*Encrypted \d+ value\(s\) with APP_SECRET/);
  expect(sum(await countOthers(nextSecret))).toBe(0);
  expect(await readDigests()).toEqual([digestMobile(createSecretBox(nextSecret), mobile)]);
  await server.api.call(endpoints.signIn, {
    body: { username: 'admin', password: 'a long enough password' },
  });
  await expectAllReadable();
  expect((await server.sync()).counts.members).toMatchObject({ update: 0, create: 0, remove: 0 });
  const { items } = await server.api.call(endpoints.listAuditEntries);
  expect(items.find(({ action }) => action === 'secret.rotate')).toMatchObject({
    actor: null,
    result: 'succeeded',
  });
  if (usesPostgres)
    await expect(server.startBeside({ APP_SECRET: formerSecret })).rejects.toThrow('ACCEPT_APP_SECRET');
});

it.runIf(usesPostgres)('a run that copies a value of the former secret meanwhile is waited for', async () => {
  const sql = openSql(server.database);
  const both = { APP_SECRET: nextSecret, FORMER_APP_SECRET: formerSecret };
  const run = new pg.Client({ connectionString: connectionStringOf(server.database) });
  await run.connect();
  await run.query(`BEGIN; INSERT INTO member_sensitive (member_id, source, sealed)
    SELECT member_id, 'authorised', sealed FROM member_sensitive`);
  const rotating = rotate(both);
  const waiting = async () =>
    (await readLocks(sql, `NOT granted AND relation = 'member_sensitive'::regclass`)).length;
  await expect.poll(waiting, { interval: 20 }).toBe(1);
  await expect.poll(waiting, { interval: 20 }).toBe(0); // it stands back, so that nobody waits for long
  await run.query('COMMIT');
  await run.end();
  expect(await rotating).toMatch(/^0: /);
  expect(sum(await countOthers(nextSecret))).toBe(0);
});

it('values of before there were key ids are taken along, and what no secret opens is told', async () => {
  const sql = openSql(server.database);
  await sql(`UPDATE callback_event SET sealed = '\\x01'::bytea || substring(sealed FROM 6)`);
  await sql(`UPDATE callback_endpoint SET token_sealed = '\\x0102030405060708'`);
  const run = () => rotate({ APP_SECRET: nextSecret, FORMER_APP_SECRET: formerSecret });
  let outcome = '';
  await server.restart({ APP_SECRET: nextSecret }, async () => {
    outcome = await run();
  });
  expect(outcome).toMatch(/^0: /);
  expect(outcome).toContain('1 value(s) in callback_endpoint.token_sealed open with neither secret');
  expect(await countOthers(nextSecret)).toMatchObject({
    'callback_event.sealed': 0,
    'callback_endpoint.token_sealed': 1,
  });
});

it('neither secret of this database: nothing is touched, and one line says so', async () => {
  const before = await countOthers(formerSecret);
  let outcome = '';
  await server.restart({}, async () => {
    outcome = await rotate({
      APP_SECRET: nextSecret,
      FORMER_APP_SECRET: 'a third secret of 32 characters …',
    });
  });
  expect(outcome).toMatch(/^1: APP_SECRET .*FORMER_APP_SECRET.*$/);
  expect(await countOthers(formerSecret)).toEqual(before);
});

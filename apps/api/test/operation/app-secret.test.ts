import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSql } from '../support/query-database.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { createTestDatabase, type TestDatabase, usesPostgres } from '../support/test-database.ts';

const otherSecret = 'another secret that is long enough to be taken';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.remove());

/** Starts it and waits until it is ready or has ended. */
async function start(env: Record<string, string> = {}): Promise<Program> {
  const program = startProgram({ PORT: '0', LOG_LEVEL: 'warn', ...database.env, ...env });
  await program.saying('is ready');
  return program;
}

async function stop(program: Program): Promise<void> {
  expect(program.output.stderr).toBe('');
  program.kill('SIGTERM');
  expect(await program.exited).toBe(0);
}

async function fingerprintFromRefusal(env: Record<string, string>): Promise<string> {
  const program = await start(env);
  expect(await program.exited).toBe(1);
  const lines = program.output.stderr.split('\n').filter(Boolean);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^APP_SECRET 与该数据库.* \| APP_SECRET is not the one .*ACCEPT_APP_SECRET=\w{12},/,
  );
  return /ACCEPT_APP_SECRET=(\w{12})/.exec(lines[0] ?? '')?.[1] ?? '';
}

it('a process with another APP_SECRET does not start, in any role', async () => {
  await stop(await start());
  const wrong = { APP_SECRET: otherSecret };
  const fingerprint = await fingerprintFromRefusal(wrong);
  if (usesPostgres)
    for (const ROLE of ['api', 'worker'])
      expect(await fingerprintFromRefusal({ ...wrong, ROLE })).toBe(fingerprint);
  await stop(await start());
});

it('nor does one on a database from before there was a check, whose values it cannot open', async () => {
  const first = await start();
  await openSql(database)(`INSERT INTO corp (corp_id) VALUES ('ww1')`);
  await openSql(
    database,
  )(`INSERT INTO wecom_connection (corp_row_id, agent_id, secret_sealed, secret_updated_at,
    removal_guard, updated_at) VALUES (1, 1, '\\x0102', now(), '{}', now())`);
  await openSql(database)('DELETE FROM installation');
  await stop(first);
  await fingerprintFromRefusal({});
  const again = await start({ ACCEPT_APP_SECRET: await fingerprintFromRefusal({}) });
  await openSql(database)('DELETE FROM wecom_connection');
  await stop(again);
});

it('on purpose it takes the place of the former, for all processes; another’s fingerprint does not let it', async () => {
  await fingerprintFromRefusal({ APP_SECRET: otherSecret, ACCEPT_APP_SECRET: '0123456789ab' });
  const fingerprint = await fingerprintFromRefusal({ APP_SECRET: otherSecret });
  const accepted = await start({ APP_SECRET: otherSecret, ACCEPT_APP_SECRET: fingerprint });
  expect(accepted.output.stdout).toContain('The changed APP_SECRET was accepted.');
  await stop(accepted);
  await stop(await start({ APP_SECRET: otherSecret }));
  await fingerprintFromRefusal({ ACCEPT_APP_SECRET: fingerprint });
});

import pg from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from '../../apps/api/test/support/start-postgres.ts';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};

it('leaves no statement at work when server and client are killed', { timeout: 60_000 }, async () => {
  const postgres = await startPostgres();
  const client = new pg.Client({ connectionString: await postgres.createDatabase() });
  client.on('error', () => undefined); // it is cut on purpose
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid ?? 0;
  await client.query(`SET statement_timeout = '60s'`); // should the test fail
  const ended = client.query('DO $$ BEGIN LOOP END LOOP; END $$').catch((error: unknown) => error);
  expect(isAlive(pid)).toBe(true);
  client.connection.stream.destroy();
  await ended;
  postgres.kill('SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
  await postgres.stop();
});

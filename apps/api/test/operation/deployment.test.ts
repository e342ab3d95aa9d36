import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints } from '@orgmirror/contracts';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/platform/version.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openStartStage } from '../support/start-stage.ts';
import { startTestServer } from '../support/start-test-server.ts';

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

describe('health on a port of its own', () => {
  const { start, refusalOf } = openStartStage();

  it('is all that a worker listens on', async () => {
    const port = await findFreePort();
    const program = start({ ROLE: 'worker', HEALTH_PORT: String(port) });
    await program.saying('worker is ready');
    const url = `http://127.0.0.1:${port}`;
    for (const path of ['/healthz', '/readyz', '/metrics']) expect(await statusOf(url + path)).toBe(200);
    for (const path of ['/', '/api/v1/session']) expect(await statusOf(url + path)).toBe(404);
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
    expect(program.output.stderr).toBe('');
  });

  it('takes the metrics off the port of the console', async () => {
    const [PORT, HEALTH_PORT] = [String(await findFreePort()), String(await findFreePort())];
    const program = start({ PORT, HEALTH_PORT });
    await program.saying('is ready at');
    const health = `http://127.0.0.1:${HEALTH_PORT}`;
    const console = `http://127.0.0.1:${PORT}`;
    expect(await (await fetch(`${health}/metrics`)).text()).toContain('http_requests_total');
    expect(await statusOf(`${console}/readyz`)).toBe(200);
    expect(await (await fetch(`${console}/metrics`)).text()).not.toContain('http_requests_total');
    expect(await refusalOf({ PORT: '0', HEALTH_PORT })).toContain('set HEALTH_PORT to another');
  });
});

describe('a server whose output nobody reads any longer', () => {
  const { start } = openStartStage();

  it('serves on, and stops as always', async () => {
    const PORT = String(await findFreePort());
    const program = start({ PORT, LOG_LEVEL: 'trace' });
    await program.saying('is ready at');
    program.closeOutput();
    for (let time = 1; time <= 3; time++)
      expect(await statusOf(`http://127.0.0.1:${PORT}/api/v1/session`)).toBe(401);
    program.kill('SIGTERM');
    expect(await program.exited).toBe(0);
  });
});

it('the chart has the version of this release', async () => {
  const chart = await readFile(
    join(import.meta.dirname, '../../../../deploy/helm/orgmirror/Chart.yaml'),
    'utf8',
  );
  expect(chart).toContain(`\nversion: ${version}\n`);
  expect(chart).toContain(`\nappVersion: "${version}"\n`);
});

describe('behind a reverse proxy', () => {
  /** Address in the audit log of a sign-in whose request names `client` as forwarded. */
  async function addressOfSignIn(trustProxy: string, forwarded: string): Promise<string | null> {
    const server = await startTestServer({ env: { TRUST_PROXY: trustProxy } });
    try {
      const client = server.anonymous({ 'x-forwarded-for': forwarded });
      await client.refused(endpoints.signIn, { body: { username: 'admin', password: 'not this one' } });
      const { items } = await server.api.call(endpoints.listAuditEntries);
      return items.find(({ result }) => result === 'failed')?.ip ?? null;
    } finally {
      await server.stop();
    }
  }

  it.each([
    ['loopback', '203.0.113.9', '203.0.113.9'],
    ['1', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['loopback,203.0.113.0/24', '198.51.100.1, 203.0.113.9', '198.51.100.1'],
    ['192.0.2.1', '203.0.113.9', '127.0.0.1'],
  ])('with TRUST_PROXY=%s a request forwarded for %s comes from %s', async (trusted, forwarded, address) => {
    expect(await addressOfSignIn(trusted, forwarded)).toBe(address);
  });
});

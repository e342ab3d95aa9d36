import { type Endpoint, endpoints } from '@orgmirror/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { allHostileHeaders, hostileHeaders, sendRaw } from '../support/hostile-headers.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { chooseCases, chooseCount, sweepSeed } from '../support/sweep.ts';

const unknownId = '0190b3b0-0000-7000-8000-000000000000';
const reading = Object.values<Endpoint>(endpoints)
  .filter(({ method }) => method === 'get')
  .map(({ path }) => `/api/v1${path}`);
const others = [
  '/api/v1/openapi.json',
  '/api/v1/docs',
  '/api/v1/no/such',
  '/api/v1/wecom/callback/app',
  '/',
  '/system/org',
  '/assets/none.js',
  '/guide/setup',
  '/guide/errors.en.md',
  '/WW_verify_none.txt',
  '/healthz',
  '/readyz',
  '/metrics',
];

let server: TestServer;
let runId: string;
beforeAll(async () => {
  server = await startTestServer();
  await server.configure();
  runId = (await server.sync()).id;
  await enableSignIn(server);
});
afterAll(() => server.stop());

const fill = (path: string) =>
  path
    .replace('/sync-runs/:id', `/sync-runs/${runId}`)
    .replace(':id', unknownId)
    .replace(':wecomUserId', 'ChenXing');

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  sendRaw(server.url, {
    method,
    path: fill(path),
    headers: { host: new URL(server.url).host, cookie: server.api.cookie, ...headers },
  });

describe.each([...reading, ...others])('%s', (path) => {
  it('never fails at any headers', async () => {
    await fc.assert(
      fc.asyncProperty(hostileHeaders, async (headers) => {
        expect(await ask(path, headers)).toBeLessThan(500);
      }),
      { seed: sweepSeed, numRuns: chooseCount({ sample: 6, whole: 100 }) },
    );
  });
});

describe('each hostile value of each header', () => {
  it.each([
    ['GET', '/api/v1/session'],
    ['GET', '/api/v1/sign-in/wecom/start'],
    ['GET', '/api/v1/settings/auth-providers'],
    ['DELETE', '/api/v1/settings/auth-providers/:id'],
    ['POST', '/api/v1/session'],
    ['GET', '/'],
  ])('is no failure at %s %s', async (method, path) => {
    for (const [name, value] of chooseCases(allHostileHeaders, 50))
      expect([name, value, await ask(path, { [name]: value }, method)]).toEqual([
        name,
        value,
        expect.toSatisfy((status: number) => status < 500),
      ]);
  });
});

it('finds the server well after all of this', async () => {
  expect((await server.sync()).status).toBe('succeeded');
});

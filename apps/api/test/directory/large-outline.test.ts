import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { generateCorp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const departments = 5_000;
const maxBytes = 60 * 1024;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ wecom: { corp: generateCorp({ departments, members: 5_000 }) } });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
});
afterAll(() => server.stop());

/** As it comes over the wire; `fetch` would unpack it. */
const download = (path: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const headers = { cookie: server.api.cookie, 'accept-encoding': 'gzip' };
    request(`${server.url}/api/v1${path}`, { headers }, (res) => buffer(res).then(resolve, reject))
      .on('error', reject)
      .end();
  });

it('sends 5,000 departments with their counts and leaders in at most 60 KB', async () => {
  const packed = await download('/departments/outline');
  const { ids, leaderUserIds } = JSON.parse(gunzipSync(packed).toString());
  expect(ids).toHaveLength(departments);
  expect(leaderUserIds.flat()).toHaveLength(departments - 1);
  expect(packed.length).toBeLessThanOrEqual(maxBytes);
});

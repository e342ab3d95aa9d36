// How fast events are taken at an address: 500 a second for 20 s, each answered only once it is committed.
// Usage: npm run bench:callbacks [-- --rate 500 --seconds 20 --embedded]
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endpoints } from '@orgmirror/contracts';
import { encrypt, getSignature } from '@wecom/crypto';
import { createApiClient } from '../test/support/api-client.ts';
import { spawnServer } from '../test/support/spawn-server.ts';
import { startPostgres } from '../test/support/start-postgres.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
    embedded: { type: 'boolean', default: false },
  },
});
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const limitMs = 200;

const corpId = 'ww0123456789abcdef';
const admin = { username: 'admin', password: randomBytes(12).toString('hex') };

const postgres = values.embedded ? undefined : await startPostgres();
const dataFolder = await mkdtemp(join(tmpdir(), 'orgmirror-bench-'));
const server = await spawnServer({
  DATA_DIR: dataFolder,
  APP_SECRET: randomBytes(32).toString('hex'),
  ADMIN_USERNAME: admin.username,
  ADMIN_PASSWORD: admin.password,
  ...(postgres && { DATABASE_URL: await postgres.createDatabase() }),
});
const api = createApiClient(server.url);
await api.call(endpoints.signIn, { body: admin });
// Receiving alone is measured: syncing is off, so nothing is processed meanwhile.
await api.call(endpoints.saveWecomSettings, { body: { corpId, agentId: 1, secret: 'unused' } });
const { url, token, encodingAesKey } = await api.call(endpoints.saveCallback, {
  params: { source: 'contacts' },
  body: { generate: true },
});
if (token === undefined || encodingAesKey === undefined) throw new Error('no secrets were generated');

/** Made beforehand: encrypting is WeCom's work. */
const bodies = Array.from({ length: rate * seconds }, (_, index) => {
  const text = `<xml><FromUserName>sys</FromUserName><CreateTime>1660532400</CreateTime><MsgType>event</MsgType><Event>change_contact</Event><ChangeType>update_user</ChangeType><UserID>u${index}</UserID><Department>1,2</Department></xml>`;
  const encrypted = encrypt(encodingAesKey, text, corpId);
  const signature = getSignature(token, '1660532400', 'n', encrypted);
  return {
    path: `?msg_signature=${signature}&timestamp=1660532400&nonce=n`,
    body: `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
  };
});
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const send = ({ path, body }: (typeof bodies)[number]) =>
  new Promise<number>((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request(`${url}${path}`, { method: 'POST', agent });
    sent.on('response', (response) => {
      if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
      response.resume().on('end', () => resolve(performance.now() - startedAt));
    });
    sent.on('error', reject).end(body);
  });

const readCpuSeconds = async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
};

const cpuBefore = await readCpuSeconds();
const answers: Promise<number>[] = [];
const startedAt = performance.now();
for (const [index, body] of bodies.entries()) {
  const dueMs = (index * 1_000) / rate - (performance.now() - startedAt);
  if (dueMs > 1) await new Promise((resolve) => setTimeout(resolve, dueMs));
  answers.push(send(body));
}
const times = (await Promise.all(answers)).sort((a, b) => a - b);
const tookSeconds = (performance.now() - startedAt) / 1_000;
const cpuMs = ((await readCpuSeconds()) - cpuBefore) * 1_000;
const percentile = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0);
const holds = percentile(0.99) < limitMs;
process.stdout.write(`
${values.embedded ? 'Embedded database' : 'Postgres'}

| Measure | Value | Limit |
| --- | --- | --- |
| Events stored | ${times.length} in ${tookSeconds.toFixed(1)} s (${Math.round(times.length / tookSeconds)}/s) | |
| CPU time of the server for each | ${(cpuMs / times.length).toFixed(2)} ms | |
| Answer, median | ${percentile(0.5)} ms | |
| Answer, p99 | ${percentile(0.99)} ms | < ${limitMs} ms ${holds ? '✓' : '✗'} |
`);
agent.destroy();
await server.stop();
await postgres?.stop();
await rm(dataFolder, { recursive: true, force: true });
process.exitCode = holds ? 0 : 1;

import { Agent, request } from 'node:http';
import { endpoints } from '@orgmirror/contracts';
import { sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import { encrypt, getSignature } from '@wecom/crypto';
import { expect, it } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { spawnServer } from '../support/spawn-server.ts';
import { admin } from '../support/start-test-server.ts';
import { chooseCount } from '../support/sweep.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { watchHeap } from '../support/watch-heap.ts';

const requests = chooseCount({ sample: 4_000, whole: 100_000 });
const maxGrowthMb = 40;

function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

it(`${requests} malformed bodies are refused: no crash, no 5xx, memory flat`, async () => {
  const wecom = await startWecomSimulator();
  const database = await createTestDatabase();
  const server = await spawnServer({
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    ...database.env,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  try {
    const api = createApiClient(server.url);
    await api.call(endpoints.signIn, { body: admin });
    const corpId = wecom.corpid;
    await api.call(endpoints.saveWecomSettings, {
      body: { corpId, agentId: sampleApp.agentid, secret: sampleApp.secret },
    });
    const { token, encodingAesKey } = await api.call(endpoints.saveCallback, {
      params: { source: 'app' },
      body: { generate: true },
    });
    const makeRequest = createMalformed({ corpId, token: token!, encodingAesKey: encodingAesKey! });
    const send = (path: string, body: Buffer) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(`${server.url}/api/v1/wecom/callback/app${path}`, { method: 'POST', agent });
        sent.on('response', (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        });
        sent.on('error', reject).end(body);
      });
    const heap = watchHeap(server, requests);

    const statuses = new Map<number, number>();
    let begun = 0;
    const work = async () => {
      while (begun < requests) {
        await heap.look(++begun);
        const { path, body } = makeRequest();
        const status = await send(path, body);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));

    expect([...statuses.keys()].filter((status) => status < 400 || status >= 500)).toEqual([]);
    expect([...statuses.keys()].sort()).toEqual([400, 403, 413]);
    expect(await heap.growthMb()).toBeLessThan(maxGrowthMb);
    const { callback } = await api.call(endpoints.getWecomSettings);
    expect(callback.app.rejected).toBe(requests);
    expect((await api.call(endpoints.listWecomEvents)).items).toEqual([]);
  } finally {
    agent.destroy();
    await server.stop();
    await wecom.close();
    await database.remove();
  }
}, 600_000);

/** Gives requests of which every one is wrong somewhere, most of them only a little. */
function createMalformed({
  corpId,
  token,
  encodingAesKey,
}: {
  corpId: string;
  token: string;
  encodingAesKey: string;
}): () => { path: string; body: Buffer } {
  const random = createRandom(20_261_125);
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));
  const sign = (encrypted: string) => {
    const query = { msg_signature: getSignature(token, '1', 'n', encrypted), timestamp: '1', nonce: 'n' };
    return `?${new URLSearchParams(query)}`;
  };
  const event = `<xml><FromUserName>sys</FromUserName><MsgType>event</MsgType><Event>change_contact</Event><ChangeType>update_user</ChangeType><UserID>a</UserID></xml>`;
  const valid = encrypt(encodingAesKey, event, corpId);
  const envelope = (encrypted: string) =>
    `<xml><ToUserName>${corpId}</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  const large = Buffer.alloc(256 * 1024 + 1, '<');
  const validQuery = sign(valid);

  /** A text with one character replaced. */
  const damage = (text: string) => {
    const at = below(text.length);
    const replacement = String.fromCharCode(33 + ((text.charCodeAt(at) - 33 + 1 + below(90)) % 94));
    return text.slice(0, at) + replacement + text.slice(at + 1);
  };
  const signed = (encrypted: string) => ({ path: sign(encrypted), body: Buffer.from(envelope(encrypted)) });
  const kinds: (() => { path: string; body: Buffer })[] = [
    () => ({ path: validQuery, body: bytes(below(400)) }),
    () => ({
      path: validQuery,
      body: Buffer.from(envelope(valid).slice(0, below(envelope(valid).length - 10))),
    }),
    () => ({ path: validQuery, body: Buffer.from(envelope(damage(valid))) }),
    () => ({ path: damage(validQuery).replace(/^[^?]*\??/, '?'), body: bytes(20) }),
    () => ({ path: '', body: Buffer.from(envelope(valid)) }),
    () => ({
      path: '?msg_signature=a&msg_signature=b&timestamp[]=1&nonce[x]=2',
      body: Buffer.from(envelope(valid)),
    }),
    () => signed(bytes(below(60)).toString('base64')),
    () => signed(encrypt(encodingAesKey, bytes(below(200)).toString('latin1').replaceAll('<', ''), corpId)),
    () => signed(encrypt(encodingAesKey, event.slice(0, below(event.length - 1)), corpId)),
    () => signed(encrypt(encodingAesKey, event, corpId.slice(below(3) + 1))),
    () => ({ path: validQuery, body: Buffer.from('<a>'.repeat(below(5_000))) }),
    () => ({ path: validQuery, body: Buffer.from(`{"encrypt":${'['.repeat(below(5_000))}`) }),
    () => ({
      path: validQuery,
      body: Buffer.from(`<!DOCTYPE x [<!ENTITY a "${'x'.repeat(below(500))}">]><xml>&a;</xml>`),
    }),
    () => ({ path: validQuery, body: below(40) === 0 ? large : Buffer.alloc(0) }),
  ];
  let serial = 0;
  return () => kinds[serial++ % kinds.length]!();
}

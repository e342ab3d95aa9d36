import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt, getSignature } from '@wecom/crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changeUserid,
  createDepartment,
  deleteDepartment,
  hireMember,
  moveMember,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
} from '../corp/edit-corp.ts';
import { startTestClient, type TestClient } from '../test-client.ts';
import type { EventShape } from './build-event.ts';

const token = 'QDG6eK';
const encodingAesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

let client: TestClient;
let url: string;
let received: string[];
/** How the receiver answers the next events; 200 when it is empty. */
let answers: number[];
let close: () => Promise<unknown>;

beforeEach(async () => {
  client = await startTestClient();
  received = [];
  answers = [];
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const encrypted =
      query.get('echostr') ?? /CDATA\[([^\]]+)\]\]><\/Encrypt>/.exec(await readBody(request))?.[1] ?? '';
    const signature = getSignature(token, query.get('timestamp') ?? '', query.get('nonce') ?? '', encrypted);
    if (signature !== query.get('msg_signature')) return void response.writeHead(403).end();
    const { message, id } = decrypt(encodingAesKey, encrypted);
    if (id !== client.simulator.corpid) return void response.writeHead(400).end();
    if (request.method === 'GET') return void response.end(message);
    const status = answers.shift() ?? 200;
    if (status === 200) received.push(message.replace(/<CreateTime>\d+<\/CreateTime>/, ''));
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  close = () => new Promise((resolve) => server.close(resolve));
});
afterEach(async () => {
  await client.simulator.close();
  await close();
});

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

const configure = (fields: object = {}) =>
  client.control('set-callback', { source: 'contacts', url, token, encodingAesKey, ...fields });

/** The events of a change, each as `changeType name=value …`. */
async function eventsOf(edit: () => void): Promise<string[]> {
  received.length = 0;
  edit();
  await client.simulator.callbacks.idle();
  return received.map((text) => {
    const fields = [...text.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/g)].map(
      ([, name = '', quoted, plain]) => [name, quoted ?? plain] as const,
    );
    const common = ['ToUserName', 'FromUserName', 'MsgType', 'Event', 'ChangeType'];
    const own = fields.filter(([name]) => !common.includes(name)).map(([name, value]) => `${name}=${value}`);
    return [fields.find(([name]) => name === 'ChangeType')?.[1], ...own].join(' ');
  });
}

describe('the URL check', () => {
  it('passes for an address that answers with the plaintext, and its secrets are not shown', async () => {
    expect((await configure()).status).toBe(200);
    const view = await (await fetch(`${client.simulator.baseUrl}/simulator/callbacks`)).text();
    expect(JSON.parse(view)).toMatchObject({ addresses: [{ source: 'contacts', url, shape: 'ids' }] });
    expect(view).not.toContain(encodingAesKey);
  });

  it.each([{ token: 'other' }, { encodingAesKey: 'a'.repeat(43) }, { url: 'http://127.0.0.1:1/' }])(
    'fails for %j, and no event is sent',
    async (fields) => {
      const { status, body } = await configure(fields);
      expect({ status, problem: body.problem }).toMatchObject({ status: 400, problem: /40057/ });
      hireMember(client.simulator.corp, { name: '新人', departmentIds: [1] });
      await client.simulator.callbacks.idle();
      expect(client.simulator.callbacks.stats().tries).toBe(0);
    },
  );
});

describe('the events', () => {
  const expected: [string, (client: TestClient) => void, Record<EventShape, string[]>][] = [
    [
      'of a hire',
      ({ simulator: { corp } }) => hireMember(corp, { userid: 'Neo', name: '新人', departmentIds: [11, 13] }),
      {
        ids: ['create_user UserID=Neo Department=11,13'],
        full: [
          'create_user UserID=Neo Name=新人 Department=11,13 MainDepartment=11 IsLeaderInDept=0,0 DirectLeader= Position= Status=1',
        ],
      },
    ],
    [
      'of a rename',
      ({ simulator: { corp } }) => updateMember(corp, 'WangWu', { name: '王五' }),
      { ids: [], full: ['update_user UserID=WangWu Name=王五'] },
    ],
    [
      'of a move',
      ({ simulator: { corp } }) => moveMember(corp, 'WangWu', [13]),
      {
        ids: ['update_user UserID=WangWu Department=13'],
        full: ['update_user UserID=WangWu Department=13 MainDepartment=13'],
      },
    ],
    [
      'of another userid',
      ({ simulator: { corp } }) => changeUserid(corp, 'WangWu', 'wang.wu'),
      {
        ids: ['update_user UserID=WangWu NewUserID=wang.wu'],
        full: ['update_user UserID=WangWu NewUserID=wang.wu'],
      },
    ],
    [
      'of a leaver',
      ({ simulator: { corp } }) => removeMember(corp, 'WangWu'),
      { ids: ['delete_user UserID=WangWu'], full: ['delete_user UserID=WangWu'] },
    ],
    [
      'of a new department',
      ({ simulator: { corp } }) => createDepartment(corp, { id: 900, name: '新部门', parentid: 1, order: 5 }),
      {
        ids: ['create_party Id=900 ParentId=1'],
        full: ['create_party Id=900 Name=新部门 ParentId=1 Order=5'],
      },
    ],
    [
      'of a renamed department',
      ({ simulator: { corp } }) => updateDepartment(corp, 11, { name: '新名' }),
      { ids: [], full: ['update_party Id=11 Name=新名'] },
    ],
    [
      'of a moved department',
      ({ simulator: { corp } }) => updateDepartment(corp, 900, { parentid: 11 }),
      { ids: ['update_party Id=900 ParentId=11'], full: ['update_party Id=900 ParentId=11'] },
    ],
    [
      'of a deleted department',
      ({ simulator: { corp } }) => deleteDepartment(corp, 900),
      { ids: ['delete_party Id=900'], full: ['delete_party Id=900'] },
    ],
    [
      'of a tag',
      ({ simulator: { corp } }) =>
        corp.putTag({ tagid: 1, tagname: '标签', userids: ['LiSi'], partyIds: [11, 13] }),
      {
        ids: ['update_tag TagId=1 AddUserItems=LiSi AddPartyItems=11,13'],
        full: ['update_tag TagId=1 AddUserItems=LiSi AddPartyItems=11,13'],
      },
    ],
  ];

  it.each(['ids', 'full'] as const)('have the shape %s', async (shape) => {
    const { corp } = client.simulator;
    for (const tagid of corp.tags.keys()) corp.dropTag(tagid);
    hireMember(corp, { userid: 'WangWu', name: '王伍', departmentIds: [11] });
    await configure({ shape });
    for (const [what, edit, events] of expected) {
      if (what === 'of a leaver') {
        changeUserid(corp, 'wang.wu', 'WangWu');
        await client.simulator.callbacks.idle();
      }
      expect([what, await eventsOf(() => edit(client))]).toEqual([what, events[shape]]);
    }
  });

  it('of leaders are none', async () => {
    await configure({ shape: 'ids' });
    const { corp } = client.simulator;
    hireMember(corp, { userid: 'lead', name: '新人', departmentIds: [11] });
    await client.simulator.callbacks.idle();
    expect(await eventsOf(() => setDepartmentLeader(corp, 'lead', 11, true))).toEqual([]);
  });

  it('of an app’s own address are of jobs, and of contacts only when it is said so', async () => {
    const { corp, callbacks } = client.simulator;
    await configure({ source: 'app' });
    expect(await eventsOf(() => hireMember(corp, { name: '甲', departmentIds: [1] }))).toEqual([]);
    await configure({ source: 'app', contactEvents: true });
    expect(await eventsOf(() => hireMember(corp, { name: '乙', departmentIds: [1] }))).toHaveLength(1);
    received.length = 0;
    await client.post('export/user', { encoding_aeskey: encodingAesKey });
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await callbacks.idle();
    expect(received[0]).toMatch(
      /<Event><!\[CDATA\[batch_job_result\]\].*<JobId><!\[CDATA\[jobid_[\w-]+\]\].*<JobType><!\[CDATA\[export_user\]\]/,
    );
  });
});

describe('the delivery', () => {
  const hire = () => hireMember(client.simulator.corp, { name: '新人', departmentIds: [1] });
  beforeEach(() => configure());

  it('tries three times in all', async () => {
    const { callbacks } = client.simulator;
    answers = [500, 204];
    hire();
    await callbacks.idle();
    expect(callbacks.stats()).toEqual({ waiting: 0, delivered: 1, lost: 0, tries: 3 });
    answers = [500, 403, 404];
    hire();
    await callbacks.idle();
    expect(callbacks.stats()).toEqual({ waiting: 0, delivered: 1, lost: 1, tries: 6 });
  });

  it('can be held up, repeated and shuffled', async () => {
    const { callbacks } = client.simulator;
    await client.control('set-delivery', { isOpen: false, copies: 2, shuffled: true });
    for (let count = 0; count < 10; count++) hire();
    expect(callbacks.stats()).toMatchObject({ waiting: 20, tries: 0 });
    await client.control('set-delivery', { isOpen: true });
    await callbacks.idle();
    expect(received).toHaveLength(20);
    expect(new Set(received).size).toBe(10);
  });

  it('of any other event can be asked for', async () => {
    await client.control('send-event', { source: 'contacts', event: 'close_inactive_agent' });
    await client.simulator.callbacks.idle();
    expect(received[0]).toContain('<Event><![CDATA[close_inactive_agent]]></Event>');
  });

  it('ends when the address is taken away', async () => {
    await client.control('unset-callback', { source: 'contacts' });
    hire();
    expect(client.simulator.callbacks.stats().tries).toBe(0);
  });
});

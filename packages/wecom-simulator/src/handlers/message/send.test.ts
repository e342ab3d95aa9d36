import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, startTestClient, type TestClient } from '../../test-client.ts';

let client: TestClient;
beforeEach(async () => {
  client = await startTestClient();
});
afterEach(() => client.simulator.close());

const send = (changes: Record<string, unknown> = {}): Promise<Answer> =>
  client.post('message/send', {
    touser: 'linyi',
    msgtype: 'text',
    agentid: client.app.agentid,
    text: { content: '你好' },
    ...changes,
  });
const texts = () => client.simulator.messages.map(({ text }) => text);

describe('message/send', () => {
  it('delivers to those whom the app sees, and names the others', async () => {
    expect(await send({ touser: 'linyi|nobody|LINYI2' })).toMatchObject({
      errcode: 0,
      invaliduser: 'nobody|LINYI2',
    });
    expect(client.simulator.messages).toMatchObject([{ userids: ['linyi'], text: '你好' }]);
  });

  it('refuses when nobody can be reached: unknown, or outside the visible scope', async () => {
    expect((await send({ touser: 'nobody' })).errcode).toBe(81013);
    client.app.scope = { partyIds: [22], userids: [], tagIds: [] };
    expect((await send()).errcode).toBe(81013);
    expect(texts()).toEqual([]);
  });

  it.each([
    ['no recipient', { touser: '' }, 40063],
    ['another kind of message', { msgtype: 'smoke' }, 40008],
    ['an empty text', { text: { content: '' } }, 44004],
    ['no such app', { agentid: 5 }, 40056],
    ['the app of another secret', { agentid: 2_000_002 }, 301002],
    [
      'a longer memory than WeCom has',
      { enable_duplicate_check: 1, duplicate_check_interval: 14_401 },
      40058,
    ],
  ])('refuses %s', async (_fact, changes, errcode) => {
    expect((await send(changes)).errcode).toBe(errcode);
    expect(texts()).toEqual([]);
  });

  it('refuses a disabled app, an untrusted address and the contact-sync assistant', async () => {
    client.app.enabled = false;
    expect((await send()).errcode).toBe(50003);
    Object.assign(client.app, { enabled: true, trustedIps: ['203.0.113.9'] });
    expect((await send()).errcode).toBe(60020);
    const token = client.tokenOf(client.contactSync);
    const answer = await client.callPlain('message/send', { access_token: token }, { method: 'POST' });
    expect(answer.errcode).toBe(48002);
  });

  it('delivers the same once while it is told to check for doubles', async () => {
    const once = { enable_duplicate_check: 1, duplicate_check_interval: 600 };
    expect((await send(once)).errcode).toBe(0);
    expect((await send(once)).errcode).toBe(0);
    expect(texts()).toHaveLength(1);
    client.passTime(600_000);
    await send(once);
    await send();
    expect(texts()).toHaveLength(3);
  });

  it('cuts a text at 2,048 bytes, between characters', async () => {
    await send({ text: { content: '镜'.repeat(1_000) } });
    expect(texts()).toEqual(['镜'.repeat(682)]);
  });
});

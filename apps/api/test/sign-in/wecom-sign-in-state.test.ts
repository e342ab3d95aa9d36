import { randomBytes } from 'node:crypto';
import { endpoints } from '@orgmirror/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableSignIn } from '../support/enable-sign-in.ts';
import { openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { createWecomBrowser, type WecomBrowser } from '../support/wecom-browser.ts';

const corp = createSmallCorp(
  [[1, 0]],
  [
    ['ann', 1],
    ['bob', 1],
  ],
);
const minuteMs = 60_000;
let passedMs = 0;
/** When the server's clock stands still. */
let stoppedAtMs: number | undefined;
let server: TestServer;
beforeAll(async () => {
  const now = () => new Date((stoppedAtMs ?? Date.now()) + passedMs);
  server = await startTestServer({ wecom: { corp }, now });
  await server.configure();
  expect((await server.sync()).status).toBe('succeeded');
  await enableSignIn(server);
});
afterAll(() => server.stop());
beforeEach(() => {
  passedMs = 0;
  stoppedAtMs = undefined;
  server.wecom.faults.clear();
  server.wecom.stats.reset();
});

const callbackPath = '/api/v1/sign-in/wecom/callback';
const countAsks = () => server.wecom.stats.snapshot().calls['auth/getuserinfo'] ?? 0;
const errorPath = (code: string) => `/sign-in?error=sign_in.${code}`;
const locationOf = async (browser: WecomBrowser, url: string) =>
  (await browser.open(url)).headers.get('location');
const whoIs = async (browser: WecomBrowser) => {
  const { body } = await browser.api('GET', '/session');
  return (body as { user?: { wecomUserId?: string } }).user?.wecomUserId;
};
/** A browser that has been to WeCom and is about to come back. */
async function comeBack(person = 'member:ann', query?: string) {
  const browser = createWecomBrowser(server.url);
  return { browser, callback: await browser.choose(await browser.start(query), person) };
}
const stateOf = (callback: string) => new URL(callback).searchParams.get('state') ?? '';
const codeOf = (callback: string) => new URL(callback).searchParams.get('code') ?? '';

describe('a state', () => {
  it.each([
    ['none', ''],
    ['an empty one', '&state='],
    ['one that was never given', `&state=${randomBytes(24).toString('hex')}`],
    ['nonsense', '&state=%F0%9F%98%80'],
    ['a statement', `&state=${encodeURIComponent("' OR 1=1 --")}`],
    ['too long', `&state=${'x'.repeat(129)}`],
    ['given twice', '&state=a&state=b'],
  ])('that is %s is refused, and the code stays unused', async (_fact, state) => {
    const { browser, callback } = await comeBack();
    const location = await locationOf(browser, `${callbackPath}?code=${codeOf(callback)}${state}`);
    expect(location).toBe(errorPath('state_foreign'));
    expect(countAsks()).toBe(0);
    expect(await locationOf(browser, callback)).toBe('/'); // the real one still works
  });

  it.each([
    ['too long', `code=${'x'.repeat(513)}`],
    ['given twice', 'code=a&code=b'],
    ['with NUL in it', 'code=%00'],
  ])('stays unused by a code that is %s', async (_fact, code) => {
    const { browser, callback } = await comeBack();
    const location = await locationOf(browser, `${callbackPath}?${code}&state=${stateOf(callback)}`);
    expect(location).toBe(errorPath('code_invalid'));
    expect(countAsks()).toBe(0);
    expect(await locationOf(browser, callback)).toBe('/'); // the real one still works
  });

  it('of another browser is refused: a stolen callback signs nobody in', async () => {
    const { browser, callback } = await comeBack();
    const thief = createWecomBrowser(server.url);
    expect(await locationOf(thief, callback)).toBe(errorPath('state_foreign'));
    // Nor with a sign-in of the thief's own under way.
    await thief.start();
    expect(await locationOf(thief, callback)).toBe(errorPath('state_foreign'));
    const own = await thief.start();
    const forged = `${callbackPath}?code=${codeOf(callback)}&state=${own.searchParams.get('state')}`;
    expect(countAsks()).toBe(0);
    expect(await locationOf(browser, callback)).toBe('/');
    // The code is used up by its owner.
    expect(await locationOf(thief, forged)).toBe(errorPath('code_invalid'));
    expect(await whoIs(thief)).toBeUndefined();
  });

  it('of the attacker is no use to sign a victim in as somebody else', async () => {
    const { callback } = await comeBack('member:bob');
    const victim = createWecomBrowser(server.url);
    expect(await victim.signIn('member:ann')).toBe('/');
    expect(await locationOf(victim, callback)).toBe(errorPath('state_foreign'));
    expect(await whoIs(victim)).toBe('ann');
  });

  it('is good for five minutes and no longer', async () => {
    stoppedAtMs = Date.now();
    const [inTime, late] = [await comeBack(), await comeBack()];
    passedMs = 5 * minuteMs - 1;
    expect(await locationOf(inTime.browser, inTime.callback)).toBe('/');
    passedMs = 5 * minuteMs + 1;
    expect(await locationOf(late.browser, late.callback)).toBe(errorPath('state_expired'));
    expect(countAsks()).toBe(1);
  });

  it('works once: another code is refused, in the same browser too', async () => {
    const { browser, callback } = await comeBack();
    expect(await locationOf(browser, callback)).toBe('/');
    const other = await comeBack('member:bob');
    const replayed = `${callbackPath}?code=${codeOf(other.callback)}&state=${stateOf(callback)}`;
    const elsewhere = createWecomBrowser(server.url);
    for (const [name, cookie] of browser.cookies)
      if (name !== 'orgmirror_session') elsewhere.cookies.set(name, cookie);
    expect(await locationOf(elsewhere, replayed)).toBe(errorPath('state_used'));
    expect(await locationOf(elsewhere, `${callbackPath}?state=${stateOf(callback)}`)).toBe(
      errorPath('state_used'),
    );
    expect(countAsks()).toBe(1);
  });

  it('is forgotten some time after it ended', async () => {
    const sql = openSql(server.database);
    await comeBack();
    const count = async () => (await sql('SELECT state_hash FROM sign_in_state')).length;
    expect(await count()).toBeGreaterThan(0);
    await server.restart({}, () => {
      passedMs = 21 * minuteMs;
    });
    await expect.poll(count).toBe(0);
  });

  it('is in the database only as a digest, and so are code and cookie', async () => {
    const { browser, callback } = await comeBack();
    await browser.open(callback);
    const rows = await openSql(server.database)<{ text: string }>(
      'SELECT t::text AS text FROM sign_in_state t',
    );
    const text = rows.map((row) => row.text).join('\n');
    const secrets = [
      stateOf(callback),
      codeOf(callback),
      ...[...browser.cookies.values()].map(({ value }) => value),
    ];
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});

describe('a callback that is fetched twice', () => {
  it('one after the other asks WeCom once and gives the same session', async () => {
    const { browser, callback } = await comeBack('member:ann', 'mode=web&returnTo=/me');
    // The browser dropped the first answer, as after a prefetch.
    const first = await fetch(callback, { redirect: 'manual', headers: { cookie: cookiesOf(browser) } });
    const second = await browser.open(callback);
    expect([first, second].map(({ headers }) => headers.get('location'))).toEqual(['/me', '/me']);
    const names = first.headers.getSetCookie().map((cookie) => cookie.split('=')[0]);
    expect(names).toEqual(['orgmirror_session', 'orgmirror_device']);
    expect(countAsks()).toBe(1);
    expect(await whoIs(browser)).toBe('ann');
    expect(await sessionsOf(browser)).toHaveLength(await sessionsIn('ann'));
  });

  it.each([2, 10])('%d times at the same moment asks WeCom once; every answer is good', async (times) => {
    server.wecom.faults.add({ endpoint: 'auth/getuserinfo', effect: { kind: 'delay', delayMs: 700 } });
    const { browser, callback } = await comeBack();
    const before = await sessionsIn('ann');
    const cookie = cookiesOf(browser);
    const answers = await Promise.all(
      Array.from({ length: times }, () => fetch(callback, { redirect: 'manual', headers: { cookie } })),
    );
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual(answers.map(() => '/'));
    expect(countAsks()).toBe(1);
    expect(await sessionsIn('ann')).toBe(before + 1);
    for (const answer of answers) {
      const [session = ''] = answer.headers.getSetCookie();
      const headers = { cookie: session.split(';')[0] ?? '' };
      expect((await fetch(`${server.url}/api/v1/session`, { headers })).status).toBe(200);
    }
  });

  it('by two servers on one database at the same moment asks WeCom once', async () => {
    const other = await server.startBeside();
    try {
      server.wecom.faults.add({ endpoint: 'auth/getuserinfo', effect: { kind: 'delay', delayMs: 700 } });
      const { browser, callback } = await comeBack();
      const { search } = new URL(callback);
      const cookie = cookiesOf(browser);
      const answers = await Promise.all(
        [server.url, other.url].map((url) =>
          fetch(`${url}${callbackPath}${search}`, { redirect: 'manual', headers: { cookie } }),
        ),
      );
      expect(answers.map(({ headers }) => headers.get('location'))).toEqual(['/', '/']);
      expect(countAsks()).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it('tells the second one too when WeCom refused the first', async () => {
    server.wecom.faults.add({
      endpoint: 'auth/getuserinfo',
      times: 1,
      effect: { kind: 'errcode', errcode: 40029 },
    });
    const { browser, callback } = await comeBack();
    const answers = await Promise.all([browser.open(callback), browser.open(callback)]);
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual(
      answers.map(() => errorPath('code_invalid')),
    );
    expect(await locationOf(browser, callback)).toBe(errorPath('code_invalid'));
    expect(countAsks()).toBe(1);
  });

  it('without the browser’s cookie, as by a link scanner, spoils nothing', async () => {
    const { browser, callback } = await comeBack();
    const scanned = await fetch(callback, { redirect: 'manual' });
    expect(scanned.headers.get('location')).toBe(errorPath('state_foreign'));
    expect(await locationOf(browser, callback)).toBe('/');
  });

  it('by HEAD first still signs in', async () => {
    const { browser, callback } = await comeBack();
    const head = await browser.open(callback, { method: 'HEAD' });
    expect(head.status).toBe(302);
    expect(await locationOf(browser, callback)).toBe('/');
    expect(countAsks()).toBe(1);
  });
});

describe('the back button', () => {
  it('on a finished sign-in just goes on, also after the state has expired', async () => {
    const { browser, callback } = await comeBack('member:ann', 'mode=web&returnTo=/me');
    expect(await locationOf(browser, callback)).toBe('/me');
    expect(await locationOf(browser, callback)).toBe('/me');
    for (const name of [...browser.cookies.keys()])
      if (name.startsWith('orgmirror_sign_in_')) browser.cookies.delete(name); // its five minutes are over
    passedMs = 10 * minuteMs;
    expect(await locationOf(browser, callback)).toBe('/me');
    expect(await whoIs(browser)).toBe('ann');
    expect(countAsks()).toBe(1);
  });

  it('after signing out signs nobody in again', async () => {
    const { browser, callback } = await comeBack();
    expect(await locationOf(browser, callback)).toBe('/');
    await browser.api('DELETE', '/session');
    expect(await locationOf(browser, callback)).toBe(errorPath('state_used'));
    expect(await whoIs(browser)).toBeUndefined();
  });
});

describe('two tabs', () => {
  it('of one browser both come in, in either order', async () => {
    const browser = createWecomBrowser(server.url);
    const [one, two] = [
      await browser.start('mode=web&returnTo=/a'),
      await browser.start('mode=web&returnTo=/b'),
    ];
    expect(await locationOf(browser, await browser.choose(two, 'member:ann'))).toBe('/b');
    expect(await locationOf(browser, await browser.choose(one, 'member:ann'))).toBe('/a');
    expect(await whoIs(browser)).toBe('ann');
  });

  it('that begin at the same moment both come in', async () => {
    const browser = createWecomBrowser(server.url);
    const pages = await Promise.all([browser.start(), browser.start(), browser.start()]);
    const callbacks = await Promise.all(pages.map((page) => browser.choose(page, 'member:ann')));
    const locations = await Promise.all(callbacks.map((callback) => locationOf(browser, callback)));
    expect(locations).toEqual(['/', '/', '/']);
  });
});

it('a member who is disabled while at WeCom does not get in, and by that sign-in never', async () => {
  const { browser, callback } = await comeBack();
  await server.api.call(endpoints.setMemberAccess, {
    params: { wecomUserId: 'ann' },
    body: { disabled: true },
  });
  expect(await locationOf(browser, callback)).toBe(errorPath('member_disabled'));
  await server.api.call(endpoints.setMemberAccess, {
    params: { wecomUserId: 'ann' },
    body: { disabled: false },
  });
  expect(await locationOf(browser, callback)).toBe(errorPath('member_disabled')); // that sign-in is over
  expect(await browser.signIn('member:ann')).toBe('/');
});

const cookiesOf = (browser: WecomBrowser) =>
  [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
const sessionsOf = async (browser: WecomBrowser) =>
  ((await browser.api('GET', '/me/sessions?limit=200')).body as { items: unknown[] }).items;
async function sessionsIn(userKey: string): Promise<number> {
  const rows = await openSql(server.database)(
    'SELECT s.id FROM session s JOIN member m ON m.id = s.member_id WHERE m.user_key = $1',
    [userKey],
  );
  return rows.length;
}

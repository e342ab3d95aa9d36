import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCallbackSender, memberChange } from '../../api/test/support/callback-sender.ts';
import { enableSignIn } from '../../api/test/support/enable-sign-in.ts';
import { createWecomBrowser } from '../../api/test/support/wecom-browser.ts';
import { findBarriers } from './support/find-barriers.ts';
import { createNamedCorp } from './support/named-corp.ts';
import { type ConsoleUnderTest, openConsole, type Visitor } from './support/open-console.ts';
import { readTexts } from './support/read-texts.ts';
import { settle } from './support/settle.ts';

/** Text that no language has: keys, and marks that were not filled in. */
const unfinished =
  /^(org|settings|sync|history|common|shell|audit|me|events|authentication)\.\w|\{\{|\}\}|\{\w+\}|\bundefined\b|\bNaN\b|\[object/;
const chinese = /[\u4e00-\u9fff]/;
const latinWord = /[A-Za-z]{3,}/;
/** The product's two names and the language switch stand in both languages. */
const ofBoth = ['组织镜像', 'OrgMirror', '中文', 'English', '切换到英文', 'Switch to Chinese'];
/** WeCom's own words, the account that the tests sign in with, ids and time zones. */
const chineseUses =
  /AgentId|Secret|node|CorpID|EncodingAESKey|Token|OAuth2|API|SDK|Web|WW_verify|txt|CSV|URL|admin|OrgMirror|[0-9a-f-]{36}|[A-Z]\w+\/\w+|UTC|https?:\S+|Chrome|Linux/g;

/** As narrow as phones are. */
const phone = { width: 375, height: 812 };

interface Prepared {
  held: SyncRun;
  failed: SyncRun;
  eventId: string;
  providerId: string;
  /** Session of a member. */
  memberCookie: string;
}

/**
 * A directory, a run that failed and one that waits, an event, an authentication provider: the pages have
 * something of everything to say.
 */
async function prepare({ server }: ConsoleUnderTest, locale: string): Promise<Prepared> {
  await server.configure();
  await server.sync();
  const { id: providerId } = await enableSignIn(server, {
    name: locale === 'zh-CN' ? '企业微信登录' : 'WeCom sign-in',
    scope: 'snsapi_privateinfo',
  });
  const browser = createWecomBrowser(server.url);
  await browser.signIn('member:u10');
  const memberCookie = `orgmirror_session=${browser.cookies.get('orgmirror_session')?.value}`;
  const sender = await createCallbackSender(server);
  server.holdEvents(); // the next sync covers what comes
  await sender.check('echo');
  await sender.send(memberChange('update_user', 'u10'));
  const [event] = (await server.api.call(endpoints.listWecomEvents, {})).items;
  server.wecom.settings.egressIp = '203.0.113.9';
  const failed = await server.sync();
  server.wecom.settings.egressIp = null;
  for (let serial = 1; serial <= 6; serial += 1) removeMember(server.wecom.corp, `u${serial}`);
  const held = await server.sync();
  expect([failed.status, held.status]).toEqual(['failed', 'awaitingApproval']);
  return { held, failed, eventId: event?.id ?? '', providerId, memberCookie };
}

/** Pages of an admin. */
const listPaths = ({ held, failed, eventId, providerId }: Prepared) => [
  '/system/org',
  '/system/org?department=2',
  '/system/org?q=nobody-has-this-name',
  '/system/org?member=u10',
  '/system/enterprise',
  '/system/enterprise?drawer=wecom',
  '/system/sync-runs',
  `/system/sync-runs/${held.id}`,
  `/system/sync-runs/${failed.id}`,
  '/system/enterprise?tab=authentication',
  '/system/enterprise?tab=authentication&auth=new',
  `/system/enterprise?tab=authentication&auth=${providerId}`,
  '/system/events',
  `/system/events?event=${eventId}`,
  '/system/audit',
  '/me',
  '/nowhere',
];

const memberPaths = ['/me', '/system/org', '/system/audit'];
const signInPaths = ['/sign-in', '/sign-in?local=1', '/sign-in?error=sign_in.state_expired'];

/** Every path with the page that shows it, as the user whom it is for. */
async function* visitAll(product: ConsoleUnderTest, prepared: Prepared, look: Omit<Visitor, 'cookie'>) {
  const visitors = [
    [listPaths(prepared), {}],
    [memberPaths, { cookie: prepared.memberCookie }],
    [signInPaths, { cookie: '' }],
  ] as const;
  for (const [paths, who] of visitors) {
    const page = await product.open(paths[0] ?? '/', { ...look, ...who });
    for (const path of paths) {
      await visit(page, product.server.url + path);
      yield { path, page };
    }
  }
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await settle(page);
}

describe.each(['zh-CN', 'en-US'] as const)('in %s', (locale) => {
  const product = openConsole({ wecom: { corp: createNamedCorp(locale) } });
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await prepare(product, locale);
    product.server.wecom.apps[0]!.name = locale === 'zh-CN' ? '镜像' : 'Mirror';
  });

  it('no page speaks the other language or shows what was meant for programs', async () => {
    const wrong: string[] = [];
    for await (const { path, page } of visitAll(product, prepared, { locale })) {
      for (const text of await readTexts(page)) {
        const isForeign =
          locale === 'en-US' ? chinese.test(text) : latinWord.test(text.replaceAll(chineseUses, ''));
        if ((isForeign && !ofBoth.includes(text)) || unfinished.test(text)) wrong.push(`${path}: ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'axe finds nothing against WCAG 2.2 AA, %s',
    async (colorScheme) => {
      const barriers: string[] = [];
      for await (const { path, page } of visitAll(product, prepared, { locale, colorScheme }))
        barriers.push(...(await findBarriers(page)).map((barrier) => `${path}: ${barrier}`));
      expect(barriers).toEqual([]);
    },
    300_000,
  );

  it('no page is wider than a phone', async () => {
    const tooWide: string[] = [];
    for await (const { path, page } of visitAll(product, prepared, { locale, viewport: phone })) {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > phone.width) tooWide.push(`${path}: ${width} px`);
    }
    expect(tooWide).toEqual([]);
  });
});

describe('language and theme', () => {
  const product = openConsole({ wecom: { corp: createNamedCorp('en-US') } });
  beforeAll(async () => {
    await product.server.configure();
    await product.server.sync();
  });

  it('change at once, without a reload, and are kept', async () => {
    const page = await product.open('/system/enterprise');
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.getByRole('button', { name: '切换语言' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Enterprise Settings' }).waitFor();
    await page.getByRole('switch').first().click();
    // antd's own text
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Change theme' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    const readGround = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await expect.poll(readGround).toMatch(/^rgb\((\d|[1-4]\d), /);
    expect(loads).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Enterprise Settings' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en-US');
    expect(await readGround()).toMatch(/^rgb\((\d|[1-4]\d), /);
  });

  it('the first-run page speaks the language of the browser', async () => {
    const page = await product.open('/sign-in', { cookie: '', locale: 'en-US' });
    await page.getByRole('heading', { name: 'Account sign-in' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '账号登录' }).waitFor();
  });
});

describe('the keyboard', () => {
  const product = openConsole();
  beforeAll(async () => {
    await product.server.configure();
    await product.server.sync();
  });

  it('skips to the content, walks the tree and opens a member', async () => {
    const page = await product.open('/system/org');
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('跳到正文');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('om-content');
    await page.getByLabel('搜索部门').focus();
    await page.keyboard.press('Tab');
    for (let step = 1; step <= 2; step += 1) await page.keyboard.press('ArrowDown');
    expect(await page.locator('.ant-tree-treenode-active').textContent()).toContain('研发中心');
    await page.keyboard.press('ArrowRight');
    await page.getByText('平台研发部', { exact: true }).first().waitFor();
    await page.keyboard.press('Space'); // Enter opens and closes
    await page.getByRole('heading', { level: 2, name: '研发中心' }).waitFor();
    await page.locator('tbody button').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.om-member-head').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('tbody') !== null))
      .toBe(true);
  });

  it('always shows where it is', async () => {
    const page = await product.open('/system/org?department=2');
    await page.locator('tbody tr').first().waitFor();
    await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
    const unseen: string[] = [];
    for (let step = 1; step <= 30; step += 1) {
      await page.keyboard.press('Tab');
      const name = await nameUnseenFocus(page);
      if (name !== null) unseen.push(name);
    }
    expect(unseen).toEqual([]);
  });
});

/**
 * The focused element when nothing on or around it looks different from when it is not focused, else null.
 */
const nameUnseenFocus = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing is focused';
    const draw = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const describeLook = () => {
      const looks: string[] = [];
      // A tree keeps the focus itself and marks the row it stands on.
      const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
      for (
        let at: Element | null = active?.querySelector('[title]') ?? element;
        at && looks.length < 4;
        at = at.parentElement
      ) {
        const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(at);
        looks.push([outline, boxShadow, borderColor, backgroundColor].join());
      }
      return looks.join();
    };
    await draw();
    const focused = describeLook();
    element.blur();
    await draw();
    const rest = describeLook();
    element.focus();
    return focused === rest ? element.outerHTML.slice(0, 200) : null;
  });

import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { createCallbackSender, memberChange } from '../../../api/test/support/callback-sender.ts';
import { enableSignIn } from '../../../api/test/support/enable-sign-in.ts';
import { createWecomBrowser } from '../../../api/test/support/wecom-browser.ts';
import { findBarriers } from './find-barriers.ts';
import { createNamedCorp } from './named-corp.ts';
import { type ConsoleUnderTest, openConsole, type Visitor } from './open-console.ts';
import { readTexts } from './read-texts.ts';
import { settle } from './settle.ts';

/** Text that no language has: keys, and marks that were not filled in. */
const unfinished =
  /^(org|settings|sync|history|common|shell|audit|me|events|authentication)\.\w|\{\{|\}\}|\{\w+\}|\bundefined\b|\bNaN\b|\[object/;
const chinese = /[\u4e00-\u9fff]/;
const latinWord = /[A-Za-z]{3,}/;
/** The product's two names and the language switch stand in both languages. */
const ofBoth = ['组织镜像', 'OrgMirror', '中文', 'English', '切换到英文', 'Switch to Chinese'];
/** WeCom's own words, the account that the tests sign in with, ids and time zones. */
const chineseUses =
  /AgentId|Secret|node|CorpID|EncodingAESKey|Token|OAuth2|API|SDK|Web|WW_verify|txt|CSV|URL|admin|OrgMirror|[0-9a-f-]{36}|\b[0-9a-f]{8}\b|[A-Z]\w+\/\w+|UTC|https?:\S+|Chrome|Linux/g;

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

/**
 * Stories about every page in one language: what it says, who can use it (axe, light and dark), and that a
 * phone is wide enough.
 */
export function describeEveryPage(locale: 'zh-CN' | 'en-US'): void {
  const product = openConsole({ wecom: { corp: createNamedCorp(locale) } });
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await prepare(product, locale);
    product.server.wecom.apps[0]!.name = locale === 'zh-CN' ? '镜像' : 'Mirror';
  });

  it('speaks that language alone, and axe finds nothing against WCAG 2.2 AA, light or dark', async () => {
    const faults: string[] = [];
    for await (const { path, page } of visitAll(product, prepared, { locale, colorScheme: 'light' })) {
      faults.push(...(await findWrongTexts(page, locale)).map((text) => `${path}: ${text}`));
      faults.push(...(await findBarriers(page)).map((barrier) => `${path}, light: ${barrier}`));
      await page.emulateMedia({ colorScheme: 'dark' }); // the console follows at once
      await settle(page);
      faults.push(...(await findBarriers(page)).map((barrier) => `${path}, dark: ${barrier}`));
      await page.emulateMedia({ colorScheme: 'light' });
    }
    expect(faults).toEqual([]);
  }, 300_000);

  it('is no wider than a phone', async () => {
    const tooWide: string[] = [];
    for await (const { path, page } of visitAll(product, prepared, { locale, viewport: phone })) {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > phone.width) tooWide.push(`${path}: ${width} px`);
    }
    expect(tooWide).toEqual([]);
  });
}

/** Texts of the other language, and what was meant for programs. */
async function findWrongTexts(page: Page, locale: string): Promise<string[]> {
  const isForeign = (text: string) =>
    locale === 'en-US' ? chinese.test(text) : latinWord.test(text.replaceAll(chineseUses, ''));
  const texts = await readTexts(page);
  return texts.filter((text) => (isForeign(text) && !ofBoth.includes(text)) || unfinished.test(text));
}

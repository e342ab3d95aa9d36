import { endpoints, type SyncRun } from '@orgmirror/contracts';
import { removeMember } from '@orgmirror/wecom-simulator';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { createCallbackSender, memberChange } from '../../../api/test/support/callback-sender.ts';
import { enableSignIn } from '../../../api/test/support/enable-sign-in.ts';
import { isSample } from '../../../api/test/support/sweep.ts';
import { createWecomBrowser } from '../../../api/test/support/wecom-browser.ts';
import { findBarriers, findBarriersOfColour } from './find-barriers.ts';
import { findOffScale } from './find-off-scale.ts';
import { createNamedCorp } from './named-corp.ts';
import { type ConsoleUnderTest, openConsole, wide } from './open-console.ts';
import { readTexts } from './read-texts.ts';
import { settle } from './settle.ts';
import { picturesAreTaken, takePicture } from './take-picture.ts';

/** Text that no language has: keys, and marks that were not filled in. */
const unfinished =
  /^(org|settings|sync|history|common|shell|audit|me|events|authentication|overview|administrators|attributes|notices|palette|changes|exports)\.\w|\{\{|\}\}|\{\w+\}|\bundefined\b|\bNaN\b|\[object/;
const chinese = /[\u4e00-\u9fff]/;
const latinWord = /[A-Za-z]{3,}/;
/** The product's two names and the language switch stand in both languages. */
const ofBoth = ['组织镜像', 'OrgMirror', '中文', 'English', '切换到英文', 'Switch to Chinese'];
/** WeCom's own words, the account that the tests sign in with, ids and time zones. */
const chineseUses =
  /Standard Webhooks|[Ww]ebhook(?:-id|-timestamp|-signature)?|APP_SECRET|whsec|AgentId|Secret|Node\.js|node|Postgres|CorpID|EncodingAESKey|Token|OAuth2|API|SDK|Web|WW_verify|txt|csv|xlsx|CSV|Webhooks?|whsec|webhook|Standard|POST|JSON|SMTP|TLS|STARTTLS|MM|URL|admin|OrgMirror|[0-9a-f-]{36}|\b[0-9a-f]{8}\b|[A-Z]\w+\/\w+|UTC|https?:\S+|Chrome|Linux/g;

/** As narrow as phones are. */
const phone = { width: 375, height: 812 };

interface Prepared {
  held: SyncRun;
  failed: SyncRun;
  eventId: string;
  /** A file of attributes that was judged. */
  importId: string;
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
  const importId = await judgeAttributes(server);
  return { held, failed, eventId: event?.id ?? '', importId, providerId, memberCookie };
}

/** A file of which one row changes something and one is refused. */
async function judgeAttributes({ api }: ConsoleUnderTest['server']): Promise<string> {
  const body = { key: 'no', nameZh: '工号', nameEn: 'Employee number', type: 'text' } as const;
  await api.call(endpoints.createAttribute, { body });
  const judged = await api.request('POST', '/attribute-imports?fileName=1.csv', {
    body: 'userid,no\nu10,1042\nu9999,7',
    headers: { 'content-type': 'text/csv' },
  });
  return endpoints.createAttributeImport.answer.schema.parse(judged.body).id;
}

/** Pages of an admin, by the name of their picture. */
const adminPages = ({ held, failed, eventId, importId, providerId }: Prepared) => ({
  overview: '/',
  org: '/system/org',
  'org-department': '/system/org?department=2',
  'org-nothing-found': '/system/org?q=nobody-has-this-name',
  'org-member': '/system/org?member=u10',
  'org-chart': '/system/org/chart',
  connection: '/system/enterprise/connection',
  'connection-drawer': '/system/enterprise/connection?drawer=wecom',
  'sync-settings': '/system/enterprise/sync',
  'event-settings': '/system/enterprise/events',
  attributes: '/system/attributes',
  'attribute-file': `/system/attributes?import=${importId}`,
  administrators: '/system/administrators',
  runs: '/system/sync-runs',
  'run-held': `/system/sync-runs/${held.id}`,
  'run-failed': `/system/sync-runs/${failed.id}`,
  authentication: '/system/enterprise/sign-in',
  'authentication-new': '/system/enterprise/sign-in?auth=new',
  'authentication-drawer': `/system/enterprise/sign-in?auth=${providerId}`,
  notifications: '/system/enterprise/notifications',
  events: '/system/events',
  event: `/system/events?event=${eventId}`,
  audit: '/system/audit',
  me: '/me',
  'not-found': '/nowhere',
});

const memberPages = { 'member-me': '/me', 'member-org': '/system/org', 'member-audit': '/system/audit' };
const signInPages = {
  'sign-in': '/sign-in',
  'sign-in-local': '/sign-in?local=1',
  'sign-in-expired': '/sign-in?error=sign_in.state_expired',
  'set-password': '/sign-in#reset=token',
};

const lightThenDark = ['light', 'dark'] as const;

/**
 * Every page, as the user whom it is for, in one theme. It is left in the other one, in which the next page comes.
 * A sample takes every sixth page in each language, no page in both.
 */
async function* visitAll(product: ConsoleUnderTest, prepared: Prepared, locale: 'zh-CN' | 'en-US') {
  const visitors = [
    [Object.entries(adminPages(prepared)), {}],
    [Object.entries(memberPages), { cookie: prepared.memberCookie }],
    [Object.entries(signInPages), { cookie: '' }],
  ] as const;
  for (const [pages, who] of visitors) {
    const chosen = pages.filter(
      (_, index) => !isSample || picturesAreTaken || index % 6 === (locale === 'zh-CN' ? 0 : 3),
    );
    const [first] = chosen;
    if (first === undefined) continue;
    const page = await product.open(first[1], { ...who, locale, colorScheme: 'light' });
    for (const [index, [name, path]] of chosen.entries()) {
      if (index > 0) await follow(page, path);
      await settle(page);
      const [theme, otherTheme] = index % 2 === 0 ? lightThenDark : lightThenDark.toReversed();
      yield { name, path, page, theme, otherTheme };
    }
  }
}

/** Goes there as a link of the console does: without loading the console again. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const state = { idx: Number(history.state?.idx ?? 0) + 1 }; // where the router counts its own entries
    history.pushState(state, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state }));
  }, path);
}

/**
 * Stories about every page in one language: what it says, who can use it (axe, light and dark), that its texts and
 * controls have sizes of the scale, and that a phone is wide enough.
 */
export function describeEveryPage(locale: 'zh-CN' | 'en-US'): void {
  const product = openConsole({ wecom: { corp: createNamedCorp(locale) } });
  const language = locale.slice(0, 2);
  /** Of the wide pictures: Chinese ones are light, English ones dark. */
  const picturedTheme = language === 'zh' ? 'light' : 'dark';
  let prepared: Prepared;
  beforeAll(async () => {
    prepared = await prepare(product, locale);
    product.server.wecom.apps[0]!.name = locale === 'zh-CN' ? '镜像' : 'Mirror';
  });

  it('speaks that language alone, passes WCAG 2.2 AA, light or dark, keeps to one scale, and fits a phone', async () => {
    product.expectTrouble(new RegExp(`to another server \\(${product.server.wecom.baseUrl}/`)); // the QR code
    const faults: string[] = [];
    for await (const { name, path, page, theme, otherTheme } of visitAll(product, prepared, locale)) {
      const note = (what: string) => faults.push(`${path}: ${what}`);
      (await findWrongTexts(page, locale)).forEach(note);
      (await findOffScale(page)).forEach(note);
      for (const barrier of await findBarriers(page)) note(`${theme}: ${barrier}`);
      if (theme === picturedTheme) await takePicture(page, `pages/${name}.${language}.${theme}`);
      await page.emulateMedia({ colorScheme: otherTheme }); // the console follows at once
      await settle(page, 3);
      for (const barrier of await findBarriersOfColour(page)) note(`${otherTheme}: ${barrier}`);
      if (otherTheme === picturedTheme) await takePicture(page, `pages/${name}.${language}.${otherTheme}`);
      await page.setViewportSize(phone);
      await settle(page, 3);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > phone.width) note(`${width} px wide on a phone`);
      for (const what of await findOffScale(page)) note(`on a phone: ${what}`);
      if (await isTableCut(page)) note('a table scrolls aside on a phone');
      if (await isHeadingCramped(page)) note('the heading covers what follows on a phone');
      if (language === 'zh') await takePicture(page, `pages/${name}.${language}.phone`);
      await page.setViewportSize(wide);
    }
    expect(faults).toEqual([]);
  }, 300_000);
}

/** Whether the heading and its buttons need more height than they have. */
const isHeadingCramped = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.om-page-header')].some((head) => head.scrollHeight > head.clientHeight),
  );

/** Whether a table is wider than its box, instead of a list of cards. */
const isTableCut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.om-table-box')].some((box) => box.scrollWidth > box.clientWidth),
  );

/** Texts of the other language, and what was meant for programs. */
async function findWrongTexts(page: Page, locale: string): Promise<string[]> {
  const isForeign = (text: string) =>
    locale === 'en-US' ? chinese.test(text) : latinWord.test(text.replaceAll(chineseUses, ''));
  const texts = await readTexts(page);
  return texts.filter((text) => (isForeign(text) && !ofBoth.includes(text)) || unfinished.test(text));
}

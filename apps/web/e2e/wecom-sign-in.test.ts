import { endpoints } from '@orgmirror/contracts';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enableSignIn } from '../../api/test/support/enable-sign-in.ts';
import { admin } from '../../api/test/support/start-test-server.ts';
import { createWecomBrowser, wxworkUserAgent } from '../../api/test/support/wecom-browser.ts';
import { findDialog } from './support/find-dialog.ts';
import { openConsole, phone } from './support/open-console.ts';
import { takePicture } from './support/take-picture.ts';

const product = openConsole();
const signedOut = { cookie: '' };
const inWecom = { ...signedOut, userAgent: wxworkUserAgent, viewport: phone };

beforeAll(async () => {
  const { server } = product;
  await server.configure();
  await server.sync();
  await enableSignIn(server, { scope: 'snsapi_privateinfo' });
  await server.api.call(endpoints.saveSyncSettings, { body: { qrSignInEnabled: true } });
});
// WeCom's pages and pictures are another server's by nature; without a session the first question is refused.
beforeEach(() =>
  product.expectTrouble(
    /request to another server.*\/(wwlogin|connect|simulator)\//,
    /401.*\/api\/v1\/(session|me)/,
    /404.*\/favicon\.ico/,
    /wx\.qlogo\.cn/,
  ),
);

const addressOf = (page: Page) => page.url().slice(product.server.url.length);

/** Chooses a member on the simulator's page and agrees. */
async function choose(page: Page | FrameLocator, userid: string, button: RegExp | string = /确认|同意/) {
  await page.getByLabel('搜索成员').fill(userid);
  await page.getByRole('button', { name: '搜索' }).click();
  await page.locator('select[name=identity]').selectOption(`member:${userid}`);
  await page.getByRole('button', { name: button }).click();
}

/** How far the page moved what it had already shown: its cumulative layout shift so far. */
const readLayoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const shifts = list.getEntriesByType('layout-shift');
          resolve(shifts.reduce((sum, shift) => sum + ('value' in shift ? Number(shift.value) : 0), 0));
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        observer.observe({ type: 'navigation', buffered: true }); // comes with them, and where there are none
      }),
  );

const readFont = (text: Locator) =>
  text.evaluate((element) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    return { size: fontSize, weight: Number(fontWeight) };
  });

const findOwnPage = (page: Page, name: string) =>
  page.getByRole('main').getByText(name, { exact: false }).first().waitFor();

describe('in a desktop browser', () => {
  it('a member signs in on WeCom’s page and gets to the requested page', async () => {
    const page = await product.open('/system/org?department=1&recursive=false', signedOut);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    await takePicture(page, 'sign-in.zh');
    await page.getByRole('link', { name: '企业微信登录', exact: true }).click();
    await choose(page, 'linyi');
    await page.getByRole('tree', { name: '部门' }).waitFor();
    expect(addressOf(page)).toBe('/system/org?department=1&recursive=false');
    const links = page.getByRole('navigation', { name: '主导航' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(['我的', '组织架构']);
    expect(await page.getByRole('button', { name: '更多' }).count()).toBe(0);
    const own = await readFont(page.getByRole('button', { name: '林一', exact: true }));
    const others = await readFont(page.locator('.om-listed-name', { hasText: '陈星' }));
    expect(others.size).toBe(own.size);
    expect(others.weight).toBeLessThan(own.weight); // cannot be opened
  });

  it('a member signs in by the panel, whose place is kept and which redirects the whole window', async () => {
    const page = await product.open('/sign-in', signedOut);
    await page.frameLocator('iframe[title="企业微信扫码登录"]').getByLabel('搜索成员').waitFor();
    expect(await readLayoutShift(page)).toBeLessThan(0.01);
    await choose(page.frameLocator('iframe[title="企业微信扫码登录"]'), 'linyi');
    await page.getByRole('heading', { level: 1, name: '我的' }).waitFor();
    expect(addressOf(page)).toBe('/me');
  });

  it('a member who cancels sees why, and can try again', async () => {
    const page = await product.open('/sign-in?returnTo=%2Fme', signedOut);
    await page.getByRole('link', { name: '企业微信登录', exact: true }).click();
    await choose(page, 'linyi', /取消/);
    await page.getByRole('heading', { name: '您取消了登录' }).waitFor();
    await page.getByRole('link', { name: '重新登录' }).click();
    await page.getByRole('link', { name: '企业微信登录', exact: true }).click();
    await choose(page, 'linyi');
    await page.getByRole('heading', { level: 1, name: '我的' }).waitFor();
  });

  it('a sign-in that another browser began is refused', async () => {
    const theirs = await product.open('/sign-in', signedOut);
    const callback = theirs.waitForRequest(/\/sign-in\/wecom\/callback\?/);
    await theirs.route(/\/sign-in\/wecom\/callback\?/, (route) => route.abort());
    await theirs.getByRole('link', { name: '企业微信登录', exact: true }).click();
    product.expectTrouble(/net::ERR_FAILED.*wecom\/callback/);
    await choose(theirs, 'linyi');
    const stolen = (await callback).url().slice(product.server.url.length);
    const mine = await product.open(stolen, signedOut);
    await mine.getByRole('heading', { name: '登录不是从此浏览器发起的' }).waitFor();
    expect(await mine.context().cookies()).toEqual([]);
  });

  it('two tabs can sign in side by side, and the back button breaks nothing', async () => {
    const first = await product.open('/sign-in?returnTo=%2Fme', signedOut);
    const second = await first.context().newPage();
    await second.goto(`${product.server.url}/sign-in?returnTo=%2Fsystem%2Forg`);
    for (const tab of [first, second])
      await tab.getByRole('link', { name: '企业微信登录', exact: true }).click();
    await choose(second, 'linyi');
    await second.getByRole('tree', { name: '部门' }).waitFor();
    await choose(first, 'linyi');
    await first.getByRole('heading', { level: 1, name: '我的' }).waitFor();
    // Over the pages of WeCom; the first of ours may have led on from sign-in already.
    do await first.goBack();
    while (!first.url().startsWith(product.server.url));
    await first.getByRole('heading', { level: 1, name: '我的' }).waitFor(); // the session is found
    expect(addressOf(first)).toBe('/me');
  });

  it('a member who is not in the directory sees what to do', async () => {
    const page = await product.open('/sign-in?error=sign_in.member_unknown', {
      ...signedOut,
      locale: 'en-US',
    });
    await page.getByRole('heading', { name: 'You have not been synced yet' }).waitFor();
    await page.getByRole('link', { name: 'Account sign-in' }).click();
    await page.getByLabel('Username').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'You have not been synced yet' }).waitFor();
  });
});

describe('inside the WeCom client, on a phone', () => {
  it('a member is taken straight to WeCom and in, and stays out after signing out', async () => {
    const page = await product.open('/', inWecom);
    await page.waitForURL(/\/connect\/oauth2\/authorize/);
    await page.getByLabel(/下次静默登录/).check();
    await choose(page, 'linyi');
    await page.getByRole('heading', { level: 1, name: '我的' }).waitFor();
    await findOwnPage(page, '首席技术官');
    await page.getByRole('button', { name: /^账号:/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.getByRole('heading', { name: '已退出登录' }).waitFor();
    await page.getByRole('link', { name: '企业微信登录', exact: true }).click();
    await page.waitForURL(/\/(me|connect\/oauth2\/authorize)/);
  });

  it('an admin reaches account sign-in all the same', async () => {
    const page = await product.open('/sign-in?local=1', inWecom);
    await page.getByLabel('账号').fill(admin.username);
    await page.getByLabel('密码', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  });

  it('a member gives sensitive fields and withdraws them', async () => {
    const browser = createWecomBrowser(product.server.url);
    await browser.signIn('member:XC00085'); // in a desktop browser, where WeCom gives none
    const cookie = `orgmirror_session=${browser.cookies.get('orgmirror_session')?.value}`;
    const page = await product.open('/me', { ...inWecom, cookie });
    await page.getByRole('heading', { name: '是否授权您的资料？' }).waitFor();
    await page.getByRole('link', { name: '授权' }).click();
    await choose(page, 'XC00085');
    const card = page.getByRole('region', { name: '资料', exact: true });
    await card
      .getByText(/授权于/)
      .first()
      .waitFor();
    await card
      .getByText(/\d{3}\*+\d{2,4}/)
      .first()
      .waitFor();
    await takePicture(page, 'me.phone');
    await card.getByRole('button', { name: '撤回授权' }).click();
    await (await findDialog(page)).getByRole('button', { name: '撤回授权' }).click();
    await page.getByText('您已撤回授权，授权的资料已清除。').waitFor();
    expect(await card.getByText(/授权于/).count()).toBe(0);
  });
});

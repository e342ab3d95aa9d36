import { endpoints } from '@orgmirror/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../api/test/support/create-account.ts';
import { admin } from '../../api/test/support/start-test-server.ts';
import { openConsole } from './support/open-console.ts';
import { settle } from './support/settle.ts';

const product = openConsole();
const noSession = /401.*\/api\/v1\//;

beforeAll(async () => {
  await product.server.configure();
  await product.server.sync();
});

/** A session of its own, so that ending it leaves the other tests theirs. */
async function signInElsewhere() {
  const client = product.server.anonymous();
  await client.call(endpoints.signIn, { body: admin });
  return client;
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('账号').fill(admin.username);
  await page.getByLabel('密码', { exact: true }).fill(admin.password);
  await page.getByRole('button', { name: '登录' }).click();
}

const addressOf = (page: Page) => page.url().slice(product.server.url.length);

describe('a session', () => {
  it('ends by sign-out, and the back button shows nothing of it', async () => {
    product.expectTrouble(noSession);
    const { cookie } = await signInElsewhere();
    const page = await product.open('/system/org', { cookie });
    await page.getByRole('tree').waitFor();
    await page.getByRole('button', { name: /^账号:/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.getByRole('button', { name: '登录' }).waitFor();
    expect(addressOf(page)).toBe('/sign-in?signedOut=1');
    await page.goBack();
    await page.getByRole('button', { name: '登录' }).waitFor();
    expect(await page.getByRole('tree').count()).toBe(0);
  });

  it('ends by sign-out although something is refused before the answer comes', async () => {
    product.expectTrouble(noSession);
    const { cookie } = await signInElsewhere();
    const page = await product.open('/system/org', { cookie });
    await page.getByRole('tree').waitFor();
    await page.route('**/api/v1/session', async (route) => {
      if (route.request().method() !== 'DELETE') return route.continue();
      const response = await route.fetch();
      const refused = page.waitForResponse((answer) => answer.url().includes('/api/v1/audit'));
      await page.getByRole('link', { name: '操作日志' }).click();
      expect((await refused).status()).toBe(401);
      const told = page.getByRole('main').getByRole('alert').waitFor();
      await Promise.race([told, page.waitForURL(/sessionEnded/)]); // what the page makes of it
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: /^账号:/ }).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await page.waitForURL('**/sign-in?signedOut=1');
  });

  it('that ended elsewhere redirects to sign-in and back to the requested page', async () => {
    product.expectTrouble(noSession);
    const client = await signInElsewhere();
    const page = await product.open('/system/org', { cookie: client.cookie });
    await page.getByRole('tree').waitFor();
    await settle(page); // a pending request would redirect to sign-in before the click
    await client.call(endpoints.signOut);
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '操作日志' }).click();
    await page.waitForURL('**/sign-in?sessionEnded=1&returnTo=%2Fsystem%2Faudit');
    await page.getByText('登录已失效').waitFor();
    await signIn(page);
    await page.getByRole('table', { name: '操作日志' }).waitFor();
    expect(addressOf(page)).toBe('/system/audit');
  });

  it.each(['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads from sign-in to %s',
    async (elsewhere) => {
      const page = await product.open(`/sign-in?returnTo=${encodeURIComponent(elsewhere)}`, { cookie: '' });
      await signIn(page);
      await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
      expect(addressOf(page)).toBe('/');
    },
  );
});

describe('an auditor', () => {
  const forbidden = /^(配置|测试连接|保存|批准|拒绝|应用此计划|取消同步|立即同步|预览|撤销|禁用|启用)$/;

  it.each([
    '/system/org',
    '/system/org?member=linyi',
    '/system/enterprise/connection?drawer=wecom',
    '/system/enterprise/sync',
    '/system/enterprise/events',
    '/system/enterprise/sign-in',
    '/system/enterprise/notifications',
    '/system/sync-runs',
    '/system/audit',
  ])('finds no button on %s that changes things', async (path) => {
    const { cookie } = await createAccount(product.server, 'auditor');
    const page = await product.open(path, { cookie });
    await settle(page);
    const names = await page.getByRole('button').allTextContents();
    expect(names.filter((name) => forbidden.test(name))).toEqual([]);
    for (const control of await page.locator('main').getByRole('switch').all())
      expect(await control.isDisabled()).toBe(true);
    const isMember = path.includes('member=');
    expect(await page.getByRole('dialog').count()).toBe(isMember ? 1 : 0);
  });

  it('has no sync in the menu but reads what runs changed', async () => {
    const { cookie } = await createAccount(product.server, 'auditor');
    const page = await product.open('/system/org', { cookie });
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('menuitem', { name: '同步记录' }).waitFor();
    expect(await page.getByRole('menuitem', { name: '企业微信同步' }).count()).toBe(0);
    await page.getByRole('menuitem', { name: '同步记录' }).click();
    await page.getByRole('list', { name: '同步记录' }).getByRole('link').first().click();
    await page.getByRole('list', { name: '变更明细' }).first().waitFor();
  });

  it('is refused by the server even if a page offers it', async () => {
    const client = await createAccount(product.server, 'auditor');
    expect(await client.refused(endpoints.startSyncRun, { body: { mode: 'apply' } })).toMatchObject({
      status: 403,
    });
  });
});

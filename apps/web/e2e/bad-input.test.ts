import { endpoints } from '@orgmirror/contracts';
import { sampleApp, sampleContactSync } from '@orgmirror/wecom-simulator';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin } from '../../api/test/support/start-test-server.ts';
import { findDialog } from './support/find-dialog.ts';
import { openConsole } from './support/open-console.ts';
import { startSync } from './support/start-sync.ts';

const product = openConsole();
interface Credentials {
  corpId: string;
  agentId: string;
  secret: string;
}

const right: Credentials = {
  corpId: sampleApp.corpid,
  agentId: String(sampleApp.agentid),
  secret: sampleApp.secret,
};

async function openDrawer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: '配置', exact: true }).click();
  return findDialog(page, '企业微信配置');
}

async function fill(drawer: Locator, values: Partial<Credentials>): Promise<void> {
  if (values.corpId !== undefined) await drawer.getByLabel('企业 ID').fill(values.corpId);
  if (values.agentId !== undefined) await drawer.getByLabel('应用 ID').fill(values.agentId);
  if (values.secret !== undefined) await drawer.getByLabel('应用密钥').fill(values.secret);
}

/** The check that failed, after 测试连接 with these values in the drawer of a fresh page. */
async function testConnection(values: Partial<Credentials>): Promise<Locator> {
  const page = await product.open('/system/enterprise');
  const drawer = await openDrawer(page);
  await fill(drawer, { ...right, ...values });
  await drawer.getByRole('button', { name: '测试连接' }).click();
  const failed = drawer.locator('.om-check-failed');
  await failed.waitFor();
  return failed;
}

const app = () => product.server.wecom.apps.find(({ agentid }) => agentid === sampleApp.agentid)!;

describe('测试连接 before anything is saved', () => {
  afterEach(async () => {
    const { wecom, api } = product.server;
    wecom.faults.clear();
    Object.assign(app(), { enabled: true, hasContactRights: true, trustedIps: ['127.0.0.1'] });
    wecom.settings.egressIp = null;
    const saved = await api.call(endpoints.getWecomSettings);
    expect(saved).toMatchObject({ corpId: null, agentId: null, secretSet: false, lastTest: null });
  });

  it.each<{ wrong: string; values: Partial<Credentials>; cause: string; remedy: string; code: string }>([
    {
      wrong: 'secret',
      values: { secret: 'not-the-secret' },
      cause: '应用密钥（Secret）无效',
      remedy: '重新复制 Secret',
      code: '40001',
    },
    {
      wrong: 'CorpID',
      values: { corpId: 'ww0000000000000000' },
      cause: '企业 ID（CorpID）无效',
      remedy: '重新复制企业 ID',
      code: '40013',
    },
    {
      wrong: "AgentId, another app's",
      values: { agentId: String(sampleContactSync.agentid) },
      cause: '不属于同一个应用',
      remedy: '从同一个自建应用的详情页复制',
      code: '301002',
    },
  ])('names cause and remedy of a wrong $wrong', async ({ values, cause, remedy, code }) => {
    const failed = await testConnection(values);
    expect(await failed.textContent()).toContain(cause);
    expect(await failed.locator('.om-check-remedy').textContent()).toContain(remedy);
    expect(await failed.locator('code').first().textContent()).toBe(code);
  });

  it('shows the address to enter in WeCom when it is not trusted, and retries after a minute if asked', async () => {
    product.server.wecom.settings.egressIp = '203.0.113.9';
    const failed = await testConnection({});
    await failed.getByText('203.0.113.9', { exact: true }).first().waitFor();
    await failed.getByRole('button', { name: '复制 IP' }).waitFor();
    expect(await failed.getByRole('link').getAttribute('href')).toContain('e=60020');
    await failed.getByRole('button', { name: '1 分钟后重试' }).click();
    await failed.getByRole('button', { name: /^\d+ 秒后重试$/ }).waitFor();
    await failed.getByRole('button', { name: '取消等待' }).click();
    await failed.getByRole('button', { name: '1 分钟后重试' }).waitFor();
  });

  it('says that an app without contact rights may not read', async () => {
    app().hasContactRights = false;
    const failed = await testConnection({});
    expect(await failed.textContent()).toMatch(/读取部门|读取成员/);
    expect(await failed.locator('.om-check-remedy').textContent()).not.toBe('');
  });

  it('says that the app is disabled and where to enable it', async () => {
    app().enabled = false;
    const failed = await testConnection({});
    expect(await failed.textContent()).toContain('停用');
    expect(await failed.locator('.om-check-remedy').textContent()).toContain('启用');
  });

  it('says that WeCom cannot be reached', async () => {
    product.server.wecom.faults.add({ effect: { kind: 'reset' } });
    const failed = await testConnection({});
    expect(await failed.locator('.om-check-remedy').textContent()).not.toBe('');
  });

  it('says that a web page came instead of an answer', async () => {
    product.server.wecom.faults.add({ effect: { kind: 'nonJson' } });
    const failed = await testConnection({});
    expect(await failed.locator('.om-check-remedy').textContent()).not.toBe('');
  });

  it('asks for what is missing or malformed and puts the cursor there', async () => {
    const page = await product.open('/system/enterprise');
    const drawer = await openDrawer(page);
    await drawer.getByRole('button', { name: '确认' }).click();
    await drawer.getByText('请填写企业 ID').waitFor();
    await drawer.getByText('请填写应用密钥').waitFor();
    await expect
      .poll(() => drawer.getByLabel('企业 ID').evaluate((input) => input === document.activeElement))
      .toBe(true);
    const measureGap = async () => {
      const above = await drawer.locator('.ant-form-item-additional').first().boundingBox();
      const below = await drawer.getByText('应用 ID', { exact: true }).boundingBox();
      return (below?.y ?? 0) - ((above?.y ?? 0) + (above?.height ?? 0));
    };
    await expect.poll(measureGap).toBeGreaterThan(16); // an error leaves the fields apart
    await fill(drawer, { agentId: 'one million' });
    await drawer.getByRole('button', { name: '确认' }).click();
    await drawer.getByText('只能填写数字').waitFor();
  });
});

describe('saved settings', () => {
  const unsaved = '放弃未保存的修改？';
  beforeAll(() => product.server.configure());

  it('asks before unsaved changes are lost', async () => {
    const page = await product.open('/system/enterprise');
    const drawer = await openDrawer(page);
    await fill(drawer, { agentId: '7' });
    await drawer.getByRole('button', { name: '取消' }).click();
    const question = await findDialog(page, unsaved);
    await question.getByRole('button', { name: '继续编辑' }).click();
    await question.waitFor({ state: 'hidden' }); // before the next one is like it
    expect(await drawer.getByLabel('应用 ID').inputValue()).toBe('7');
    await drawer.getByRole('button', { name: '取消' }).click();
    await (await findDialog(page, unsaved)).getByRole('button', { name: '放弃修改' }).click();
    await drawer.waitFor({ state: 'hidden' });
  });

  it('never overwrites what another admin saved meanwhile', async () => {
    const [first, second] = [
      await product.open('/system/enterprise'),
      await product.open('/system/enterprise'),
    ];
    const drawers = [await openDrawer(first), await openDrawer(second)] as const;
    await drawers[0].getByRole('button', { name: '确认' }).click();
    await drawers[0].waitFor({ state: 'hidden' });
    product.expectTrouble(/409.*\/settings/);
    await fill(drawers[1], { agentId: '7' });
    await drawers[1].getByRole('button', { name: '确认' }).click();
    const conflict = await findDialog(second, '设置已被他人修改');
    await conflict.getByRole('button', { name: '载入最新设置' }).click();
    await expect.poll(() => drawers[1].getByLabel('应用 ID').inputValue()).toBe(right.agentId);
    const saved = await product.server.api.call(endpoints.getWecomSettings);
    expect(saved.agentId).toBe(sampleApp.agentid);
  });

  it('never shows a saved secret', async () => {
    const page = await product.open('/system/enterprise?drawer=wecom');
    const secret = page.getByRole('dialog', { name: '企业微信配置' }).getByLabel('应用密钥');
    await expect.poll(() => secret.getAttribute('placeholder')).toMatch(/^已设置于 .+，留空则不修改$/);
    expect(await secret.inputValue()).toBe('');
    expect(await page.content()).not.toContain(sampleApp.secret);
  });

  it('shows why a sync failed and what to do, on the org page and on the page of the run', async () => {
    product.server.wecom.settings.egressIp = '203.0.113.9';
    const page = await product.open('/system/org');
    await startSync(page);
    const notice = page.getByRole('alert').filter({ hasText: '同步失败' });
    await notice.waitFor();
    await expect.poll(() => notice.textContent()).toMatch(/203\.0\.113\.9[\s\S]*企业可信IP/);
    await notice.getByRole('link', { name: '查看详情' }).click();
    await page.getByRole('heading', { level: 1, name: /手动同步/ }).waitFor();
    expect(await page.getByRole('main').getByRole('alert').textContent()).toMatch(
      /203\.0\.113\.9[\s\S]*企业可信IP/,
    );
    product.server.wecom.settings.egressIp = null;
  });
});

describe('signing in', () => {
  const signIn = async (page: Page, password: string) => {
    await page.getByLabel('账号').fill(admin.username);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录' }).click();
  };

  it('says that the password is wrong without saying which half', async () => {
    product.expectTrouble(/401.*\/api\/v1\/session/);
    const page = await product.open('/sign-in', { cookie: '' });
    await signIn(page, 'not the password');
    expect(await page.getByRole('alert').textContent()).toContain('账号或密码错误');
  });

  it('makes guessers wait and counts down', async () => {
    product.expectTrouble(/(401|429).*\/api\/v1\/session/);
    const page = await product.open('/sign-in', { cookie: '' });
    for (let attempt = 1; attempt <= 10; attempt += 1)
      await product.server.anonymous().refused(endpoints.signIn, {
        body: { username: admin.username, password: `guess ${attempt}` },
      });
    await signIn(page, 'another guess');
    expect(await page.getByRole('alert').textContent()).toContain('登录尝试次数过多');
    const button = page.getByRole('button', { name: /^\d+ 秒后可重试$/ });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
  });
});

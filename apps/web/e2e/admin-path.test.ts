import {
  createDepartment,
  hireMember,
  moveMember,
  removeMember,
  sampleApp,
  updateDepartment,
  updateMember,
} from '@orgmirror/wecom-simulator';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openConsole, phone } from './support/open-console.ts';
import { startSync } from './support/start-sync.ts';
import { takePicture } from './support/take-picture.ts';

/** The answer that a fault makes late comes once the test has seen that it is awaited. */
const late = Promise.withResolvers<void>();
const product = openConsole({
  env: { ADMIN_USERNAME: '', ADMIN_PASSWORD: '' },
  wecom: { sleep: () => late.promise },
});

const goTo = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name }).click();

const tree = (page: Page) => page.getByRole('tree', { name: '部门' });
const treeRow = (page: Page, name: string) =>
  page.locator('.om-tree-row', { has: page.getByText(name, { exact: true }) });
const expand = (page: Page, name: string) =>
  page
    .locator('.ant-tree-treenode', { has: page.getByText(name, { exact: true }) })
    .locator('.ant-tree-switcher')
    .click();

const findText = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

describe('the path of an admin, by clicks only', () => {
  it('creates the first admin with the code from the terminal', async () => {
    const code = product.server.said.find((line) => line.includes('Setup code'))?.split(': ')[1] ?? '';
    product.expectTrouble(/401.*\/api\/v1\/session/); // signed out
    const page = await product.open('/');
    await page.getByLabel('初始化码').fill(code);
    await page.getByLabel('账号').fill('admin');
    await page.getByLabel('密码', { exact: true }).fill('a long enough password');
    await page.getByLabel('确认密码', { exact: true }).fill('a long enough password');
    await page.getByRole('button', { name: '创建并登录' }).click();
    await page.getByText('尚未连接企业微信').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === 'orgmirror_session');
    product.server.api.cookie = `${session?.name}=${session?.value}`;
  });

  it('connects to WeCom, tests, saves and switches syncing on', async () => {
    const page = await product.open('/');
    await goTo(page, '企业设置');
    const card = page.getByRole('article').filter({ hasText: '为企业打造的专业办公管理工具' });
    await card.getByText('未配置').waitFor();
    expect(await card.getByRole('switch', { name: '同步组织架构' }).isDisabled()).toBe(true);
    await card.getByRole('button', { name: '配置' }).click();
    const drawer = page.getByRole('dialog', { name: '企业微信配置' });
    await drawer.getByLabel('企业 ID').fill(sampleApp.corpid);
    await drawer.getByLabel('应用 ID').fill(String(sampleApp.agentid));
    await drawer.getByLabel('应用密钥').fill(sampleApp.secret);
    await drawer.getByRole('button', { name: '测试连接' }).click();
    const checks = drawer.getByRole('region', { name: '连接检查' });
    await checks.getByText('可读取 40 个部门。').waitFor();
    expect(await checks.getByText('通过', { exact: true }).count()).toBe(5); // the clock as well
    await takePicture(page, 'connection-test.zh');
    await drawer.getByRole('button', { name: '确认' }).click();
    await drawer.waitFor({ state: 'hidden' });
    await card.getByText('成功', { exact: true }).waitFor();
    await card.getByRole('switch', { name: '同步组织架构' }).click();
    await findText(page, '同步已开启');
    await page.getByText('已开启同步组织架构').waitFor({ state: 'hidden' });
    await takePicture(page, 'settings.zh');
  });

  it('mirrors the tree at one click, live', async () => {
    product.server.wecom.faults.add({
      endpoint: 'user/list',
      departmentId: 22,
      effect: { kind: 'delay', delayMs: 1 },
    });
    const page = await product.open('/system/enterprise');
    await goTo(page, '组织架构');
    await page.getByRole('heading', { name: '还没有组织架构' }).waitFor();
    await startSync(page);
    await page
      .getByRole('region', { name: '企业微信同步' })
      .getByText(/部门 \d+\/40/)
      .waitFor();
    late.resolve();
    await findText(page, '同步完成');
    await treeRow(page, '星辰科技').waitFor();
    await expand(page, '研发中心');
    await treeRow(page, '平台研发部').click();
    await page.getByRole('heading', { name: '平台研发部' }).waitFor();
    await page.locator('.om-members-head').getByText('共 96 人，直属 7 人').waitFor(); // the tree tells it, too
    await page.locator('.om-table[aria-busy="false"]').waitFor(); // the list is that of the department
    await expect.poll(() => page.getByRole('row').count()).toBe(51); // the first 50 and the head
    await page.getByRole('switch', { name: '含子部门' }).click();
    await page
      .getByRole('row', { name: /尉迟敬/ })
      .getByText('负责人', { exact: true })
      .waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(8);
    product.server.wecom.faults.clear();
  });

  it('brings hires, renames, moves and leavers with the next sync', async () => {
    const { corp } = product.server.wecom;
    const page = await product.open('/system/org');
    await tree(page).waitFor();
    hireMember(corp, { userid: 'xin.ren', name: '辛韧', departmentIds: [14], position: '产品经理' });
    updateDepartment(corp, 14, { name: '产品与设计部' });
    createDepartment(corp, { id: 16, name: '人工智能部', parentid: 2, order: 1 });
    updateDepartment(corp, 113, { parentid: 2 });
    updateMember(corp, 'wangwei1', { name: '王玮' });
    moveMember(corp, 'shan.xiong', [16]);
    removeMember(corp, 'happy.sun');
    await startSync(page);
    await findText(page, '同步完成');
    await expand(page, '研发中心');
    await treeRow(page, '产品与设计部').waitFor();
    await treeRow(page, '人工智能部').click();
    await page.getByRole('row', { name: /单雄/ }).waitFor();
    await expect.poll(() => treeRow(page, '基础架构组').count()).toBe(1); // 平台研发部, where it was, is closed
    await page.getByRole('button', { name: '已退出' }).click();
    await page.getByText('全部成员', { exact: true }).click();
    await page.getByRole('row', { name: /孙悦/ }).waitFor();
  });

  it('shows what the run changed, before and after', async () => {
    const page = await product.open('/system/org');
    await goTo(page, '同步记录');
    await page.getByRole('list', { name: '同步记录' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: /手动同步 · / }).waitFor();
    const subject = (name: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
    await subject('单雄').getByText('调动：后端组 → 人工智能部').waitFor();
    const rename = subject('产品与设计部');
    await rename.getByText('名称：产品设计部 → 产品与设计部').waitFor();
    await rename.getByRole('button').click();
    expect(await rename.locator('del').first().textContent()).toBe('产品设计部');
    expect(await rename.locator('ins').first().textContent()).toBe('产品与设计部');
    await rename.getByRole('button').click();
    await page.getByLabel('搜索名称或编号').fill('王玮');
    await rename.waitFor({ state: 'detached' });
    await subject('王玮').getByText('名称：').waitFor();
    await page.getByLabel('搜索名称或编号').fill('');
    await rename.waitFor();
    await takePicture(page, 'run.zh');
  });

  it("keeps a member's history", async () => {
    const page = await product.open('/system/org?q=shan.xiong');
    await page.getByRole('button', { name: '单雄' }).click();
    const drawer = page.getByRole('dialog', { name: '单雄' });
    await drawer.getByRole('tab', { name: '变更记录' }).click();
    await drawer.locator('.om-history').getByText('后端组').first().waitFor();
    await takePicture(page, 'member.zh');
    await drawer.getByRole('link', { name: '查看同步' }).first().click();
    await page.getByRole('heading', { name: /手动同步 · / }).waitFor();
  });

  it('opens the same department in English, in the dark and on a phone', async () => {
    const [chinese, dark, small] = await Promise.all([
      product.open('/system/org?department=22'),
      product.open('/system/org?department=22', { locale: 'en-US', colorScheme: 'dark' }),
      product.open('/system/org?department=22', { viewport: phone }),
    ]);
    for (const [page, picture] of [
      [chinese, 'org-structure.zh'],
      [dark, 'org-structure.en-dark'],
      [small, 'org-structure.phone'],
    ] as const) {
      await page.getByRole('row').nth(10).waitFor();
      await takePicture(page, picture);
    }
  });
});

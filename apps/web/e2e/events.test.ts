import { hireMember, removeMember, updateMember } from '@orgmirror/wecom-simulator';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../api/test/support/create-account.ts';
import { findDialog } from './support/find-dialog.ts';
import { openConsole } from './support/open-console.ts';
import { takePicture } from './support/take-picture.ts';

const product = openConsole();
beforeAll(async () => {
  await product.server.configure();
  await product.server.sync();
});

const addressOf = (page: Page, name: string): Locator =>
  page.locator('.om-callback', { has: page.getByRole('heading', { name }) });

async function choose(page: Page, select: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: select }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe('changes that arrive by themselves', () => {
  it('are set up by copying what is shown once into the WeCom console', async () => {
    const page = await product.open('/system/enterprise/events');
    const contacts = addressOf(page, '通讯录同步助手地址');
    await contacts.getByRole('button', { name: /^生成/ }).click();
    const dialog = await findDialog(page, '请复制以下内容');
    await dialog.locator('code').nth(2).waitFor();
    const [url = '', token = '', encodingAesKey = ''] = await dialog.locator('code').allTextContents();
    await product.server.wecom.callbacks.set('contacts', { url, token, encodingAesKey });
    await dialog.getByRole('button', { name: '已复制，关闭' }).click();
    await contacts.getByText('已通过验证').waitFor(); // by itself
    await page.reload();
    await contacts.getByText('已通过验证').waitFor();
    expect(await page.getByText(token, { exact: true }).count()).toBe(0);
  });

  it('bring a hire to the page of events and to the directory without a click', async () => {
    const page = await product.open('/system/events');
    await page.getByRole('heading', { name: '还没有事件' }).waitFor();
    hireMember(product.server.wecom.corp, { userid: 'newcomer', name: '新同事', departmentIds: [2] });
    const row = page.getByRole('row', { name: /create_user/ });
    await row.getByText('已处理').waitFor();
    await row.getByText('newcomer').waitFor();
    await takePicture(page, 'events.zh');
    await row.getByRole('link', { name: '查看同步' }).click();
    await page.getByRole('heading', { name: /事件同步$/ }).waitFor();
    await page.getByText('仅事件涉及的对象').waitFor();
    await page.getByRole('region', { name: '加入' }).getByRole('link', { name: '新同事' }).waitFor();
    await page.goto(`${product.server.url}/system/org?q=newcomer`);
    await page.getByRole('button', { name: '新同事' }).waitFor();
  });

  it('bring a leaver too, and the text of the event is there for admins alone', async () => {
    const page = await product.open('/system/events');
    removeMember(product.server.wecom.corp, 'newcomer');
    const row = page.getByRole('row', { name: /delete_user/ });
    await row.getByText('已处理').waitFor();
    await row.getByRole('button', { name: '查看删除成员事件' }).click();
    const drawer = page.getByRole('dialog', { name: '删除成员' });
    await drawer.getByText(/<ChangeType>/).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    const { cookie } = await createAccount(product.server, 'auditor');
    const theirs = await product.open('/system/events', { cookie });
    await theirs.getByRole('button', { name: '查看删除成员事件' }).click();
    await theirs.getByRole('dialog', { name: '删除成员' }).getByText('处理次数').waitFor();
    expect(await theirs.getByText('解密后的内容').count()).toBe(0);
  });

  it('are narrowed by filters that the address keeps, back button included', async () => {
    const page = await product.open('/system/events');
    await choose(page, '类型', '新增成员');
    await page.waitForURL('**/system/events?kind=create_user');
    await expect.poll(() => page.getByRole('row', { name: /delete_user/ }).count()).toBe(0);
    await choose(page, '状态', '失败');
    await page.getByText('没有符合条件的结果').waitFor();
    await page.goBack();
    await page.getByRole('row', { name: /create_user/ }).waitFor();
  });

  it('are completed by a full sync, which says what no event had brought', async () => {
    updateMember(product.server.wecom.corp, 'linyi', { position: '顾问' }); // WeCom sends no event for that
    const run = await product.server.sync();
    const page = await product.open(`/system/sync-runs/${run.id}`);
    await page.getByText(/对账发现 \d+ 处事件未带来的变化/).waitFor();
    await page.goto(`${product.server.url}/system/sync-runs`);
    await page.getByText(/对账发现 \d+ 处/).waitFor();
  });

  it('stop after a question', async () => {
    const page = await product.open('/system/enterprise/events');
    const contacts = addressOf(page, '通讯录同步助手地址');
    await contacts.getByRole('button', { name: '停用' }).click();
    await (await findDialog(page, /^停用/)).getByRole('button', { name: '停用' }).click();
    await contacts.getByText('未设置').waitFor();
  });
});

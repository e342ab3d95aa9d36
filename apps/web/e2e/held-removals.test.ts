import { endpoints } from '@orgmirror/contracts';
import { hireMember, removeMember } from '@orgmirror/wecom-simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { findDialog } from './support/find-dialog.ts';
import { openConsole } from './support/open-console.ts';
import { startSync } from './support/start-sync.ts';

const product = openConsole();
/** The guard lets 5 % of the sample corp's members go in a day: 30. */
const leaverCount = 40;
const makeUpUserid = (serial: number) => `XC${String(serial).padStart(5, '0')}`;

beforeAll(async () => {
  await product.server.configure();
  await product.server.sync();
});

async function countMembers(presence: 'present' | 'left'): Promise<number | undefined> {
  const { total } = await product.server.api.call(endpoints.listMembers, {
    query: { limit: '1', presence },
  });
  return total;
}

describe('a preview', () => {
  it('shows the plan and changes nothing until it is applied', async () => {
    const before = await countMembers('present');
    hireMember(product.server.wecom.corp, { userid: 'xin.ren', name: '辛韧', departmentIds: [14] });
    const page = await product.open('/system/org');
    await startSync(page, '预览');
    const result = page.getByRole('main').filter({ hasText: '预览完成，尚未应用任何变更' });
    await result.getByRole('link', { name: /^查看/ }).click();
    await page.getByRole('region', { name: '加入' }).getByText('xin.ren').waitFor();
    expect(await countMembers('present')).toBe(before);
    await page.getByRole('button', { name: '应用此计划' }).click();
    await (await findDialog(page)).getByRole('button', { name: '应用此计划' }).click();
    await page.getByRole('main').getByText('成功', { exact: true }).waitFor();
    expect(await countMembers('present')).toBe((before ?? 0) + 1);
  });
});

describe('more leavers than the guard lets go', () => {
  beforeAll(() => {
    for (let serial = 50; serial < 50 + leaverCount; serial += 1)
      removeMember(product.server.wecom.corp, makeUpUserid(serial));
  });

  it('stay until they are decided; a rejection keeps the members', async () => {
    const before = await countMembers('present');
    const page = await product.open('/system/org');
    await startSync(page);
    await page.getByText('40 名成员的移除待批准').waitFor();
    await page.getByText('有变更待批准').waitFor();
    expect(await countMembers('present')).toBe(before);
    await page.getByRole('link', { name: '查看并批准' }).click();
    await page.getByText('40 名成员将标记为已退出。').waitFor();
    await page.getByText('要移除 40 名成员，超过上限 30。').waitFor();
    const held = page.getByRole('region', { name: '待批准', exact: true });
    await held
      .getByText(/^离开：/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: `待批准 ${leaverCount}` }).click();
    await page.waitForURL(/section=held/);
    await held
      .getByRole('listitem')
      .nth(leaverCount - 1)
      .waitFor();
    await page.getByRole('button', { name: '拒绝', exact: true }).click();
    await (await findDialog(page)).getByRole('button', { name: '拒绝移除' }).click();
    await page.getByRole('main').getByText('已拒绝', { exact: true }).waitFor();
    expect(await countMembers('present')).toBe(before);
    expect(await countMembers('left')).toBe(0);
  });

  it('go once their number is typed', async () => {
    const before = (await countMembers('present')) ?? 0;
    const page = await product.open('/system/org');
    await startSync(page);
    await page.getByRole('link', { name: '查看并批准' }).click();
    await page.getByRole('button', { name: '批准…' }).click();
    const dialog = await findDialog(page, '批准移除？');
    const approve = dialog.getByRole('button', { name: '批准并移除' });
    expect(await approve.isDisabled()).toBe(true);
    await dialog.getByLabel('待移除总数').fill('4');
    expect(await approve.isDisabled()).toBe(true);
    await dialog.getByLabel('待移除总数').fill(String(leaverCount));
    await approve.click();
    await page.getByRole('main').getByText('成功', { exact: true }).waitFor();
    expect(await countMembers('present')).toBe(before - leaverCount);
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '组织架构' }).click();
    await page.getByRole('button', { name: '已退出' }).click();
    await page.getByText(`共 ${leaverCount} 条`).waitFor();
  });
});

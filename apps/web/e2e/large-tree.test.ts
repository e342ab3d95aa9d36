import { readFile } from 'node:fs/promises';
import { generateCorp } from '@orgmirror/wecom-simulator';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findDialog } from './support/find-dialog.ts';
import { openConsole, phone } from './support/open-console.ts';
import { settle } from './support/settle.ts';
import { startSync } from './support/start-sync.ts';

const departmentCount = 2_000;
const memberCount = 10_000;
const product = openConsole({
  wecom: { corp: generateCorp({ departments: departmentCount, members: memberCount }) },
});

beforeAll(async () => {
  await product.server.configure();
  expect(await product.server.sync()).toMatchObject({ status: 'succeeded' });
});

const rows = (page: Page) => page.locator('.ant-tree-treenode:visible .om-tree-name');
const memberNames = (page: Page) => page.locator('tbody .om-member').allTextContents();

async function openPage(page: Page, number: number, button: string): Promise<string[]> {
  await page.getByRole('button', { name: button }).click();
  await page.getByText(`第 ${number} 页`).waitFor();
  await page.locator('.om-table[aria-busy="false"]').waitFor();
  return memberNames(page);
}

describe(`a tree of ${departmentCount} departments and ${memberCount} members`, () => {
  it('draws only the rows that can be seen, however many are open', async ({ annotate }) => {
    const page = await product.open('/system/org');
    await rows(page).nth(3).waitFor();
    const closed = page.locator('.ant-tree-switcher_close');
    const startedAt = performance.now();
    for (let opened = 0; opened < 5; opened += 1) await closed.first().click();
    await annotate(`opened 5 departments in ${Math.round(performance.now() - startedAt)} ms`);
    await settle(page);
    const drawn = await page.locator('.ant-tree-treenode').count();
    expect(drawn).toBeGreaterThan(10);
    expect(drawn).toBeLessThan(60);
    await page.getByLabel('全部展开').click();
    await expect.poll(() => closed.count()).toBe(0);
    expect(await page.locator('.ant-tree-treenode').count()).toBeLessThan(60);
  });

  it('finds departments by a part of the name and marks it', async () => {
    const page = await product.open('/system/org');
    await page.getByLabel('搜索部门').fill('1999');
    await expect.poll(() => page.locator('.om-tree mark').allTextContents()).toEqual(['1999']);
    await page.locator('.om-tree mark').click();
    await page.getByRole('heading', { level: 2, name: /1999$/ }).waitFor();
    await page.getByLabel('搜索部门').fill('no such department');
    await page.getByText('没有匹配的部门').waitFor();
  });

  it('pages forward and back to the same members', async () => {
    const page = await product.open('/system/org');
    await page.getByText('共 10,000 条').waitFor();
    const first = await memberNames(page);
    const second = await openPage(page, 2, '下一页');
    const third = await openPage(page, 3, '下一页');
    expect(new Set([...first, ...second, ...third]).size).toBeGreaterThan(50);
    expect(await openPage(page, 2, '上一页')).toEqual(second);
    expect(await openPage(page, 1, '首页')).toEqual(first);
  });

  it('shows the same after a reload and behind a copied address', async () => {
    const page = await product.open('/system/org?department=3&status=activated&pageSize=100');
    await page.locator('tbody tr').first().waitFor();
    await openPage(page, 2, '下一页');
    await page.locator('tbody .om-member button').first().click();
    await page.getByRole('dialog').locator('.om-member-head').waitFor();
    const shown = await memberNames(page);
    await page.reload();
    await page.getByRole('dialog').locator('.om-member-head').waitFor();
    await expect.poll(() => memberNames(page)).toEqual(shown);
    const elsewhere = await product.open(page.url().slice(product.server.url.length));
    await expect.poll(() => memberNames(elsewhere)).toEqual(shown);
    expect(await elsewhere.getByRole('button', { name: '已激活' }).getAttribute('aria-pressed')).toBe('true');
  });
});

describe('the chart', () => {
  const cards = (page: Page) => page.locator('.om-chart-card');
  const choose = async (page: Page, item: string) => {
    await page.getByRole('button', { name: /^导出/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const download = async (page: Page, item: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), choose(page, item)]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const readScale = async (page: Page) =>
    Number(/scale\((.+)\)/.exec((await page.locator('svg > g[style]').getAttribute('style')) ?? '')?.[1]);

  it('draws the cards in sight only, and draws none of them again while it is moved a little', async () => {
    const page = await product.open('/system/org/chart');
    await cards(page).first().waitFor();
    await page.getByRole('button', { name: '全部展开' }).click();
    await expect.poll(() => page.locator('.om-chart-card[aria-expanded="false"]').count()).toBe(0);
    await settle(page);
    const count = await cards(page).count();
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(250);
    const drawn = await cards(page).evaluateAll((all) => all.map(({ id }) => id));
    await page.mouse.move(700, 700);
    await page.mouse.down();
    await page.mouse.move(720, 710, { steps: 4 });
    await page.mouse.up();
    await settle(page);
    expect(await cards(page).evaluateAll((all) => all.map(({ id }) => id))).toEqual(drawn);
  });

  it('is downloaded as an SVG and, while its names can be read, as a PNG', async () => {
    const page = await product.open('/system/org/chart');
    await cards(page).first().waitFor();
    const png = await download(page, '导出 PNG');
    expect(png.name).toBe('架构图.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    await page.getByRole('button', { name: '全部展开' }).click();
    await choose(page, '导出 PNG');
    await page.getByText('图太大，画成 PNG 后名称无法辨认。').waitFor();
    const svg = (await download(page, '导出 SVG')).bytes.toString();
    expect(svg.match(/<rect width/g)).toHaveLength(departmentCount);
    expect(svg).toContain('1999');
  });

  it('brings a department that was searched for into sight', async () => {
    const page = await product.open('/system/org/chart');
    await cards(page).first().waitFor();
    await page.getByLabel('查找部门').fill('1999');
    await page.getByRole('list', { name: '找到的部门' }).getByRole('button').first().click();
    const card = cards(page).filter({ hasText: '1999' });
    await card.waitFor();
    await settle(page);
    const [box, canvas] = [await card.boundingBox(), await page.locator('.om-chart-card-box').boundingBox()];
    if (box === null || canvas === null) throw new Error('The card or the chart is not drawn.');
    expect(box.x).toBeGreaterThanOrEqual(canvas.x);
    expect(box.x + box.width).toBeLessThanOrEqual(canvas.x + canvas.width);
    expect(box.y).toBeGreaterThanOrEqual(canvas.y);
    expect(box.y + box.height).toBeLessThanOrEqual(canvas.y + canvas.height);
  });

  it('keeps its middle when the window narrows', async () => {
    const page = await product.open('/system/org/chart');
    await cards(page).first().waitFor();
    await page.setViewportSize(phone);
    const middle = async () => {
      const box = await cards(page).first().boundingBox();
      return box === null ? 0 : box.x + box.width / 2;
    };
    await expect.poll(middle).toBeGreaterThan(0);
    await expect.poll(middle).toBeLessThan(phone.width);
  });

  it('is zoomed by two fingers', async () => {
    const page = await product.open('/system/org/chart', { viewport: phone });
    await cards(page).first().waitFor();
    await settle(page); // the chart has its place
    const before = await readScale(page);
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: xs.map((x, id) => ({ x, y: 600, id })),
      });
    await touch('touchStart', 180, 210);
    await touch('touchMove', 160, 230);
    await touch('touchMove', 150, 240);
    await touch('touchEnd');
    await expect.poll(() => readScale(page)).toBeGreaterThan(before * 1.5);
  });
});

describe('a running sync', () => {
  it('shows in every tab, survives a reload and is cancelled from any', async () => {
    // An export would be over before it could be measured.
    const { faults } = product.server.wecom;
    faults.add({ endpoint: 'export/department', effect: { kind: 'errcode', errcode: 48002 } });
    faults.add({ endpoint: 'user/list', effect: { kind: 'delay', delayMs: 1_000 } });
    const [first, second] = [await product.open('/system/org'), await product.open('/system/audit')];
    await startSync(first);
    const strip = (page: Page) => page.getByRole('region', { name: '企业微信同步' });
    await strip(first)
      .getByText(/部门 [\d,]+\/2,000/)
      .waitFor();
    await second.reload();
    await second.getByRole('link', { name: /同步中/ }).waitFor();
    await first.reload();
    await strip(first)
      .getByText(/部门 [\d,]+\/2,000/)
      .waitFor();
    await second.getByRole('link', { name: /同步中/ }).click();
    await second.getByRole('button', { name: '取消同步' }).click();
    await (await findDialog(second)).getByRole('button', { name: '取消同步' }).click();
    await second.getByRole('main').getByText('已取消', { exact: true }).waitFor();
    await first.getByText('同步已取消，组织架构保持不变').waitFor();
    faults.clear();
  });
});

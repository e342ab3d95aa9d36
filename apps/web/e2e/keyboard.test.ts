import { endpoints } from '@orgmirror/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './support/find-barriers.ts';
import { openConsole } from './support/open-console.ts';
import { settle } from './support/settle.ts';

describe('the keyboard', () => {
  const product = openConsole();
  beforeAll(async () => {
    await product.server.configure();
    await product.server.sync();
  });

  it('opens menus below their buttons for who wants no motion', async () => {
    const page = await product.open('/system/org', { reducedMotion: 'reduce' });
    for (const name of ['更多', '其他同步方式', '视图']) {
      const button = page.getByRole('button', { name });
      await button.click();
      const menu = page.getByRole('menu').last();
      await menu.waitFor();
      const measure = async () => {
        const [opener, opened] = await Promise.all([button.boundingBox(), menu.boundingBox()]);
        if (opener === null || opened === null) return null;
        return { gap: Math.abs(opened.y - (opener.y + opener.height)), right: opened.x + opened.width };
      };
      await expect.poll(async () => (await measure())?.gap).toBeLessThan(20);
      await expect.poll(async () => (await measure())?.right).toBeLessThan(1440);
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    }
  });

  it('skips to the content, walks the tree and opens a member', async () => {
    const page = await product.open('/system/org');
    await page.getByRole('tree').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.locator(':focus').textContent()).toBe('跳到正文');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('om-content');
    await page.getByLabel('全部收起').focus();
    await page.keyboard.press('Tab');
    for (let step = 1; step <= 2; step += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.ant-tree-treenode-active').textContent()).toContain('研发中心');
    const ring = page.locator('.ant-tree-treenode-active .ant-tree-node-content-wrapper');
    expect(await ring.evaluate((row) => getComputedStyle(row).outlineOffset)).toBe('-2px'); // within the row
    await page.keyboard.press('ArrowRight');
    await page.getByText('平台研发部', { exact: true }).first().waitFor();
    await page.keyboard.press('Space'); // Enter opens and closes
    await page.getByRole('heading', { level: 2, name: '研发中心' }).waitFor();
    await page.locator('.om-table[aria-busy="false"]').waitFor(); // its rows stay from now on
    await page.locator('tbody button').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.om-member-head').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('tbody') !== null))
      .toBe(true);
  });

  it('chooses from lists, days and times, which say what is chosen', async () => {
    const page = await product.open('/system/audit');
    const action = page.getByRole('combobox', { name: '操作' });
    await action.focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: '全部操作' }).waitFor();
    await settle(page);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('添加本地');
    await page.keyboard.press('Enter');
    await page.waitForURL(/action=account\.create/);
    await expect.poll(() => action.getAttribute('aria-description')).toBe('添加本地账号');
    await page.getByRole('textbox', { name: '开始日期' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.ant-picker-dropdown').waitFor();
    await settle(page);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('2026-11-08');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=2026-11-08/);
    await page.goto(`${product.server.url}/system/enterprise/sync`);
    await page.getByRole('combobox', { name: '时间安排' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { name: '每天' }).waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    const time = page.getByRole('textbox', { name: '时刻' });
    await time.fill('330'); // as one types it in a hurry
    await time.press('Enter'); // takes it and saves
    await page.getByText('已保存', { exact: true }).waitFor();
    const { schedule } = await product.server.api.call(endpoints.getWecomSettings);
    expect(schedule).toEqual({ kind: 'daily', at: '03:30' });
  });

  it('opens what is searched for, searches the page, walks its rows and goes back', async () => {
    const page = await product.open('/');
    await page.getByRole('button', { name: '搜索页面、成员和操作' }).waitFor();
    const palette = page.getByRole('combobox', { name: /^页面、部门/ });
    // The listener is fetched after the shell: pressing the keys again opens nothing twice.
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+k');
        return palette.isVisible();
      })
      .toBe(true);
    await page.getByRole('option', { name: '同步记录' }).waitFor();
    await settle(page);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.type('XC00101');
    await page.getByRole('option', { name: /XC00101$/ }).waitFor();
    await page.getByText('↑ ↓ 选择').waitFor(); // the search has ended
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('.om-member-head').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await page.keyboard.press('/');
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toContain('搜索');
    await page.keyboard.type('?/');
    await expect.poll(() => page.locator(':focus').inputValue()).toBe('?/'); // a text, no shortcuts
    await page.waitForURL(/q=/); // the address has it
    await page.getByRole('link', { name: '同步记录' }).click();
    await page.waitForURL(/sync-runs$/);
    const run = page.getByRole('list', { name: '同步记录' }).getByRole('link').first();
    await run.focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/system/sync-runs');
    await expect.poll(() => run.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/sync-runs\/./);
    await page.getByRole('heading', { level: 1, name: /同步 · / }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/sync-runs$/);

    await page.getByRole('link', { name: '组织架构' }).click();
    await page.waitForURL(/org$/);
    const boxes = page.locator('tbody input[type="checkbox"]');
    await page.locator('.om-table[aria-busy="false"]').waitFor();
    await boxes.first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => boxes.nth(1).evaluate((box) => box === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => boxes.first().evaluate((box) => box === document.activeElement)).toBe(true);
  });

  it('always shows where it is', async () => {
    const page = await product.open('/system/org?department=2');
    await page.locator('tbody tr').first().waitFor();
    await settle(page); // what the focus is on stays there
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

import { beforeAll, describe, expect, it } from 'vitest';
import { findDialog } from './support/find-dialog.ts';
import { createNamedCorp } from './support/named-corp.ts';
import { openConsole, phone } from './support/open-console.ts';

describe('language and theme', () => {
  const product = openConsole({ wecom: { corp: createNamedCorp('en-US') } });
  beforeAll(async () => {
    await product.server.configure();
    await product.server.sync();
  });

  it('change at once, without a reload, and are kept', async () => {
    const page = await product.open('/system/enterprise');
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    await page.getByRole('button', { name: '切换语言' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Enterprise Settings' }).waitFor();
    await page.getByRole('switch').first().click();
    // antd's own text
    await (await findDialog(page)).getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('button', { name: 'Change theme' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    const readGround = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await expect.poll(readGround).toMatch(/^rgb\((\d|[1-4]\d), /);
    expect(loads).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Enterprise Settings' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en-US');
    await expect.poll(readGround).toMatch(/^rgb\((\d|[1-4]\d), /);
  });

  it('a window of 1024 px has the status in sight, and a phone scrolls no table aside', async () => {
    const laptop = { width: 1024, height: 768 };
    const page = await product.open('/system/org?department=2', { locale: 'en-US', viewport: laptop });
    const head = await page.getByRole('columnheader', { name: 'Status' }).boundingBox();
    expect((head?.x ?? laptop.width) + (head?.width ?? 0)).toBeLessThan(laptop.width);
    const bar = await page.locator('.om-filters').boundingBox();
    expect(bar?.height).toBeLessThan(100); // a line takes 40
    await page.getByRole('button', { name: 'Choose department' }).click();
    await page.getByRole('tree').getByText('Sales', { exact: true }).click();
    await page.getByRole('heading', { level: 2, name: 'Sales' }).waitFor();
    await page.getByRole('tree').waitFor({ state: 'hidden' });
    await page.setViewportSize(phone);
    const countHidden = () =>
      page.locator('.om-members .om-table-box').evaluate((box) => box.scrollWidth - box.clientWidth);
    await expect.poll(countHidden).toBe(0);
  });

  it('the guide has columns that can be read, and rows of cards on a phone', async () => {
    const page = await product.open('/guide/errors?lang=zh');
    const who = page.getByRole('columnheader', { name: '由谁处理' });
    expect((await who.boundingBox())?.width).toBeGreaterThan(6 * 14);
    await page.getByRole('link', { name: '网络与返回内容' }).click();
    await page.getByRole('heading', { name: '网络与返回内容' }).waitFor();
    for (const viewport of [{ width: 768, height: 1024 }, phone]) {
      await page.setViewportSize(viewport);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    }
    expect((await page.getByRole('cell').first().boundingBox())?.width).toBeGreaterThan(phone.width / 2);
    await page.getByRole('link', { name: '返回控制台' }).click();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  });

  it('the first-run page speaks the language of the browser', async () => {
    const page = await product.open('/sign-in', { cookie: '', locale: 'en-US' });
    await page.getByRole('heading', { name: 'Account sign-in' }).waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '账号登录' }).waitFor();
  });
});

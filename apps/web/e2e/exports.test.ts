import { readFile } from 'node:fs/promises';
import { readSheet } from 'read-excel-file/node';
import { beforeAll, expect, it } from 'vitest';
import { findBarriers } from './support/find-barriers.ts';
import { createNamedCorp } from './support/named-corp.ts';
import { openConsole, phone } from './support/open-console.ts';
import { settle } from './support/settle.ts';

const product = openConsole({ wecom: { corp: createNamedCorp('zh-CN') } });

beforeAll(async () => {
  await product.server.configure();
  expect((await product.server.sync()).status).toBe('succeeded');
});

it('an export is asked for in a dialog, written while the browser is closed, and opens as a sheet', async () => {
  const asking = await product.open('/system/org');
  await asking.getByRole('button', { name: '更多', exact: true }).click();
  await asking.getByRole('menuitem', { name: '导出…' }).click();
  const dialog = asking.getByRole('dialog', { name: '导出成员' });
  await dialog.getByRole('button', { name: '开始导出' }).waitFor();
  await settle(asking);
  expect(await findBarriers(asking)).toEqual([]);
  await dialog.getByRole('button', { name: '开始导出' }).click();
  await dialog.waitFor({ state: 'detached' });
  await asking.context().close(); // the server goes on without the browser

  const page = await product.open('/system/audit');
  await page.getByRole('button', { name: /^导出文件/ }).click();
  const drawer = page.getByRole('dialog', { name: '导出文件' });
  const link = drawer.getByRole('link', { name: '下载' });
  await link.waitFor();
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  const [heads, ...rows] = await readSheet(await readFile(await download.path()));
  expect(heads?.slice(0, 2)).toEqual(['姓名', '别名']);
  expect(rows).toHaveLength(20);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(phone);
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

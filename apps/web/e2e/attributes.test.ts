import { readFile } from 'node:fs/promises';
import { type BodyOf, endpoints } from '@orgmirror/contracts';
import type { Locator, Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { beforeAll, expect, it } from 'vitest';
import { findBarriers } from './support/find-barriers.ts';
import { createNamedCorp } from './support/named-corp.ts';
import { openConsole, phone } from './support/open-console.ts';
import { settle } from './support/settle.ts';

const product = openConsole({ wecom: { corp: createNamedCorp('zh-CN') } });

const attributes: BodyOf<typeof endpoints.createAttribute>[] = [
  { key: 'no', nameZh: '工号', nameEn: 'Number', type: 'text' },
  { key: 'grade', nameZh: '职级', nameEn: 'Grade', type: 'choice', choices: ['P5', 'P6'] },
];

beforeAll(async () => {
  const { configure, sync, api } = product.server;
  await configure();
  expect((await sync()).status).toBe('succeeded');
  for (const body of attributes) await api.call(endpoints.createAttribute, { body });
});

async function download(page: Page, button: Locator): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFile(await file.path());
}

const readLines = (csv: Buffer): string[] => csv.toString('utf8').replace('\uFEFF', '').trim().split(/\r?\n/);

it('attributes are filled in by the template, judged, applied, found and exported', async () => {
  const page = await product.open('/system/attributes');
  const template = readLines(await download(page, page.getByRole('button', { name: '下载模板 (csv)' })));
  expect(template).toHaveLength(21);
  expect(template[0]).toBe('账号,姓名,工号,职级');
  const file = [template[0], 'u1,成员 1,1042,P6', 'u2,成员 2,1043,P9', 'ghost,,7,P5'].join('\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '工号.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });

  await page.getByRole('heading', { name: '试运行结果：工号.csv' }).waitFor();
  const refused = page.getByRole('table', { name: '未通过' });
  await refused.getByRole('row', { name: '3 u2 职级 P9 不在可选值之中' }).waitFor();
  await refused.getByRole('row', { name: /^4 ghost .*组织架构中没有此账号$/ }).waitFor();
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  expect(readLines(await download(page, page.getByRole('button', { name: '下载未通过的行' })))).toEqual([
    '行,账号,列,内容,原因',
    '3,u2,职级,P9,不在可选值之中',
    '4,ghost,,,组织架构中没有此账号',
  ]);

  const inEnglish = new URL(page.url());
  const onPhone = await product.open(inEnglish.pathname + inEnglish.search, {
    locale: 'en-US',
    colorScheme: 'dark',
    viewport: phone,
  });
  await onPhone.getByText('2 rows were refused and will be skipped').waitFor();
  await settle(onPhone);
  expect(await findBarriers(onPhone)).toEqual([]);
  expect(await onPhone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);

  await page.getByRole('button', { name: '应用到 1 名成员' }).click();
  await page.getByText('已更新 1 名成员').waitFor();
  await page.goto(`${product.server.url}/system/org?q=1042`);
  await page.getByRole('row', { name: /成员 1/ }).waitFor();
  await page.goto(`${product.server.url}/system/org?q=1042&member=u1`);
  const shown = page.getByRole('region', { name: '扩展属性' });
  await shown.getByText('1042').waitFor();
  await shown.getByText('P6').waitFor();
  await shown.getByText(/^由本企业在.*同步不会改写$/).waitFor();
  await page.getByText('资料由企业微信维护，请在企业微信中修改。').waitFor();
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  expect(await exportFound(page)).toEqual([
    ['工号', '职级'],
    ['1042', 'P6'],
  ]);
});

/** The attributes' columns of a file of the members that the search finds. */
async function exportFound(page: Page) {
  await page.goto(`${product.server.url}/system/org?q=1042`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '导出…' }).click();
  const dialog = page.getByRole('dialog', { name: '导出成员' });
  for (const name of ['工号', '职级']) await dialog.getByRole('checkbox', { name }).check();
  await dialog.getByRole('button', { name: '开始导出' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^导出文件/ }).click();
  const link = page.getByRole('dialog', { name: '导出文件' }).getByRole('link', { name: '下载' });
  await link.waitFor();
  return (await readSheet(await download(page, link))).map((row) => row.slice(-2));
}

import { endpoints } from '@orgmirror/contracts';
import { hireMember } from '@orgmirror/wecom-simulator';
import { beforeAll, expect, it } from 'vitest';
import { findBarriers } from './support/find-barriers.ts';
import { openConsole, phone } from './support/open-console.ts';
import { settle } from './support/settle.ts';

const product = openConsole();

beforeAll(async () => {
  const { server } = product;
  await server.configure();
  const { version, timeZone: _zone, ...saved } = await server.api.call(endpoints.getNoticeSettings);
  const { passwordSet: _password, ...email } = saved.email;
  const { secretSet: _secret, ...webhook } = saved.webhook;
  const body = {
    ...saved,
    email: { ...email, enabled: true, host: '127.0.0.1', port: 1, from: 'a@b.example', to: ['it@b.example'] },
    webhook,
    version,
  };
  await server.api.call(endpoints.saveNoticeSettings, { body }); // a mail server that is not there
  server.wecom.settings.egressIp = '203.0.113.9';
  expect((await server.sync()).status).toBe('failed');
});

it('a failed sync shows under the bell, with what could not be delivered, to everyone and on a phone', async () => {
  await expect
    .poll(() => product.server.api.call(endpoints.getNoticeState))
    .toEqual({ unread: 1, undelivered: 1 });
  const page = await product.open('/system/org', { locale: 'en-US' });
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  const panel = page.getByRole('dialog', { name: 'Notifications' });
  const link = panel.getByRole('link', { name: 'A sync failed: WeCom refused the request' });
  await link.waitFor();
  await panel.getByText('E-mail · not delivered yet').waitFor();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize(phone);
  await settle(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  await link.click();
  await page.waitForURL(/\/system\/sync-runs\/[0-9a-f-]{36}$/);
});

it('recipients are chosen by pinyin, and shown to an English phone in the dark', async () => {
  const { server } = product;
  hireMember(server.wecom.corp, { userid: 'w-1042', name: '王秀英', departmentIds: [1] });
  server.wecom.settings.egressIp = null;
  expect((await server.sync()).status).toBe('succeeded');
  const path = '/system/enterprise/notifications';
  const page = await product.open(path);
  const picker = page.getByRole('combobox', { name: '接收成员' });
  await picker.fill('wangxiuying');
  const option = page.getByRole('option', { name: '王秀英' });
  await option.waitFor();
  await settle(page);
  expect(await findBarriers(page)).toEqual([]);
  await option.click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存', { exact: true }).waitFor();

  const onPhone = await product.open(path, { locale: 'en-US', colorScheme: 'dark', viewport: phone });
  await onPhone.getByRole('region', { name: 'WeCom message' }).getByText('王秀英').waitFor();
  await settle(onPhone);
  expect(await findBarriers(onPhone)).toEqual([]);
  expect(await onPhone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

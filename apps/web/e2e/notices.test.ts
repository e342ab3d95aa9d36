import { endpoints } from '@orgmirror/contracts';
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

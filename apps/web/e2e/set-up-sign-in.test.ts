import { endpoints } from '@orgmirror/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../api/test/support/create-account.ts';
import { appOf } from '../../api/test/support/enable-sign-in.ts';
import { findDialog } from './support/find-dialog.ts';
import { openConsole } from './support/open-console.ts';
import { settle } from './support/settle.ts';
import { takePicture } from './support/take-picture.ts';

const product = openConsole();
beforeAll(async () => {
  await product.server.configure();
  await product.server.sync();
});

const tabPath = '/system/enterprise/sign-in';
const drawerOf = (page: Page) => findDialog(page, /认证$/);

describe('the path of an admin to sign-in by WeCom, by clicks only', () => {
  it('finds the QR switch disabled, with a link to add an authentication provider', async () => {
    const page = await product.open('/system/enterprise');
    expect(await page.getByRole('switch', { name: '扫码登录' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: '前往认证设置' }).click();
    await page.getByRole('button', { name: /添加认证/ }).click();
    await page.getByRole('menuitem', { name: /OAuth2/ }).click();
    const drawer = await drawerOf(page);
    await drawer.getByLabel('描述').fill('全体成员');
    await drawer.getByRole('button', { name: '保存并继续' }).click();
    await drawer.getByText(new URL(product.server.url).host, { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /全体成员/ }).waitFor();
  });

  it('sees what the app in WeCom does not trust, and then that it does', async () => {
    const page = await product.open(tabPath);
    await page.getByRole('button', { name: '编辑' }).click();
    const drawer = await drawerOf(page);
    await drawer.getByRole('button', { name: '检查', exact: true }).click();
    await drawer.getByRole('button', { name: '开始检查' }).click();
    await drawer.getByText('失败', { exact: true }).waitFor();
    await drawer.locator('.om-check-remedy').first().waitFor();
    appOf(product.server).trustedDomain = new URL(product.server.url).host;
    await drawer.getByRole('button', { name: '开始检查' }).click();
    await drawer.getByText('检查通过').waitFor();
    await drawer.getByRole('button', { name: '下一步' }).click();
    await drawer.getByRole('button', { name: '启用此认证' }).click();
    await page.getByText('已启用，成员可以用企业微信登录').waitFor();
    await takePicture(page, 'authentication.zh');
  });

  it('uploads the verification file, which the site then serves at its root', async () => {
    const page = await product.open(tabPath);
    await page.getByRole('button', { name: '编辑' }).click();
    const drawer = await drawerOf(page);
    await drawer.getByRole('button', { name: '可信域名校验文件' }).click();
    await drawer.locator('input[type=file]').setInputFiles({
      name: 'WW_verify_AbC123xyz.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('AbC123xyz'),
    });
    await drawer.getByRole('link', { name: '打开文件' }).waitFor();
    const served = await fetch(`${product.server.url}/WW_verify_AbC123xyz.txt`);
    expect([served.status, await served.text()]).toEqual([200, 'AbC123xyz']);
    await drawer.getByRole('button', { name: '移除文件' }).click();
    await (await findDialog(page, '移除验证文件？')).getByRole('button', { name: '移除文件' }).click();
    await drawer.getByRole('button', { name: '选择文件' }).waitFor();
    const gone = await fetch(`${product.server.url}/WW_verify_AbC123xyz.txt`);
    expect(await gone.text()).not.toBe('AbC123xyz');
  });

  it('switches the QR code off and on, which the sign-in page follows', async () => {
    product.expectTrouble(new RegExp(`to another server \\(${product.server.wecom.baseUrl}/`)); // the QR code is a page of WeCom
    const page = await product.open('/system/enterprise');
    const qr = page.getByRole('switch', { name: '扫码登录' });
    const openSignIn = () => product.open('/sign-in', { cookie: '' });
    await qr.click();
    await page.getByText('已关闭扫码登录').waitFor();
    const without = await openSignIn();
    await without.getByText(/在企业微信中打开此页/).waitFor();
    expect(await without.getByRole('button', { name: '收起二维码' }).count()).toBe(0);
    await qr.click();
    await page.getByText('已开启扫码登录').waitFor();
    await (await openSignIn()).getByRole('button', { name: '收起二维码' }).waitFor();
  });

  it('switches the authentication off after a question; then only accounts sign in', async () => {
    const page = await product.open(tabPath);
    const enabled = page.getByRole('switch', { name: /^启用/ });
    await enabled.click();
    await (await findDialog(page, /^停用/)).getByRole('button', { name: '停用' }).click();
    await page.getByText('已停用，成员不能再用企业微信登录').waitFor();
    const signIn = await product.open('/sign-in', { cookie: '' });
    await signIn.getByLabel('账号').waitFor();
    expect(await signIn.getByRole('link').count()).toBe(0);
    const [provider] = (await product.server.api.call(endpoints.listAuthProviders, {})).items;
    expect(provider?.enabled).toBe(false);
  });
});

it('shows an auditor the authentication, with nothing to change it', async () => {
  const { cookie } = await createAccount(product.server, 'auditor');
  const page = await product.open(tabPath, { cookie });
  await settle(page);
  expect(await page.getByRole('switch', { name: /^启用/ }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: /添加认证/ }).count()).toBe(0);
});

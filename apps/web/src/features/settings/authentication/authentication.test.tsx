import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser, authProviderFixture, wecomSettingsFixture } from '../../../../test/fixtures.ts';
import { renderConsole } from '../../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../../test/server.ts';
import { readVerificationFile } from './read-verification-file.ts';

const tabPath = '/system/enterprise/sign-in';
const provider = authProviderFixture();
const drawerPath = `${tabPath}?auth=${provider.id}`;
const answerList = (...items: object[]) =>
  answer('get', '/settings/auth-providers', { items, nextCursor: null });
const findDrawer = async (name = '编辑认证') => within(await screen.findByRole('dialog', { name }));
const openStep = async (user: Awaited<ReturnType<typeof renderConsole>>, name: string) =>
  user.click(await screen.findByRole('button', { name, expanded: false }));
const choose = (user: Awaited<ReturnType<typeof renderConsole>>, file: File) =>
  user.upload(screen.getByLabelText('域名归属验证文件', { selector: 'input' }), file);

/** Collects what is changed and answers like the server. */
function collectChanges(): unknown[] {
  const bodies: unknown[] = [];
  answerWith('patch', '/settings/auth-providers/:id', async ({ request, params }) => {
    bodies.push([params.id, await request.json()]);
    return HttpResponse.json(provider);
  });
  return bodies;
}

describe('the authentication tab', () => {
  it('is read by auditors, who change nothing', async () => {
    answerList(provider);
    const user = await renderConsole(tabPath, { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByRole('switch', { name: '启用企业微信登录' })).toBeDisabled();
    for (const name of [/添加认证/, '编辑', '删除'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    await user.click(screen.getByRole('button', { name: '企业微信登录' }));
    const drawer = within(await screen.findByRole('dialog', { name: '企业微信登录' }));
    expect(await drawer.findByText('静默登录')).toBeVisible();
    expect(drawer.queryByRole('button', { name: '保存并继续' })).toBeNull();
  });

  it('starts with the next step, by the menu of kinds', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/settings/auth-providers', async ({ request }) => {
      bodies.push(await request.json());
      const created = authProviderFixture({ enabled: false });
      answerList(created);
      return HttpResponse.json(created, { status: 201 });
    });
    const user = await renderConsole('/system/enterprise');
    await user.click(await screen.findByRole('link', { name: '认证设置' }));
    expect(await screen.findByText('还没有认证')).toBeVisible();
    await user.click(screen.getByRole('button', { name: /添加认证/ }));
    await user.click(await screen.findByRole('menuitem', { name: /OAuth2/ }));
    const drawer = await findDrawer('添加 OAuth2 认证');
    expect(drawer.getByLabelText('名称')).toHaveValue('企业微信登录');
    await user.click(drawer.getByRole('radio', { name: /snsapi_privateinfo/ }));
    await user.click(drawer.getByRole('button', { name: '保存并继续' }));
    await waitFor(() =>
      expect(bodies).toEqual([
        {
          kind: 'wecom-oauth2',
          enabled: false,
          name: '企业微信登录',
          description: '',
          scope: 'snsapi_privateinfo',
          returnOrigin: null,
        },
      ]),
    );
    // The drawer stays, now with what to enter in the WeCom console.
    expect((await screen.findAllByText('org.example.com:8443'))[0]).toBeVisible();
    await waitFor(() => expect(window.location.search).toBe(`?auth=${provider.id}`));
  });

  it('lists name, state, description and times', async () => {
    answerList(provider);
    await renderConsole(tabPath);
    const table = within(await screen.findByRole('table', { name: '认证设置' }));
    expect(table.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      '名称',
      '状态',
      '描述',
      '创建时间',
      '更新时间',
      '操作',
    ]);
    expect(table.getByRole('switch', { name: '启用企业微信登录' })).toBeChecked();
  });

  const other = authProviderFixture({
    id: '1b2c3d4e-5f6a-4b7c-8d9e-0f1a2b3c4d5e',
    name: '总部登录',
    enabled: false,
  });

  it('asks before sign-in is switched off', async () => {
    answerList(provider);
    const bodies = collectChanges();
    const user = await renderConsole(tabPath);
    await user.click(await screen.findByRole('switch', { name: '启用企业微信登录' }));
    const question = within(await screen.findByRole('dialog', { name: '停用企业微信登录？' }));
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '停用' }));
    await waitFor(() => expect(bodies).toEqual([[provider.id, { enabled: false }]]));
  });

  it('has no way around the check: the switch leads to it', async () => {
    answerList(provider, other);
    const bodies = collectChanges();
    const user = await renderConsole(tabPath);
    await user.click(await screen.findByRole('switch', { name: '启用总部登录' }));
    await findDrawer();
    expect(await screen.findByRole('button', { name: '检查', expanded: true })).toBeVisible();
    expect(screen.getByRole('switch', { name: '启用总部登录', hidden: true })).not.toBeChecked();
    expect(bodies).toEqual([]);
  });

  it('deletes after a question that names the effect', async () => {
    answerList(provider);
    answerWith('delete', '/settings/auth-providers/:id', () => {
      answerList();
      return new HttpResponse(null, { status: 204 });
    });
    const user = await renderConsole(tabPath);
    await user.click(await screen.findByRole('button', { name: '删除' }));
    const question = within(await screen.findByRole('dialog', { name: '删除企业微信登录？' }));
    expect(question.getByText(/成员不能再用它登录/)).toBeInTheDocument();
    await user.click(question.getByRole('button', { name: '删除' }));
    expect(await screen.findByText('还没有认证')).toBeVisible();
  });
});

describe('the authentication drawer', () => {
  it('has what the WeCom console asks for, ready to copy', async () => {
    answerList(provider);
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await openStep(user, '企业微信后台要填的值');
    const copied = ['复制可信域名', '复制授权回调域', '复制应用主页地址'].map(
      (name) => drawer.getByRole('button', { name }).previousElementSibling?.textContent,
    );
    // WeCom's two domain fields refuse an address.
    expect(copied).toEqual(['org.example.com:8443', 'org.example.com:8443', provider.authorizeUrl]);
    expect(drawer.getByText(/网页授权及JS-SDK → 可信域名/)).toBeVisible();
    expect(drawer.getByText(provider.authorizeUrl ?? '')).toBeVisible();
  });

  it('puts objections beside their fields, its own and the server’s', async () => {
    answerList(provider);
    answerProblem('patch', '/settings/auth-providers/:id', {
      code: 'request.invalid',
      status: 400,
      errors: [{ path: 'name', message: '名称太长' }],
    });
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await user.click(drawer.getByText('高级'));
    await user.type(drawer.getByLabelText('返回地址的域名'), 'org.example.com');
    await user.click(drawer.getByRole('button', { name: '保存并继续' }));
    expect(await drawer.findByText(/请填写完整的域名/)).toBeInTheDocument();
    await user.clear(drawer.getByLabelText('返回地址的域名'));
    await user.click(drawer.getByRole('button', { name: '保存并继续' }));
    expect(
      await drawer.findByText('名称太长', { selector: '.ant-form-item-explain-error' }),
    ).toBeInTheDocument();
    // The notice above the form does not repeat it.
    expect(drawer.queryByText('name')).toBeNull();
  });

  it('asks before typed values are thrown away', async () => {
    answerList(provider);
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await user.type(drawer.getByLabelText('描述'), '总部');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: '放弃修改' }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('sends the verification file, and says where it is served', async () => {
    const served = authProviderFixture({ verificationFileName: 'WW_verify_AbC123.txt' });
    answerList(provider);
    const bodies: unknown[] = [];
    answerWith('put', '/settings/auth-providers/:id/verification-file', async ({ request }) => {
      bodies.push(await request.json());
      answerList(served);
      return HttpResponse.json(served);
    });
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await openStep(user, '可信域名校验文件');
    await choose(user, new File(['AbC123xyz\n'], 'WW_verify_AbC123.txt', { type: 'text/plain' }));
    expect(await drawer.findByText('https://org.example.com:8443/WW_verify_AbC123.txt')).toBeVisible();
    expect(bodies).toEqual([{ name: 'WW_verify_AbC123.txt', content: 'AbC123xyz' }]);
    expect(drawer.getByRole('link', { name: '打开文件' })).toHaveAttribute('href', '/WW_verify_AbC123.txt');
  });

  it('says what is wrong with another file, and sends nothing', async () => {
    answerList(provider);
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await openStep(user, '可信域名校验文件');
    await choose(user, new File(['AbC123xyz'], 'notes.txt', { type: 'text/plain' }));
    expect(await drawer.findByRole('alert')).toHaveTextContent('WW_verify_….txt');
  });

  it('checks the domain step by step, each with its remedy', async () => {
    answerList(provider);
    answer('post', '/settings/auth-providers/:id/check', {
      ok: false,
      checks: [
        { id: 'agent', status: 'passed', message: '已读取应用。' },
        {
          id: 'trustedDomain',
          status: 'failed',
          message: '可信域名是 other.example.com。',
          remedy: '改为 org.example.com:8443。',
        },
        { id: 'verificationFile', status: 'skipped', message: '未上传。' },
      ],
    });
    const user = await renderConsole(drawerPath);
    const drawer = await findDrawer();
    await openStep(user, '检查');
    await user.click(drawer.getByRole('button', { name: '开始检查' }));
    expect(await drawer.findByText('改为 org.example.com:8443。')).toBeVisible();
    expect(drawer.getByText('失败')).toBeVisible();
    expect(drawer.getByText('已跳过')).toBeVisible();
  });
});

describe('a new authentication', () => {
  it('is enabled once its check has passed, and says what it replaces', async () => {
    const fresh = authProviderFixture({
      id: '1b2c3d4e-5f6a-4b7c-8d9e-0f1a2b3c4d5e',
      name: '新',
      enabled: false,
    });
    answerList(provider, fresh);
    answer('post', '/settings/auth-providers/:id/check', {
      ok: true,
      checks: [
        { id: 'agent', status: 'passed', message: '已读取应用。' },
        { id: 'trustedDomain', status: 'passed', message: '可信。' },
        { id: 'verificationFile', status: 'warning', message: '未上传。' },
      ],
    });
    const bodies = collectChanges();
    const user = await renderConsole(`${tabPath}?auth=${fresh.id}`);
    const drawer = await findDrawer();
    // Begins with what is to do in WeCom; the effect is said before anything can be enabled.
    expect(await drawer.findByRole('button', { name: '企业微信后台要填的值', expanded: true })).toBeVisible();
    await openStep(user, '启用');
    expect(await drawer.findByText(/企业微信登录 会被停用/)).toBeVisible();
    expect(drawer.getByRole('button', { name: '启用此认证' })).toBeDisabled();
    await openStep(user, '检查');
    await user.click(drawer.getByRole('button', { name: '开始检查' }));
    expect(await drawer.findByText('检查通过，但有需要注意的事项')).toBeVisible();
    await user.click(drawer.getByRole('button', { name: '下一步' }));
    await user.click(drawer.getByRole('button', { name: '启用此认证' }));
    await waitFor(() => expect(bodies).toEqual([[fresh.id, { enabled: true }]]));
  });
});

describe('readVerificationFile', () => {
  it('puts the name of a second download right', async () => {
    const read = await readVerificationFile(new File(['abc'], 'WW_verify_X1 (2).txt'));
    expect(read).toEqual({ kind: 'read', file: { name: 'WW_verify_X1.txt', content: 'abc' } });
  });

  it.each(['<script>', '', 'two words', 'x'.repeat(257), 'x'.repeat(5_000)])('refuses %j', async (text) => {
    expect(await readVerificationFile(new File([text], 'WW_verify_X1.txt'))).toEqual({
      kind: 'wrongContent',
    });
  });
});

describe('the QR sign-in switch', () => {
  it('is disabled, with a link to the reason, until a provider is enabled', async () => {
    answerList({ ...provider, enabled: false });
    await renderConsole('/system/enterprise');
    expect(await screen.findByText('请先在“认证设置”中添加并启用认证')).toBeVisible();
    expect(screen.getByRole('switch', { name: '扫码登录' })).toBeDisabled();
    expect(screen.getByRole('link', { name: '前往认证设置' })).toHaveAttribute('href', tabPath);
  });

  it('switches', async () => {
    answerList(provider);
    const bodies: unknown[] = [];
    answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(wecomSettingsFixture({ qrSignInEnabled: true }));
    });
    const user = await renderConsole('/system/enterprise');
    const qr = await screen.findByRole('switch', { name: '扫码登录' });
    await waitFor(() => expect(qr).toBeEnabled());
    await user.click(qr);
    await waitFor(() => expect(qr).toBeChecked());
    expect(bodies).toEqual([{ qrSignInEnabled: true }]);
  });
});

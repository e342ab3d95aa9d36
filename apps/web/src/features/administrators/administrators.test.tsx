import { type Administrator, administrator } from '@orgmirror/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { adminUser } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const at = '2026-11-26T08:00:00.000Z';
const link = { url: 'https://mirror.example.com/sign-in#reset=token', expiresAt: '2026-11-27T08:00:00.000Z' };
const account = (change: Partial<Administrator>): Administrator =>
  administrator.parse({
    kind: 'local',
    id: 'a1',
    displayName: 'zhangwei',
    wecomUserId: null,
    role: 'auditor',
    enabled: true,
    lastSeenAt: at,
    resetUntil: null,
    createdAt: at,
    ...change,
  });
const items = [
  account({ id: adminUser.id, displayName: 'admin', role: 'admin' }),
  account({}),
  account({ id: 'a2', displayName: 'old', enabled: false, lastSeenAt: null }),
  account({ kind: 'member', id: '7', displayName: '王芳', wecomUserId: 'WangFang', role: 'admin' }),
];
beforeEach(() => answer('get', '/administrators', { items, nextCursor: null }));

const open = () => renderConsole('/system/administrators');
const rowOf = async (name: RegExp) => within(await screen.findByRole('row', { name }));

describe('the administrators', () => {
  it('are listed with their way to sign in, and each with what can be done about it', async () => {
    await open();
    expect((await rowOf(/^admin/)).getByRole('link', { name: '修改自己的密码' })).toHaveAttribute(
      'href',
      '/me',
    );
    const member = await rowOf(/王芳/);
    expect(member.getByText('企业微信')).toBeVisible();
    expect(member.getByRole('link', { name: '在组织架构中管理' })).toHaveAttribute(
      'href',
      '/system/org?member=WangFang',
    );
    expect((await rowOf(/^old/)).getByText('从未登录')).toBeVisible();
  });

  it('are read by an auditor, who can change nothing', async () => {
    await renderConsole('/system/administrators', { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByRole('row', { name: /王芳/ })).toBeVisible();
    expect(screen.queryByRole('button', { name: '停用' })).toBeNull();
    expect(screen.queryByRole('button', { name: '添加本地账号' })).toBeNull();
  });

  it('are added with a link that is shown once', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/administrators/accounts', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ account: account({ displayName: 'lina' }), link }, { status: 201 });
    });
    const user = await open();
    await user.click(await screen.findByRole('button', { name: '添加本地账号' }));
    const dialog = within(await screen.findByRole('dialog', { name: '添加本地账号' }));
    await user.type(dialog.getByLabelText('账号'), 'lina');
    await chooseOption(user, await dialog.findByLabelText('角色'), '管理员');
    await user.click(dialog.getByRole('button', { name: '添加并生成链接' }));
    expect(await screen.findByText('lina 的设置密码链接')).toBeInTheDocument();
    expect(screen.getByText(link.url)).toBeInTheDocument();
    expect(bodies).toEqual([{ username: 'lina', role: 'admin' }]);
  });

  it('say beside the field that a username is taken', async () => {
    answerProblem('post', '/administrators/accounts', {
      code: 'account.username_taken',
      status: 409,
      title: '账号名已被使用',
    });
    const user = await open();
    await user.click(await screen.findByRole('button', { name: '添加本地账号' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText('账号'), 'admin');
    await user.click(dialog.getByRole('button', { name: '添加并生成链接' }));
    await waitFor(() => expect(dialog.getByLabelText('账号')).toHaveAccessibleDescription('账号名已被使用'));
  });

  it('are disabled and reset after the effect was named, and the last admin is refused in words', async () => {
    const asked: unknown[] = [];
    answerWith('post', '/administrators/accounts/:id/password-reset', ({ params }) => {
      asked.push(params.id);
      return HttpResponse.json(link, { status: 201 });
    });
    answerProblem('patch', '/administrators/accounts/:id', {
      code: 'access.last_admin',
      status: 409,
      title: '不能移除最后一位管理员',
    });
    const user = await open();
    const row = await rowOf(/^zhangwei/);
    await user.click(row.getByRole('button', { name: '停用' }));
    const disable = within(await screen.findByRole('dialog', { name: /停用账号 zhangwei/ }));
    await user.click(disable.getByRole('button', { name: '停用' }));
    expect(await screen.findByText('不能移除最后一位管理员')).toBeInTheDocument();
    await user.click(row.getByRole('button', { name: '重置密码' }));
    await user.click(await screen.findByRole('button', { name: '生成链接' }));
    expect(await screen.findByText(link.url)).toBeInTheDocument();
    expect(asked).toEqual(['a1']);
  });

  it('have another role once its effect was named', async () => {
    const bodies: unknown[] = [];
    answerWith('patch', '/administrators/accounts/:id', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(account({ role: 'admin' }));
    });
    const user = await open();
    await user.click((await rowOf(/^zhangwei/)).getByRole('button', { name: '改角色' }));
    const question = within(
      await screen.findByRole('dialog', { name: '把账号 zhangwei 的角色改为管理员？' }),
    );
    expect(question.getByText('管理员可以更改一切。立即生效，不必重新登录。')).toBeInTheDocument();
    await user.click(question.getByRole('button', { name: '改角色' }));
    expect(await screen.findByText('zhangwei 现在是管理员')).toBeInTheDocument();
    expect(bodies).toEqual([{ role: 'admin' }]);
  });
});

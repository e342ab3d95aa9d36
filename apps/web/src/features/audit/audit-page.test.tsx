import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer } from '../../../test/server.ts';

const entry = (id: string, action: string, after: object, before: object | null = null) => ({
  id,
  at: '2026-11-25T08:00:00.000Z',
  actor: 'admin',
  action,
  target: null,
  result: 'succeeded',
  before,
  after,
  ip: null,
});

it('names what was changed by what it means there', async () => {
  answer('get', '/audit', {
    items: [
      entry('a1', 'auth_provider.update', { enabled: true, disabled: ['总部登录'] }, { enabled: false }),
      entry('a2', 'settings.sync', { enabled: true }),
      entry('a3', 'member.reveal', { field: 'mobile' }),
      entry('a4', 'authorisation.agree', { fields: ['mobile', 'avatar'] }),
      entry('a5', 'session.sign_in', { way: 'wecom' }),
    ],
    nextCursor: null,
  });
  await renderConsole('/system/audit');
  await screen.findByText('修改认证');
  const [, ...rows] = screen.getAllByRole('row');
  const changes = rows.map((row) => within(row).getAllByRole('cell')[5]?.textContent);
  expect(changes).toEqual([
    '启用否是因此停用总部登录',
    '同步组织架构是',
    '资料手机',
    '资料手机、头像',
    '登录方式企业微信',
  ]);
});

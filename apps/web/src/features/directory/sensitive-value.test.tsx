import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { adminUser, memberDetailFixture } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const given = memberDetailFixture({
  mobileMasked: '138****0000',
  sensitiveFields: [{ field: 'mobile', source: 'authorised', at: '2026-11-24T08:00:00.000Z' }],
});

async function openMember(user = adminUser) {
  answer('get', '/members/:wecomUserId', given);
  const actor = await renderConsole('/system/org?member=WangFang', { user });
  const drawer = within(await screen.findByRole('dialog', { name: '王芳' }));
  await drawer.findByText('138****0000');
  return { actor, drawer };
}

describe('a masked field', () => {
  it('says who gave it', async () => {
    const { drawer } = await openMember();
    expect(drawer.getByText(/本人登录时授权/)).toBeVisible();
  });

  it('is shown in full on demand, and hidden again', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/members/:wecomUserId/reveal', async ({ request, params }) => {
      bodies.push([params.wecomUserId, await request.json()]);
      return HttpResponse.json({ value: '13800000000' });
    });
    const { actor, drawer } = await openMember();
    await actor.click(drawer.getByRole('button', { name: '查看完整的手机' }));
    expect(await drawer.findByText('13800000000')).toBeVisible();
    await actor.click(drawer.getByRole('button', { name: '隐藏手机' }));
    await waitFor(() => expect(drawer.queryByText('13800000000')).toBeNull());
    expect(drawer.getByText('138****0000')).toBeVisible();
    expect(bodies).toEqual([['WangFang', { field: 'mobile' }]]);
  });

  it('stays masked for an auditor', async () => {
    const { drawer } = await openMember({ ...adminUser, role: 'auditor' });
    expect(drawer.queryByRole('button', { name: /查看完整/ })).toBeNull();
  });
});

it('says why the last admin keeps the role', async () => {
  answer('get', '/members/:wecomUserId', { ...given, role: 'admin' });
  answerProblem('put', '/members/:wecomUserId/access', {
    code: 'access.last_admin',
    status: 409,
    title: '不能移除最后一位管理员',
    detail: '请先授予另一人管理员角色。',
  });
  const user = await renderConsole('/system/org?member=WangFang');
  const role = await screen.findByRole('combobox', { name: '角色' });
  await chooseOption(user, role, '成员');
  await user.click(await screen.findByRole('button', { name: '更改角色' }));
  expect(await screen.findByText('请先授予另一人管理员角色。')).toBeVisible();
  expect(role).toHaveAccessibleDescription('管理员');
});

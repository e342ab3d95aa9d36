import type { CallbackEndpoint } from '@orgmirror/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser, callbackEndpointFixture, wecomSettingsFixture } from '../../../../test/fixtures.ts';
import { renderConsole } from '../../../../test/render-console.tsx';
import { answer, answerWith } from '../../../../test/server.ts';

const aesKey = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const generated = { token: 'QDG6eK', encodingAesKey: aesKey };

const settingsWith = (contacts: Partial<CallbackEndpoint>, agentWarning: object | null = null) =>
  wecomSettingsFixture({
    callback: {
      app: callbackEndpointFixture('app'),
      contacts: callbackEndpointFixture('contacts', contacts),
      agentWarning: agentWarning as null,
    },
  });
const works = {
  configured: true,
  verifiedAt: '2026-11-24T08:00:00.000Z',
  lastEventAt: '2026-11-25T08:00:00.000Z',
  waiting: 2,
  failed: 3,
  rejected: 4,
  lastRejectedAt: '2026-11-25T08:00:00.000Z',
  lastRejection: 'callback.bad_signature',
} satisfies Partial<CallbackEndpoint>;

const findSection = async () => within(await screen.findByRole('article', { name: '接收事件' }));
const contactsOf = (section: Awaited<ReturnType<typeof findSection>>) => {
  const row = section.getByRole('heading', { name: /通讯录同步助手地址/ }).closest('.om-callback');
  return within(row as HTMLElement);
};

/** Collects what is saved and answers like the server. */
function answerSaves(): unknown[] {
  const bodies: unknown[] = [];
  answerWith('put', '/settings/wecom/callbacks/:source', async ({ request, params }) => {
    const body = (await request.json()) as { generate?: boolean };
    bodies.push([params.source, body]);
    answer('get', '/settings/wecom', settingsWith({ configured: true }));
    return HttpResponse.json({
      ...callbackEndpointFixture('contacts', { configured: true }),
      ...(body.generate && generated),
    });
  });
  return bodies;
}

describe('the addresses for events', () => {
  it('say where they belong, what they carry, and that a reconcile stays on', async () => {
    await renderConsole('/system/enterprise/events');
    const section = await findSection();
    expect(section.getByText(/仍会每天对账一次/)).toBeVisible();
    const contacts = contactsOf(section);
    expect(contacts.getByText('https://orgmirror.example.com/api/v1/wecom/callback/contacts')).toBeVisible();
    expect(contacts.getByText(/管理工具 → 通讯录同步/)).toHaveTextContent('接收全部部门和成员的变更');
    expect(contacts.getByText('未设置')).toBeVisible();
  });

  it('wait for the connection to be configured', async () => {
    answer('get', '/settings/wecom', wecomSettingsFixture({ corpId: null, agentId: null, secretSet: false }));
    await renderConsole('/system/enterprise/events');
    const section = await findSection();
    expect(section.getByText(/请先在“连接”中填写/)).toBeVisible();
    expect(section.queryByRole('button')).toBeNull();
  });

  it('show generated values once, each to be copied', async () => {
    const bodies = answerSaves();
    const user = await renderConsole('/system/enterprise/events');
    const contacts = contactsOf(await findSection());
    await user.click(contacts.getByRole('button', { name: '生成 Token 和 EncodingAESKey' }));
    const dialog = within(await screen.findByRole('dialog', { name: '请复制以下内容' }));
    expect(dialog.getByText('QDG6eK')).toBeInTheDocument();
    expect(dialog.getByText(aesKey)).toBeInTheDocument();
    expect(dialog.getByText('关闭后不再显示。')).toBeInTheDocument();
    expect(dialog.getByRole('button', { name: '复制 EncodingAESKey' })).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: '已复制，关闭' }));
    await waitFor(() => expect(screen.queryByText(aesKey)).toBeNull());
    expect(bodies).toEqual([['contacts', { generate: true }]]);
    expect(await contacts.findByText('等待验证')).toBeVisible();
  });

  it('show their state, with links to waiting and failed events', async () => {
    answer('get', '/settings/wecom', settingsWith(works));
    await renderConsole('/system/enterprise/events');
    const contacts = contactsOf(await findSection());
    expect(contacts.getByText('已通过验证')).toBeVisible();
    expect(contacts.getByRole('link', { name: '2' })).toHaveAttribute(
      'href',
      '/system/events?source=contacts&status=waiting',
    );
    expect(contacts.getByRole('link', { name: '3' })).toHaveAttribute(
      'href',
      '/system/events?source=contacts&status=failed',
    );
    expect(contacts.getByText(/最近一次被拒绝：签名不正确，请核对 Token/)).toBeVisible();
  });

  it('ask before working values are replaced', async () => {
    answer('get', '/settings/wecom', settingsWith(works));
    const bodies = answerSaves();
    const user = await renderConsole('/system/enterprise/events');
    await user.click(contactsOf(await findSection()).getByRole('button', { name: '重新生成' }));
    const question = within(await screen.findByRole('dialog', { name: /^重新生成/ }));
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '重新生成' }));
    await waitFor(() => expect(bodies).toEqual([['contacts', { generate: true }]]));
  });

  it('ask before they are taken away', async () => {
    answer('get', '/settings/wecom', settingsWith(works));
    let removals = 0;
    answerWith('delete', '/settings/wecom/callbacks/:source', () => {
      removals += 1;
      return new HttpResponse(null, { status: 204 });
    });
    const user = await renderConsole('/system/enterprise/events');
    await user.click(contactsOf(await findSection()).getByRole('button', { name: '停用' }));
    const question = within(await screen.findByRole('dialog', { name: '停用通讯录同步助手地址？' }));
    expect(removals).toBe(0);
    await user.click(question.getByRole('button', { name: '停用' }));
    await waitFor(() => expect(removals).toBe(1));
  });

  it('return the focus to the button when the dialog is closed', async () => {
    const user = await renderConsole('/system/enterprise/events');
    const enter = contactsOf(await findSection()).getByRole('button', { name: '填写已有的值' });
    await user.click(enter);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '取消' }));
    await waitFor(() => expect(enter).toHaveFocus());
  });

  it('take values that exist already once they have the right shape', async () => {
    const bodies = answerSaves();
    const user = await renderConsole('/system/enterprise/events');
    await user.click(contactsOf(await findSection()).getByRole('button', { name: '填写已有的值' }));
    const dialog = within(await screen.findByRole('dialog', { name: '通讯录同步助手地址' }));
    await user.type(dialog.getByLabelText('Token'), 'with-dash');
    await user.type(dialog.getByLabelText('EncodingAESKey'), aesKey);
    await user.click(dialog.getByRole('button', { name: '保存' }));
    expect(dialog.getByLabelText('Token')).toBeInvalid();
    expect(bodies).toEqual([]);
    await user.clear(dialog.getByLabelText('Token'));
    await user.type(dialog.getByLabelText('Token'), 'QDG6eK');
    await user.click(dialog.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(bodies).toEqual([['contacts', generated]]));
  });

  it('warn that WeCom took the app out of use', async () => {
    const warning = { event: 'close_inactive_agent', at: '2026-11-25T08:00:00.000Z' };
    answer('get', '/settings/wecom', settingsWith(works, warning));
    await renderConsole('/system/enterprise/events');
    expect((await findSection()).getByText('应用因长期未使用被停用')).toBeVisible();
  });

  it('have no buttons for an auditor', async () => {
    answer('get', '/settings/wecom', settingsWith(works));
    await renderConsole('/system/enterprise/events', { user: { ...adminUser, role: 'auditor' } });
    const names = (await findSection()).getAllByRole('button').map((button) => button.ariaLabel);
    expect(names).toEqual(['复制地址', '复制地址']);
  });
});

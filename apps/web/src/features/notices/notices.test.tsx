import type { Notice, NoticeRecipient, NoticeSettings } from '@orgmirror/contracts';
import { noticeKinds } from '@orgmirror/contracts/notice-texts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { adminUser, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const failed: Notice = {
  id: '0199f1c2-7a3e-7c41-9d5a-2b8f4e6d1a91',
  kind: 'run.failed',
  at: '2026-11-26T08:30:00.000Z',
  title: '同步失败：企业微信拒绝了请求',
  detail: '请核对企业可信 IP。',
  path: `/system/sync-runs/${runId}`,
  runId,
  repeats: 2,
  isRead: false,
  deliveries: [
    {
      channel: 'webhook',
      status: 'waiting',
      attempts: 3,
      nextAttemptAt: '2026-11-26T10:30:00.000Z',
      deliveredAt: null,
      problem: {
        type: 'x',
        code: 'notice.refused',
        status: 502,
        title: 'hook.example 拒绝了通知',
        detail: '应答为：HTTP 503',
        requestId: 'r',
      },
    },
  ],
};

describe('the bell', () => {
  it('opens what needs a person, with what could not be delivered, and marks it as seen', async () => {
    let unread = 1;
    const read: unknown[] = [];
    answerWith('get', '/notices/state', () => HttpResponse.json({ unread, undelivered: 1 }));
    answer('get', '/notices', { items: [failed], nextCursor: null });
    answerWith('post', '/notices/read', async ({ request }) => {
      read.push(await request.json());
      unread = 0;
      return new HttpResponse(null, { status: 204 });
    });
    const user = await renderConsole('/system/sync-runs');
    await user.click(await screen.findByRole('button', { name: '通知，1 条未读' }));
    const panel = within(await screen.findByRole('dialog', { name: '通知' }));
    const link = await panel.findByRole('link', { name: failed.title });
    expect(link).toHaveAttribute('href', failed.path);
    expect(panel.getByText('一天内又发生 2 次', { exact: false })).toBeVisible();
    expect(panel.getByText('Webhook · 尚未送达')).toBeVisible();
    expect(panel.getByText('应答为：HTTP 503', { exact: false })).toBeVisible();
    await waitFor(() => expect(read).toEqual([{ until: failed.at }]));
    expect(await screen.findByRole('button', { name: '通知', hidden: true })).toBeInTheDocument();
  });

  it('lists only what could not be delivered when asked', async () => {
    const queries: string[] = [];
    answer('get', '/notices/state', { unread: 0, undelivered: 1 });
    answerWith('get', '/notices', ({ request }) => {
      queries.push(new URL(request.url).searchParams.toString());
      return HttpResponse.json({ items: [{ ...failed, isRead: true }], nextCursor: null });
    });
    const user = await renderConsole('/system/sync-runs');
    await user.click(await screen.findByRole('button', { name: '通知' }));
    await user.click(await screen.findByRole('button', { name: '1 条未能全部送达' }));
    await waitFor(() => expect(queries).toEqual(['limit=50', 'limit=50&undelivered=true']));
  });

  it('is not there for a member', async () => {
    await renderConsole('/system/org', { user: { ...adminUser, role: 'member' } });
    await screen.findByText('王芳', { selector: '.om-listed-name' }); // so is what comes after the shell
    expect(screen.queryByRole('button', { name: /^通知/ })).toBeNull();
  });
});

const kinds = [...noticeKinds];
const settings: NoticeSettings = {
  language: 'zh',
  quietHours: null,
  timeZone: 'Asia/Shanghai',
  wecom: { enabled: false, userIds: [], kinds },
  email: {
    enabled: true,
    host: 'smtp.example.com',
    port: 465,
    security: 'tls',
    username: 'mirror',
    passwordSet: true,
    from: 'mirror@example.com',
    to: ['it@example.com'],
    kinds,
  },
  webhook: { enabled: false, url: '', secretSet: false, kinds },
  version: 3,
};
const path = '/system/enterprise/notifications';
const recipient = (change: Partial<NoticeRecipient>): NoticeRecipient => ({
  userId: 'linyi',
  name: '林一',
  avatarUrl: null,
  presence: 'present',
  role: 'member',
  ...change,
});
const wangFang = recipient({ userId: 'wangfang', name: '王芳', role: 'admin' });

describe('the settings', () => {
  beforeEach(() =>
    answerWith('get', '/settings/notices/recipients', ({ request }) => {
      const isSearch = new URL(request.url).searchParams.has('q');
      return HttpResponse.json({ items: [isSearch ? recipient({}) : wangFang] });
    }),
  );

  it('take over what another admin saved meanwhile, and keep what is typed for the next save', async () => {
    const bodies: Record<string, unknown>[] = [];
    answer('get', '/settings/notices', settings);
    answerProblem('put', '/settings/notices', { code: 'settings.version_conflict', status: 409 });
    const user = await renderConsole(path);
    await user.click(await screen.findByLabelText('网址'));
    await user.paste('https://hook.example/x');
    answer('get', '/settings/notices', { ...settings, language: 'en', version: 9 });
    await user.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() => expect(screen.getByLabelText('通知语言')).toHaveAccessibleDescription('English'));
    expect(screen.getByLabelText('网址')).toHaveValue('https://hook.example/x');
    answerWith('put', '/settings/notices', async ({ request }) => {
      bodies.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ ...settings, language: 'en', version: 10 });
    });
    await user.click(screen.getByRole('button', { name: '保存' }));
    await waitFor(() =>
      expect(bodies).toEqual([
        expect.objectContaining({
          language: 'en',
          version: 9,
          webhook: { enabled: false, url: 'https://hook.example/x', kinds },
        }),
      ]),
    );
  });

  it('are saved without the secrets that stay, with a webhook secret that the console made', async () => {
    const bodies: Record<string, unknown>[] = [];
    answer('get', '/settings/notices', settings);
    answerWith('put', '/settings/notices', async ({ request }) => {
      bodies.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ ...settings, version: 4 });
    });
    const user = await renderConsole(path);
    const picker = await screen.findByLabelText('接收成员');
    await user.click(picker);
    await user.click(await screen.findByRole('option', { name: /王芳/ }));
    await user.type(picker, 'linyi');
    await user.click(await screen.findByRole('option', { name: /林一/ }));
    await waitFor(() => expect(screen.queryByRole('option', { name: /林一/ })).toBeNull());
    await user.keyboard('{Escape}');
    expect(screen.getByTitle('wangfang')).toHaveTextContent('王芳');
    expect(screen.getByTitle('linyi')).toHaveTextContent('林一');
    await user.click(screen.getByRole('switch', { name: '启用企业微信消息' }));
    await user.click(screen.getByRole('switch', { name: '免打扰时段' }));
    await user.click(screen.getByLabelText('网址'));
    await user.paste('https://hook.example/x');
    await user.click(screen.getByRole('button', { name: '生成' }));
    const told = within(screen.getByRole('group', { name: '通知哪些事（Webhook）' }));
    await user.click(told.getByRole('button', { name: '对账有差异' }));
    await user.click(screen.getByRole('button', { name: '保存' }));
    await screen.findByText('已保存');
    expect(bodies).toEqual([
      {
        language: 'zh',
        quietHours: { from: '22:00', to: '07:00' },
        wecom: { enabled: true, userIds: ['wangfang', 'linyi'], kinds },
        email: {
          enabled: true,
          host: 'smtp.example.com',
          port: 465,
          security: 'tls',
          username: 'mirror',
          from: 'mirror@example.com',
          to: ['it@example.com'],
          kinds,
        },
        webhook: {
          enabled: false,
          url: 'https://hook.example/x',
          secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/),
          kinds: kinds.filter((kind) => kind !== 'drift.found'),
        },
        version: 3,
      },
    ]);
  });

  it('say which of the saved recipients have left, or are in no directory', async () => {
    const items = [recipient({ userId: 'zhao', name: '赵六', presence: 'left' }), wangFang];
    answer('get', '/settings/notices/recipients', { items });
    answer('get', '/settings/notices', {
      ...settings,
      wecom: { ...settings.wecom, userIds: ['zhao', 'x9'] },
    });
    const user = await renderConsole(path);
    expect(await screen.findByText('1 位接收成员已退出')).toBeVisible();
    expect(screen.getByTitle('zhao')).toHaveTextContent('赵六已退出');
    expect(screen.getByTitle('x9')).toHaveTextContent('x9不在通讯录中');
    await user.click(screen.getByLabelText('接收成员'));
    await screen.findByRole('option', { name: /王芳/ });
    expect(screen.queryByRole('option', { name: /赵六/ })).toBeNull();
  });

  it('show what the server objects to beside its field', async () => {
    answer('get', '/settings/notices', settings);
    answerProblem('put', '/settings/notices', {
      code: 'request.invalid',
      status: 400,
      errors: [{ path: 'email.password', message: '更换服务器或用户名时须重新填写密码' }],
    });
    const user = await renderConsole(path);
    await user.type(await screen.findByLabelText('服务器'), '.cn');
    await user.click(screen.getByRole('button', { name: '保存' }));
    await screen.findByText('更换服务器或用户名时须重新填写密码');
    await waitFor(() => expect(screen.getByLabelText('密码')).toHaveFocus());
  });

  it('send a test by what is saved, and say why it failed', async () => {
    answer('get', '/settings/notices', settings);
    answer('post', '/settings/notices/test', { ok: false, problem: failed.deliveries[0]?.problem });
    const user = await renderConsole(path);
    const email = within(await screen.findByRole('region', { name: '邮件' }));
    await user.click(email.getByRole('button', { name: '发送测试' }));
    expect(await email.findByText('hook.example 拒绝了通知')).toBeVisible();
    await user.type(screen.getByLabelText('收件人地址'), ', hr@example.com');
    await waitFor(() => expect(email.getByRole('button', { name: '发送测试' })).toBeDisabled());
  });

  it('can be read by an auditor, and neither saved nor tested', async () => {
    answer('get', '/settings/notices', settings);
    await renderConsole(path, { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByLabelText('服务器')).toBeDisabled();
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
    expect(screen.queryByRole('button', { name: '发送测试' })).toBeNull();
  });
});

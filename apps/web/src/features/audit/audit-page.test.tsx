import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { compactPreferences, exportFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerWith } from '../../../test/server.ts';

const entry = (
  id: string,
  action: string,
  after: object | null,
  { before = null, ...rest }: { before?: object | null; target?: string; targetName?: string } = {},
) => ({
  id,
  at: '2026-11-25T08:00:00.000Z',
  actor: 'admin',
  action,
  target: null,
  targetName: null,
  result: 'succeeded',
  before,
  after,
  ip: null,
  requestId: 'req-7',
  seq: 7,
  hash: 'a'.repeat(64),
  ...rest,
});

const bai = { target: 'BaiQiang', targetName: '白强' };
const access = (role: string, disabledBy: string | null) => ({ role, disabledBy });

it('says in sentences who did what to whom, with links', async () => {
  const items = [
    entry('a1', 'member.access', access('member', 'admin'), { before: access('member', null), ...bai }),
    entry('a2', 'member.access', access('auditor', null), { before: access('member', null), ...bai }),
    entry('a3', 'member.check', { apply: false, changes: 0 }, bai),
    entry('a4', 'sync.start', { mode: 'preview' }, { target: runId }),
    entry('a5', 'member.reveal', { field: 'mobile' }, bai),
    entry('a8', 'member.reveal', { field: 'mobile', mode: 'search' }, bai),
    { ...entry('a6', 'callback.reconcile', null), actor: null },
    entry('a7', 'future.action', null, { target: 'x' }),
  ];
  answer('get', '/audit', { items, nextCursor: null, total: 7, totalExact: true });
  await renderConsole('/system/audit');
  await screen.findByText(/停用了/);
  expect(screen.getByText('共 7 条')).toBeVisible();
  const [, ...rows] = screen.getAllByRole('row');
  expect(rows.map((row) => within(row).getAllByRole('cell')[1]?.textContent)).toEqual([
    'admin 停用了 白强',
    'admin 把 白强 的角色改为审计员',
    'admin 检查了 白强',
    'admin 发起了预览 同步 0f8fad5b',
    'admin 查看了 白强 的手机',
    'admin 用手机号找到了 白强',
    '系统 开启了每日核对',
    'admin: future.action · x',
  ]);
  const [member] = screen.getAllByRole('link', { name: '白强' });
  expect(member).toHaveAttribute('href', '/system/org?member=BaiQiang');
  expect(screen.getByRole('link', { name: '同步 0f8fad5b' })).toHaveAttribute(
    'href',
    `/system/sync-runs/${runId}`,
  );
});

it('names in the drawer what was changed by what it means there, and the request', async () => {
  const after = { enabled: true, disabled: ['总部登录'] };
  const update = entry('a1', 'auth_provider.update', after, { before: { enabled: false }, target: '登录' });
  answer('get', '/audit', { items: [update], nextCursor: null });
  const user = await renderConsole('/system/audit');
  await user.click(await screen.findByRole('button', { name: '详情' }));
  const drawer = within(await screen.findByRole('dialog', { name: '修改认证' }));
  expect(drawer.getByText('启用').closest('div')).toHaveTextContent('启用否是');
  expect(drawer.getByText('因此停用').closest('div')).toHaveTextContent('因此停用总部登录');
  expect(drawer.getByText('req-7')).toBeVisible();
  await waitFor(() => expect(window.location.search).toBe('?entry=a1'));
});

it('asks the server for what the address says, and keeps there what is chosen', async () => {
  const queries: string[] = [];
  answerWith('get', '/audit', ({ request }) => {
    queries.push(new URL(request.url).searchParams.toString());
    const items = [entry('a1', 'session.sign_in', null)];
    return HttpResponse.json({ items, nextCursor: 'more', total: 10_000, totalExact: false });
  });
  const user = await renderConsole('/system/audit?action=member.&result=failed&target=白强');
  await screen.findByText(/登录了/);
  expect(screen.getByText('超过 10,000 条')).toBeVisible();
  expect(new URLSearchParams(queries[0])).toEqual(
    new URLSearchParams({ limit: '50', action: 'member.', target: '白强', result: 'failed' }),
  );
  await user.click(screen.getByRole('button', { name: 'admin' }));
  await waitFor(() => expect(new URLSearchParams(window.location.search).get('actor')).toBe('admin'));
  await waitFor(() => expect(screen.getByRole('textbox', { name: '操作人（全名）' })).toHaveValue('admin'));
  await chooseOption(user, await screen.findByRole('combobox', { name: '操作' }), '查看成员的敏感信息');
  await waitFor(() => expect(queries.at(-1)).toContain('action=member.reveal'));
  await user.type(screen.getByRole('textbox', { name: '开始日期' }), '2026-11-08{Enter}');
  await waitFor(() => expect(new URLSearchParams(window.location.search).get('from')).toBe('2026-11-08'));
  expect(queries.at(-1)).toContain(`since=${encodeURIComponent(new Date(2026, 10, 8).toISOString())}`);
});

it('waits behind its skeleton while the server is busy, without an error', async () => {
  let asked = 0;
  answerWith('get', '/audit', () => {
    asked += 1;
    if (asked === 1)
      return HttpResponse.json(
        { type: 'x', code: 'server.starting', status: 503, title: 'x', requestId: 'req-7' },
        { status: 503 },
      );
    return HttpResponse.json({ items: [entry('a1', 'session.sign_in', null)], nextCursor: null });
  });
  await renderConsole('/system/audit');
  await waitFor(() => expect(asked).toBe(1));
  expect(screen.getByRole('status', { name: '加载中' })).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(await screen.findByText(/登录了/)).toBeVisible();
  expect(asked).toBe(2);
});

it('has low rows for who wants them in the list of members', async () => {
  answer('get', '/me/preferences', compactPreferences);
  answer('get', '/audit', { items: [entry('a1', 'session.sign_in', null)], nextCursor: null });
  await renderConsole('/system/audit');
  const table = await screen.findByRole('table', { name: '操作日志' });
  await waitFor(() => expect(table).toHaveClass('om-table-compact'));
});

it('lets the server export what the filter shows', async () => {
  const asked: unknown[] = [];
  const job = exportFixture({ list: 'audit' });
  answer('get', '/audit', { items: [entry('a1', 'session.sign_in', null)], nextCursor: null });
  answerWith('post', '/exports', async ({ request }) => {
    asked.push(await request.json());
    answer('get', '/exports', { items: [job] });
    return HttpResponse.json(job, { status: 202 });
  });
  const user = await renderConsole('/system/audit?result=succeeded');
  await user.click(await screen.findByRole('button', { name: /导出/ }));
  await user.click(await screen.findByRole('menuitem', { name: '导出为 Excel' }));
  expect(await screen.findByText(/已开始导出/)).toBeInTheDocument();
  expect(asked).toEqual([{ list: 'audit', format: 'xlsx', filter: { result: 'succeeded' } }]);
  await user.click(await screen.findByRole('button', { name: '导出文件：1 个正在生成' }));
  expect(await screen.findByText('当前筛选的操作日志')).toBeInTheDocument();
});

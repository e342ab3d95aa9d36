import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { meFixture, runFixture, wangFang } from '../../test/fixtures.ts';
import { renderConsole } from '../../test/render-console.tsx';
import { answer, answerWith, server } from '../../test/server.ts';

it('switches the language without a reload and asks the server again in it', async () => {
  const languages: (string | null)[] = [];
  answerWith('get', '/sync-runs', ({ request }) => {
    languages.push(request.headers.get('Accept-Language'));
    return HttpResponse.json({ items: [runFixture()], nextCursor: null });
  });
  const user = await renderConsole('/system/sync-runs');
  expect(await screen.findByRole('heading', { name: '同步记录' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: '切换语言' }));
  await user.click(await screen.findByRole('menuitem', { name: 'English' }));
  expect(await screen.findByRole('heading', { name: 'Sync history' })).toBeVisible();
  expect(document.documentElement.lang).toBe('en-US');
  await waitFor(() => expect(languages.at(-1)).toBe('en-US'));
});

it('shows on every page that the schedule needs a person, with the run', async () => {
  const state = { lastFullSync: null, nextSyncAt: null, differences: [] };
  const need = { kind: 'paused', runId: runFixture().id, at: '2026-11-26T18:30:00.000Z' };
  answer('get', '/sync-state', { ...state, needsPerson: need });
  await renderConsole('/nowhere');
  const pill = await screen.findByRole('link', { name: '自动同步已暂停' });
  expect(pill).toHaveAttribute('href', `/system/sync-runs/${need.runId}`);
});

it('remembers a collapsed sidebar and keeps the names of its pages for screen readers', async () => {
  const user = await renderConsole('/nowhere');
  await user.click(await screen.findByRole('button', { name: '收起侧栏' }));
  expect(localStorage.getItem('orgmirror.sider')).toBe('collapsed');
  expect(screen.getByRole('link', { name: '组织架构' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '展开侧栏' }));
});

it('takes a member to themselves, and shows them no page of the console', async () => {
  answer('get', '/me', meFixture());
  answer('get', '/me/sessions', { items: [], nextCursor: null });
  await renderConsole('/', { user: wangFang });
  expect(await screen.findByRole('heading', { level: 1, name: '我的' })).toBeVisible();
  expect(window.location.pathname).toBe('/me');
  const navigation = within(screen.getByRole('navigation', { name: '主导航' }));
  expect(navigation.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['我的', '组织架构']);
});

it.each(['/system/enterprise', '/system/sync-runs', '/system/events', '/system/audit'])(
  'tells a member that %s is not for them, with a way back, without asking the server',
  async (path) => {
    await renderConsole(path, { user: wangFang });
    expect(await screen.findByRole('heading', { name: '没有权限' })).toBeVisible();
    expect(screen.getByRole('link', { name: '返回首页' })).toHaveAttribute('href', '/');
  },
);

it('leads from the help menu to the guide, the errors and the API, and says the version', async () => {
  answer('get', '/session', { user: wangFang, version: '1.2.3' });
  const user = await renderConsole('/nowhere');
  await user.click(await screen.findByRole('button', { name: '帮助' }));
  expect(await screen.findByText('OrgMirror 1.2.3')).toBeInTheDocument();
  const paths = {
    配置指南: '/guide/setup?lang=zh',
    错误说明: '/guide/errors?lang=zh',
    'API 文档': '/api/v1/docs',
  };
  for (const [name, path] of Object.entries(paths)) {
    const link = screen.getByRole('link', { name });
    expect(link).toHaveAttribute('href', path);
    expect(link).toHaveAttribute('target', '_blank'); // what is open stays
  }
});

it('links from the account menu to the own profile', async () => {
  answer('get', '/me', meFixture());
  answer('get', '/me/sessions', { items: [], nextCursor: null });
  const user = await renderConsole('/system/org', { user: wangFang });
  await user.click(await screen.findByRole('button', { name: /^账号/ }));
  await user.click(await screen.findByRole('menuitem', { name: /我的/ }));
  await waitFor(() => expect(window.location.pathname).toBe('/me'));
});

it('says that the server is gone, keeps what it shows, and recovers', async () => {
  const user = await renderConsole('/system/org');
  expect(await screen.findByRole('row', { name: /王芳/ })).toBeVisible();
  server.use(http.all('*', () => HttpResponse.error()));
  await user.click(screen.getByRole('button', { name: '未激活' }));
  expect(await screen.findByText(/^无法连接服务器。页面保留/)).toBeVisible();
  expect(screen.getByRole('row', { name: /王芳/ })).toBeVisible();
  server.resetHandlers();
  await waitFor(() => expect(screen.queryByText(/^无法连接服务器。页面保留/)).toBeNull());
});

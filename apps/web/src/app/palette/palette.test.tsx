import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser, memberDetailFixture, runFixture, wangFang } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerWith } from '../../../test/server.ts';
import { readShortcut } from './read-shortcut.ts';

const findNobody = () => answer('get', '/members', { items: [], nextCursor: null, total: 0 });
const listOptions = () => screen.getAllByRole('option').map(({ textContent }) => textContent);

/** Opens the console and, once it listens to keys, the palette. */
async function openPalette(...input: Parameters<typeof renderConsole>) {
  const user = await renderConsole(...input);
  await user.click(await screen.findByRole('button', { name: '搜索页面、成员和操作' }));
  const box = await screen.findByRole('combobox', { name: /^页面、部门/ });
  await waitFor(() => expect(box).toHaveFocus());
  return { user, box };
}

it('leads to a page by its initials', async () => {
  findNobody();
  const { user, box } = await openPalette('/nowhere');
  await user.type(box, 'tbjl');
  expect(listOptions()).toEqual(['同步记录']);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.pathname).toBe('/system/sync-runs'));
});

it('finds departments and members as the server does, and opens the one that arrows point at', async () => {
  answer('get', '/departments/search', { ids: [2] });
  answer('get', '/members/WangFang', memberDetailFixture());
  const { user, box } = await openPalette('/nowhere');
  expect(screen.getByText(/^↑ ↓/)).toBeInTheDocument();
  fireEvent.change(box, { target: { value: 'yf' } });
  expect(screen.queryByText(/^↑ ↓/)).toBeNull(); // what is found before the pause in typing is of no use
  expect(await screen.findByRole('option', { name: /研发中心/ })).toHaveAttribute('aria-selected', 'true');
  const member = await screen.findByRole('option', { name: /王芳/ });
  await screen.findByText(/^↑ ↓/); // the search has ended
  await user.keyboard('{ArrowDown}');
  expect(member).toHaveAttribute('aria-selected', 'true');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.search).toBe('?member=WangFang'));
});

it('puts what was chosen last first, and keeps it for the user', async () => {
  const saved: unknown[] = [];
  answer('get', '/me/preferences', {
    memberList: null,
    memberViews: null,
    recentTargets: [
      { kind: 'department', key: '2' },
      { kind: 'page', key: '/system/audit' },
      { kind: 'department', key: '404' },
    ],
  });
  answerWith('patch', '/me/preferences', async ({ request }) => {
    const body = await request.json();
    saved.push(body);
    return HttpResponse.json({ memberList: null, memberViews: null, ...(body as object) });
  });
  answer('get', '/audit', { items: [], nextCursor: null, total: 0, totalExact: true });
  const { user } = await openPalette('/nowhere');
  const recent = within(await screen.findByRole('group', { name: '最近' }));
  await waitFor(() =>
    expect(recent.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
      '研发中心星河科技',
      '操作日志',
    ]),
  );
  await user.click(recent.getByRole('option', { name: '操作日志' }));
  await waitFor(() => expect(window.location.pathname).toBe('/system/audit'));
  await waitFor(() =>
    expect(saved).toEqual([
      {
        recentTargets: [
          { kind: 'page', key: '/system/audit' },
          { kind: 'department', key: '2' },
          { kind: 'department', key: '404' },
        ],
      },
    ]),
  );
});

describe('commands', () => {
  it('name their effect; a preview starts at once and is shown', async () => {
    const run = runFixture({ mode: 'preview' });
    const bodies: unknown[] = [];
    answer('get', `/sync-runs/${run.id}`, run);
    answerWith('post', '/sync-runs', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(run, { status: 202 });
    });
    findNobody();
    const { user, box } = await openPalette('/nowhere');
    await user.type(box, '预览');
    expect(listOptions()).toEqual(['预览同步只读取和比对，不改变任何内容']);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe(`/system/sync-runs/${run.id}`));
    expect(bodies).toEqual([{ mode: 'preview' }]);
  });

  it('ask first when a preview would replace a plan that waits', async () => {
    const waiting = runFixture({ status: 'awaitingApproval', mode: 'preview' });
    answer('get', '/sync-runs', { items: [waiting], nextCursor: null });
    const { user, box } = await openPalette('/nowhere');
    await user.type(box, '预览');
    await user.keyboard('{Enter}');
    expect(await screen.findByText('有一份预览尚未应用')).toBeInTheDocument();
  });

  it('are only those that the user may give, as are the pages', async () => {
    await openPalette('/nowhere', { user: wangFang });
    expect(listOptions()).toEqual([
      '我的',
      '组织架构',
      '架构图',
      '配置指南在新标签页打开',
      '错误说明在新标签页打开',
      'API 文档在新标签页打开',
      '主题：浅色仅影响此浏览器',
      '主题：深色仅影响此浏览器',
      '语言：English仅影响此浏览器',
      '快捷键列出全部快捷键',
    ]);
  });
});

describe('a key', () => {
  const press = (target: EventTarget, init: KeyboardEventInit) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, ...init });
    target.dispatchEvent(event);
    return readShortcut(event);
  };

  it.each([
    [{ key: 'k', ctrlKey: true }, 'palette'],
    [{ key: 'K', metaKey: true }, 'palette'],
    [{ key: '/' }, 'search'],
    [{ key: '?', shiftKey: true }, 'shortcuts'],
    [{ key: 'Escape' }, 'back'],
    [{ key: 'k' }, null],
    [{ key: 'k', ctrlKey: true, metaKey: true }, null],
    [{ key: 'k', ctrlKey: true, shiftKey: true }, null],
    [{ key: '/', ctrlKey: true }, null],
    [{ key: '/', altKey: true }, null],
    [{ key: '/', isComposing: true }, null],
    [{ key: '/', repeat: true }, null],
  ])('%j asks for %j', (init, shortcut) => {
    expect(press(document.body, init)).toBe(shortcut);
  });

  it('belongs to the text wherever one is typed', () => {
    document.body.innerHTML =
      '<input><textarea></textarea><select></select><input type="checkbox"><button></button>';
    const answers = [...document.body.children].map((field) => press(field, { key: '/' }));
    expect(answers).toEqual([null, null, null, 'search', 'search']);
  });
});

it('goes up one page with Esc, and lists the shortcuts', async () => {
  answer('get', '/session', { user: adminUser, version: '1.2.3' });
  answer('get', '/sync-runs/r1', runFixture());
  const user = await renderConsole('/system/sync-runs/r1');
  await user.click(await screen.findByRole('button', { name: '帮助' }));
  await user.click(await screen.findByRole('menuitem', { name: '快捷键' }));
  expect(await screen.findByText('列出快捷键')).toBeInTheDocument();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  await waitFor(() => expect(window.location.pathname).toBe('/system/sync-runs'));
});

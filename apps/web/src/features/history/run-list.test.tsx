import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { compactPreferences, heldRun, runFixture, subjectCounts } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerWith } from '../../../test/server.ts';

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A run that an event started, some minutes after an hour. */
const eventRun = (number: number, startedAt: string, joined = 0) =>
  runFixture({
    id: idOf(number),
    trigger: 'callback',
    scope: 'targeted',
    startedBy: null,
    startedAt,
    finishedAt: startedAt,
    subjects: subjectCounts({ join: joined }),
  });

describe('the list of runs', () => {
  it('folds the runs of events of one hour, except where something is to be seen to', async () => {
    answer('get', '/sync-runs', {
      items: [
        eventRun(6, '2026-11-20T09:50:00.000Z', 1),
        eventRun(5, '2026-11-20T09:20:00.000Z', 2),
        eventRun(4, '2026-11-20T09:10:00.000Z'),
        { ...eventRun(3, '2026-11-20T09:05:00.000Z'), status: 'failed' },
        eventRun(2, '2026-11-20T08:59:00.000Z'),
        runFixture({ id: idOf(1) }),
      ],
      nextCursor: null,
    });
    const user = await renderConsole('/system/sync-runs');
    const list = within(await screen.findByRole('list', { name: '同步记录' }));
    expect(list.getAllByRole('listitem')).toHaveLength(4);
    const fold = list.getByText('企业微信事件 · 3 次').closest('li')!;
    expect(fold).toHaveTextContent('加入 3');
    await user.click(within(fold).getByRole('button', { expanded: false }));
    expect(list.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(
      [6, 5, 4, 3, 2, 1].map((number) => `/system/sync-runs/${idOf(number)}`),
    );
  });

  it('has low rows for who wants them in the list of members', async () => {
    answer('get', '/me/preferences', compactPreferences);
    answer('get', '/sync-runs', { items: [runFixture()], nextCursor: null });
    await renderConsole('/system/sync-runs');
    const list = await screen.findByRole('list', { name: '同步记录' });
    await waitFor(() => expect(list).toHaveClass('om-runs-compact'));
  });

  it('says what waits, who decided, what was undone, and the time of work apart from waiting', async () => {
    answer('get', '/sync-runs', {
      items: [
        heldRun,
        runFixture({
          id: idOf(2),
          subjects: subjectCounts({ leave: 67 }),
          waitingSince: '2026-11-20T08:00:05.000Z',
          decidedAt: '2026-11-20T09:00:05.000Z',
          decidedBy: 'chen',
          finishedAt: '2026-11-20T09:00:07.000Z',
          undoneBy: idOf(3),
        }),
      ],
      nextCursor: null,
    });
    await renderConsole('/system/sync-runs');
    const list = within(await screen.findByRole('list', { name: '同步记录' }));
    const [waiting, undone] = list.getAllByRole('listitem');
    expect(waiting).toHaveTextContent('待批准 7资料更新 2');
    expect(waiting).not.toHaveTextContent('离开');
    expect(undone).toHaveTextContent('离开 67');
    expect(undone).toHaveTextContent('chen 已批准');
    expect(within(undone!).getByRole('link', { name: '已撤销' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${idOf(3)}`,
    );
    expect(undone).toHaveTextContent('0:07等待 1:00:00');
  });

  it('shows a preview that was applied as done, with who approved it', async () => {
    const applied = runFixture({ mode: 'preview', subjects: subjectCounts({ join: 12 }), decidedBy: 'chen' });
    answer('get', '/sync-runs', { items: [applied], nextCursor: null });
    await renderConsole('/system/sync-runs');
    const list = within(await screen.findByRole('list', { name: '同步记录' }));
    const [row] = list.getAllByRole('listitem');
    for (const text of ['预览 · admin', '成功', 'chen 已批准', '加入 12'])
      expect(row).toHaveTextContent(text);
  });

  it('draws how long the last whole syncs worked, the oldest first', async () => {
    const ended = (number: number, seconds: number, changes = {}) =>
      runFixture({
        id: idOf(number),
        startedAt: `2026-11-2${number}T08:00:00.000Z`,
        finishedAt: new Date(Date.parse(`2026-11-2${number}T08:00:00.000Z`) + seconds * 1_000).toISOString(),
        ...changes,
      });
    answer('get', '/sync-runs', {
      items: [
        ended(5, 40, { status: 'failed' }),
        ended(4, 3, { mode: 'preview' }),
        ended(3, 65),
        ended(2, 1, { scope: 'targeted', trigger: 'callback' }),
        ended(1, 20),
      ],
      nextCursor: null,
    });
    await renderConsole('/system/sync-runs');
    const chart = await screen.findByRole('img', { name: '最近 3 次全量同步，用时 0:20 至 1:05' });
    const bars = [...chart.querySelectorAll('rect')];
    expect(bars.map((bar) => bar.textContent?.split(' · ').at(-1))).toEqual(['0:20', '1:05', '0:40']);
    expect(bars.map((bar) => bar.classList.contains('om-run-bar-failed'))).toEqual([false, false, true]);
  });

  it('draws nothing of syncs that take less than a second', async () => {
    const items = [1, 2, 3].map((number) =>
      runFixture({
        id: idOf(number),
        startedAt: '2026-11-20T08:00:00.000Z',
        finishedAt: `2026-11-20T08:00:00.${number}00Z`,
      }),
    );
    answer('get', '/sync-runs', { items, nextCursor: null });
    await renderConsole('/system/sync-runs');
    const list = within(await screen.findByRole('list', { name: '同步记录' }));
    expect(list.getAllByRole('listitem')).toHaveLength(3);
    expect(screen.queryByRole('img', { name: /全量同步/ })).not.toBeInTheDocument();
  });

  it('asks for what its filters say, and keeps them in the address', async () => {
    const queries: URLSearchParams[] = [];
    answerWith('get', '/sync-runs', ({ request }) => {
      queries.push(new URL(request.url).searchParams);
      return HttpResponse.json({ items: [], nextCursor: null });
    });
    const user = await renderConsole('/system/sync-runs?kind=preview&changed=true');
    await waitFor(() => expect(queries.map(String)).toContain('limit=100&mode=preview&changed=true'));
    await chooseOption(user, await screen.findByRole('combobox', { name: '触发方式' }), '定时同步');
    await waitFor(() =>
      expect(screen.getByRole('combobox', { name: '触发方式' })).toHaveAccessibleDescription('定时同步'),
    );
    await chooseOption(user, screen.getByRole('combobox', { name: '开始时间' }), '最近 7 天');
    await waitFor(() =>
      expect(screen.getByRole('combobox', { name: '开始时间' })).toHaveAccessibleDescription('最近 7 天'),
    );
    await user.type(screen.getByRole('textbox', { name: '发起人' }), 'chen{Enter}');
    await waitFor(() => expect(queries.at(-1)?.get('startedBy')).toBe('chen'));
    const last = queries.at(-1);
    expect([last?.get('mode'), last?.get('trigger')]).toEqual(['apply', 'schedule']);
    const days = (Date.now() - Date.parse(last?.get('startedFrom') ?? '')) / 86_400_000;
    expect(days).toBeGreaterThan(5.9);
    expect(days).toBeLessThan(7.1);
    expect(window.location.search).toBe('?kind=schedule&period=week&by=chen&changed=true');
    await user.click(await screen.findByRole('button', { name: '清除筛选' }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });
});

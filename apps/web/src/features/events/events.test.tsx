import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import { adminUser, compactPreferences, eventFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerWith } from '../../../test/server.ts';

const processed = eventFixture();
const failed = eventFixture({
  id: '2d6f1a3b-5c7d-4e9f-8a1b-3c5d7e9f1a2b',
  source: 'app',
  event: 'batch_job_result',
  changeType: null,
  object: 'job-1',
  newObject: null,
  status: 'failed',
  runId: null,
  attempts: 3,
  error: {
    type: 'x',
    code: 'wecom.unreachable',
    status: 502,
    title: '无法连接企业微信',
    detail: '请检查网络。',
    requestId: 'event-2',
  },
});
const auditor = { ...adminUser, role: 'auditor' as const };

/** Answers the list and collects its queries. */
function answerEvents(items: readonly object[] = [processed, failed]): string[] {
  answer('get', '/wecom-event-health', { received: 0, waiting: 0, failed: 0, medianDelayMs: null });
  const queries: string[] = [];
  answerWith('get', '/wecom-events', ({ request }) => {
    queries.push(new URL(request.url).searchParams.toString());
    return HttpResponse.json({ items, nextCursor: null });
  });
  return queries;
}

describe('the list of events', () => {
  beforeEach(() => void answerEvents());

  it('says in words what happened, beside WeCom’s own name, and what became of it', async () => {
    await renderConsole('/system/events');
    const row = within(await screen.findByRole('row', { name: /update_user/ }));
    expect(row.getByRole('button', { name: '查看更新成员事件' })).toBeVisible();
    expect(row.getByText('WangFang').parentElement).toHaveTextContent('WangFang 改为 wang.fang');
    expect(row.getByText('王芳')).toBeVisible();
    expect(row.getByText('0:03')).toBeVisible(); // from the change to its processing
    expect(row.getByText('已处理')).toBeVisible();
    expect(row.getByText('通讯录同步助手')).toBeVisible();
    expect(row.getByRole('link', { name: '查看同步' })).toHaveAttribute('href', `/system/sync-runs/${runId}`);
    const other = within(screen.getByRole('row', { name: /batch_job_result/ }));
    expect(other.getByText('异步任务完成')).toBeVisible();
    expect(other.getByText('无法连接企业微信')).toBeVisible();
  });

  it('has low rows for who wants them in the list of members', async () => {
    answer('get', '/me/preferences', compactPreferences);
    await renderConsole('/system/events');
    const table = await screen.findByRole('table', { name: '事件记录' });
    await waitFor(() => expect(table).toHaveClass('om-table-compact'));
  });

  it('says how the last 24 hours went', async () => {
    answer('get', '/wecom-event-health', { received: 1_312, waiting: 1, failed: 2, medianDelayMs: 4_200 });
    await renderConsole('/system/events');
    const line = (await screen.findByText(/最近 24 小时 1,312 件/)).textContent;
    expect(line).toBe('最近 24 小时 1,312 件失败 2 件等待 1 件从发生到处理的中位用时 0:04');
  });

  it('asks the server for what the address says', async () => {
    const queries = answerEvents([]);
    await renderConsole('/system/events?source=app&status=failed&kind=delete_user&q=lina');
    expect(await screen.findByText('没有符合条件的结果')).toBeVisible();
    // The list asks again by itself.
    expect(new Set(queries)).toEqual(
      new Set(['limit=50&source=app&status=failed&changeType=delete_user&q=lina']),
    );
  });

  it('keeps what is chosen and typed in the address, and clears it', async () => {
    const user = await renderConsole('/system/events');
    await chooseOption(user, await screen.findByRole('combobox', { name: '状态' }), '失败');
    await waitFor(() => expect(window.location.search).toBe('?status=failed'));
    await user.type(screen.getByRole('textbox', { name: '搜索账号或部门编号' }), 'li');
    await waitFor(() => expect(window.location.search).toBe('?status=failed&q=li'));
    answerEvents([]);
    await user.type(screen.getByRole('textbox', { name: '搜索账号或部门编号' }), 'x');
    await user.click(await screen.findByRole('button', { name: '清除筛选' }));
    await waitFor(() => expect(window.location.search).toBe(''));
    await waitFor(() => expect(screen.getByRole('textbox', { name: '搜索账号或部门编号' })).toHaveValue(''));
  });

  it('links to the settings while there are no events', async () => {
    answerEvents([]);
    await renderConsole('/system/events');
    expect(await screen.findByText('还没有事件')).toBeVisible();
    expect(screen.getByRole('link', { name: '前往企业设置' })).toHaveAttribute(
      'href',
      '/system/enterprise/events',
    );
  });

  it('takes a failed event up again', async () => {
    const replayed: string[] = [];
    answerWith('post', '/wecom-events/:id/replay', ({ params }) => {
      replayed.push(String(params.id));
      answerEvents([processed, { ...failed, status: 'waiting', error: null }]);
      return HttpResponse.json({ ...failed, status: 'waiting', error: null }, { status: 202 });
    });
    const user = await renderConsole('/system/events');
    expect(await screen.findAllByRole('button', { name: '重放' })).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: '重放' }));
    expect(await screen.findByText('等待处理', { selector: '.om-tag' })).toBeVisible();
    expect(replayed).toEqual([failed.id]);
  });
});

describe('one event', () => {
  it('shows an admin its text, and why it failed', async () => {
    answerEvents();
    answer('get', '/wecom-events/:id', { ...failed, text: '<xml><Event>batch_job_result</Event></xml>' });
    const user = await renderConsole('/system/events');
    await user.click(await screen.findByRole('button', { name: '查看异步任务完成事件' }));
    await waitFor(() => expect(window.location.search).toBe(`?event=${failed.id}`));
    const drawer = within(await screen.findByRole('dialog', { name: '异步任务完成' }));
    const text = await drawer.findByText(/<Event>batch_job_result<\/Event>/);
    expect(text).toHaveTextContent('<xml>\n  <Event>batch_job_result</Event>\n</xml>', {
      normalizeWhitespace: false,
    });
    expect(drawer.getByText('请检查网络。')).toBeVisible();
    expect(drawer.getByRole('button', { name: '重放' })).toBeVisible();
  });

  it('shows an auditor everything but its content, which is not even requested', async () => {
    answerEvents();
    const user = await renderConsole('/system/events', { user: auditor });
    await user.click(await screen.findByRole('button', { name: '查看异步任务完成事件' }));
    const drawer = within(await screen.findByRole('dialog', { name: '异步任务完成' }));
    expect(drawer.getByText('请检查网络。')).toBeVisible();
    expect(drawer.queryByText('解密后的内容')).toBeNull();
    expect(screen.queryByRole('button', { name: '重放' })).toBeNull();
  });
});

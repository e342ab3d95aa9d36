import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { exportFixture, runFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerWith } from '../../../test/server.ts';

const finished = exportFixture({ status: 'finished', rows: 4_000, size: 1_250_000 });

it('an export is followed on any page, and downloaded once it is finished', async () => {
  let job = exportFixture();
  answerWith('get', '/exports', () => HttpResponse.json({ items: [job] }));
  const user = await renderConsole('/system/sync-runs');
  await user.click(await screen.findByRole('button', { name: '导出文件：1 个正在生成' }));
  const drawer = within(await screen.findByRole('dialog', { name: '导出文件' }));
  expect(await drawer.findByText('已写入 1,000 / 4,000 行')).toBeInTheDocument();
  expect(drawer.getByRole('progressbar', { name: '导出进度' })).toHaveAttribute('aria-valuenow', '25');
  job = finished;
  const link = await drawer.findByRole('link', { name: '下载' });
  expect(link).toHaveAttribute('href', `/api/v1/exports/${finished.id}/file`);
  expect(drawer.getByText(/4,000 行 · 1\.3\s?MB/)).toBeInTheDocument();
  expect(await screen.findByText('导出已完成，可在右上角下载。')).toBeInTheDocument();
});

it('an export is cancelled, and one that failed says why', async () => {
  const problem = {
    type: 'x',
    code: 'database.full' as const,
    status: 503,
    title: '数据库磁盘已满',
    detail: '请清理磁盘。',
    requestId: 'r',
  };
  let items = [
    exportFixture({ status: 'queued', rows: 0, total: null }),
    exportFixture({ id: 'failed', status: 'failed', problem }),
  ];
  answerWith('get', '/exports', () => HttpResponse.json({ items }));
  answerWith('delete', '/exports/:id', ({ params }) => {
    items = items.filter(({ id }) => id !== params.id);
    return new HttpResponse(null, { status: 204 });
  });
  const user = await renderConsole('/system/sync-runs');
  await user.click(await screen.findByRole('button', { name: '导出文件：1 个正在生成' }));
  expect(await screen.findByText('数据库磁盘已满 · 请清理磁盘。')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: '取消导出' }));
  await waitFor(() => expect(screen.queryByText('等待开始')).toBeNull());
  await user.click(screen.getByRole('button', { name: '删除文件' }));
  expect(await screen.findByText('没有导出文件')).toBeInTheDocument();
});

it('changes of a run are exported from its menu', async () => {
  const asked: unknown[] = [];
  const job = exportFixture({ list: 'run-changes', runId });
  const subjects = { held: 0, leave: 0, join: 2, move: 0, update: 0, department: 0 };
  answer('get', '/sync-runs/:id', runFixture({ subjects }));
  const names = { departments: {}, members: {} };
  answer('get', '/sync-runs/:id/subjects', { items: [], nextCursor: null, names });
  answerWith('post', '/exports', async ({ request }) => {
    asked.push(await request.json());
    answer('get', '/exports', { items: [job] });
    return HttpResponse.json(job, { status: 202 });
  });
  const user = await renderConsole(`/system/sync-runs/${runId}?q=ann`);
  await user.click(await screen.findByRole('button', { name: '更多操作' }));
  await user.click(await screen.findByRole('menuitem', { name: '导出为 CSV' }));
  await user.click(await screen.findByRole('button', { name: '导出文件：1 个正在生成' }));
  expect(await screen.findByText(`变更明细 · 同步 ${runId.slice(0, 8)}`)).toBeInTheDocument();
  expect(asked).toEqual([{ list: 'run-changes', format: 'csv', runId, filter: { q: 'ann' } }]);
});

it('no export is in sight while there is none', async () => {
  answer('get', '/exports', { items: [] });
  await renderConsole('/system/sync-runs');
  expect(await screen.findByRole('button', { name: '通知' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /导出文件/ })).toBeNull();
});

import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser, heldRun, runFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const path = `/system/sync-runs/${runId}`;
const laterId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const { counts } = runFixture();
const applied = runFixture({
  counts: {
    ...counts,
    departments: { ...counts.departments, move: 1 },
    members: { create: 12, update: 30, remove: 2, restore: 0 },
  },
});

async function askForUndo(run = applied) {
  answer('get', '/sync-runs/:id', run);
  const user = await renderConsole(path);
  await user.click(await screen.findByRole('button', { name: '撤销' }));
  const question = within(await screen.findByRole('dialog', { name: '撤销此次同步？' }));
  return { user, question };
}

describe('an undo', () => {
  it('states its effect in numbers and opens the run that it starts', async () => {
    const undo = runFixture({ id: laterId, mode: 'undo', undoOf: runId, source: null });
    answerWith('post', '/sync-runs/:id/undo', ({ params }) => {
      expect(params.id).toBe(runId);
      answerWith('get', '/sync-runs/:id', ({ params: { id } }) =>
        HttpResponse.json(id === laterId ? undo : { ...applied, undoneBy: laterId }),
      );
      return HttpResponse.json(undo, { status: 202 });
    });
    const { user, question } = await askForUndo();
    expect(question.getByText(/移回 1/)).toBeInTheDocument();
    expect(question.getByText(/移除新增的 12 · 还原更新的 30 · 恢复移除的 2/)).toBeInTheDocument();
    await user.click(question.getByRole('button', { name: '撤销此次同步' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/system/sync-runs/${laterId}`));
    await waitFor(() => expect(screen.getByRole('link', { name: '查看' })).toHaveAttribute('href', path));
  });

  it('lists the rows that a later run changed, with a link to it', async () => {
    answerProblem('post', '/sync-runs/:id/undo', {
      code: 'undo.conflict',
      status: 409,
      title: '之后的同步又改动了相同的数据',
      conflicts: [{ entity: 'member', key: 'wangfang', name: '王芳', runId: laterId }],
    });
    const { user, question } = await askForUndo();
    await user.click(question.getByRole('button', { name: '撤销此次同步' }));
    const notice = within(
      (await screen.findByText('之后的同步又改动了相同的数据')).closest('[role="alert"]')!,
    );
    expect(notice.getByText(/成员 王芳/)).toBeVisible();
    expect(notice.getByRole('link', { name: '查看同步' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${laterId}`,
    );
  });

  it('leaves held changes out of its numbers', async () => {
    const { question } = await askForUndo(heldRun);
    expect(question.getByText(/还原更新的 2/)).toBeInTheDocument();
    expect(question.queryByText(/恢复移除的/)).toBeNull();
  });

  it.each([
    ['was undone already', { undoneBy: laterId }, adminUser],
    ['was only a preview', { mode: 'preview', status: 'rejected' }, adminUser],
    ['changed nothing', { counts }, adminUser],
    ['an auditor looks at', {}, { ...adminUser, role: 'auditor' }],
  ] as const)('is not offered for a run that %s', async (_, change, user) => {
    answer('get', '/sync-runs/:id', { ...applied, ...change });
    await renderConsole(path, { user });
    expect(await screen.findByRole('heading', { name: '同步详情' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '撤销' })).toBeNull();
  });
});

it('says how WeCom was read and what became of members that the lists did not name', async () => {
  const missing = { found: 5, confirmed: 3, contradicted: 2, unconfirmed: 0 };
  answer(
    'get',
    '/sync-runs/:id',
    runFixture({ source: 'export', manifest: { ...runFixture().manifest!, missing } }),
  );
  await renderConsole(path);
  expect(await screen.findByText('批量导出')).toBeVisible();
  const section = within(screen.getByRole('region', { name: '逐个核实的结果' }));
  expect(section.getByText('确认已不在').nextElementSibling).toHaveTextContent('3');
  expect(section.getByText('实际仍在，保留').nextElementSibling).toHaveTextContent('2');
});

it('shows how fast a run reads and about how long it still takes, also after a reload', async () => {
  const startedAt = new Date(Date.now() - 10_000).toISOString();
  answer(
    'get',
    '/sync-runs/:id',
    runFixture({
      status: 'reading',
      startedAt,
      finishedAt: null,
      complete: null,
      manifest: null,
      progress: { departmentsTotal: 200, departmentsRead: 20, membersRead: 1_000, apiCalls: 25 },
    }),
  );
  await renderConsole(path);
  expect(await screen.findByText(/^每秒 (8\d|9\d|100) 名成员、(1\.\d|2) 个部门$/)).toBeVisible();
  expect(screen.getByText(/^约剩 1:\d\d$/)).toBeVisible();
});

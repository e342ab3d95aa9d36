import type { SyncRun, UndoEffect } from '@orgmirror/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { adminUser, heldRun, runFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

afterEach(() => void vi.useRealTimers());

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

const effect = {
  removals: { departments: 0, members: 3 },
  restorals: { departments: 0, members: 2 },
  reverts: { departments: 1, members: 30 },
  mustConfirm: false,
  reasons: [],
} satisfies UndoEffect;

async function askForUndo(run = applied, shown: UndoEffect | null = effect) {
  answer('get', '/sync-runs/:id', run);
  if (shown) answer('get', '/sync-runs/:id/undo', shown);
  const user = await renderConsole(path);
  await user.click(await screen.findByRole('button', { name: '更多操作' }));
  await user.click(await screen.findByRole('menuitem', { name: '撤销此次同步…' }));
  const question = within(await screen.findByRole('dialog', { name: '撤销此次同步？' }));
  return { user, question };
}

/** Answers the undo with a run of its own; the bodies that it was asked with. */
function answerUndo(): unknown[] {
  const bodies: unknown[] = [];
  const undo = runFixture({ id: laterId, mode: 'undo', undoOf: runId, source: null });
  answerWith('post', '/sync-runs/:id/undo', async ({ params, request }) => {
    expect(params.id).toBe(runId);
    bodies.push(await request.json());
    answerWith('get', '/sync-runs/:id', ({ params: { id } }) =>
      HttpResponse.json(id === laterId ? undo : { ...applied, undoneBy: laterId }),
    );
    return HttpResponse.json(undo, { status: 202 });
  });
  return bodies;
}

describe('an undo', () => {
  it('states its effect in numbers and opens the run that it starts', async () => {
    const bodies = answerUndo();
    const { user, question } = await askForUndo();
    expect(await question.findByText('3 名成员将标记为已退出')).toBeInTheDocument();
    expect(question.getByText('2 名成员将恢复')).toBeInTheDocument();
    expect(question.getByText('1 个部门还原')).toBeInTheDocument();
    expect(question.queryByRole('textbox')).toBeNull();
    await user.click(question.getByRole('button', { name: '撤销此次同步' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/system/sync-runs/${laterId}`));
    await waitFor(() =>
      expect(screen.getByRole('link', { name: '撤销的同步' })).toHaveAttribute('href', path),
    );
    expect(bodies).toEqual([{}]);
  });

  it('above the limit of the guard needs the number of removals typed, and sends it', async () => {
    const bodies = answerUndo();
    const { user, question } = await askForUndo(applied, {
      ...effect,
      removals: { departments: 2, members: 67 },
      mustConfirm: true,
      reasons: [
        { code: 'guard.members_over_limit', count: 70, limit: 30 },
        {
          code: 'guard.admin_leaving',
          keys: ['wangfang'],
          members: [{ wecomUserId: 'WangFang', name: '王芳' }],
        },
      ],
    });
    expect(
      await question.findByText('移除的成员超过移除保护的上限 30（连同近期移除共 70）。'),
    ).toBeInTheDocument();
    expect(question.getByText('其中有本系统的管理员：王芳（WangFang）。')).toBeInTheDocument();
    const undo = question.getByRole('button', { name: '撤销此次同步' });
    expect(undo).toBeDisabled();
    const typed = question.getByRole('textbox', { name: '待移除总数' });
    await user.type(typed, '67{Enter}');
    expect(undo).toBeDisabled();
    await user.clear(typed);
    await user.type(typed, '69');
    expect(undo).toBeEnabled();
    await user.click(undo);
    await waitFor(() => expect(bodies).toEqual([{ confirmedRemovals: 69 }]));
  });

  it('of a run whose removals wait says that these are void then', async () => {
    const bodies = answerUndo();
    answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
    const { user, question } = await askForUndo({ ...heldRun, subjects: null });
    const notice = (await question.findByText('有移除待批准')).closest('.om-message');
    expect(notice).toHaveTextContent('组织架构改动之后，这一份随之作废。待批准 7');
    await question.findByText('3 名成员将标记为已退出');
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '撤销此次同步' }));
    await waitFor(() => expect(bodies).toEqual([{}]));
  });

  it('lists the rows that a later run changed, with a link to it', async () => {
    answerProblem('get', '/sync-runs/:id/undo', {
      code: 'undo.conflict',
      status: 409,
      title: '之后的同步又改动了相同的数据',
      conflicts: [
        { entity: 'member', key: 'wangfang', name: '王芳', wecomUserId: 'WangFang', runId: laterId },
      ],
    });
    const { question } = await askForUndo(applied, null);
    expect(question.getByRole('button', { name: '撤销此次同步' })).toBeDisabled();
    const notice = within(
      (await screen.findByText('之后的同步又改动了相同的数据')).closest('[role="alert"]')!,
    );
    expect(notice.getByText(/成员 王芳/)).toHaveTextContent('成员 王芳 WangFang 查看同步');
    expect(notice.getByRole('link', { name: '查看同步' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${laterId}`,
    );
  });

  it.each([
    ['was undone already', { undoneBy: laterId }, adminUser],
    ['was only a preview', { mode: 'preview', status: 'rejected' }, adminUser],
    ['changed nothing', { counts }, adminUser],
    ['an auditor looks at', {}, { ...adminUser, role: 'auditor' }],
  ] as const)('is not offered for a run that %s', async (_, change, user) => {
    answer('get', '/sync-runs/:id', { ...applied, ...change });
    await renderConsole(path, { user });
    expect(await screen.findByRole('heading', { level: 1 })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '更多操作' })).toBeNull();
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

describe('a run that reads', () => {
  const answerReading = (progress: Pick<SyncRun['progress'], 'departmentsRead' | 'membersRead'>) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T08:00:10.000Z') });
    const run = runFixture({
      status: 'reading',
      startedAt: '2026-11-20T08:00:00.000Z',
      finishedAt: null,
      complete: null,
      manifest: null,
      progress: { departmentsTotal: 200, apiCalls: 25, work: null, ...progress },
    });
    answer('get', '/sync-runs', { items: [run], nextCursor: null });
    answer('get', '/sync-runs/:id', run);
  };

  it('shows how fast it is and about how long it still takes, also after a reload', async () => {
    answerReading({ departmentsRead: 20, membersRead: 1_000 });
    await renderConsole(path);
    expect(await screen.findByText('每秒 100 名成员、2 个部门')).toBeVisible();
    expect(screen.getByText('约剩 1:30')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: '部门 20/200' })).toHaveValue(20);
    expect(await screen.findByText('同步中 20/200')).toBeVisible();
  });

  it.each([
    ['members only, as long as an export has brought nothing else', 1_000, '成员 1,000', '每秒 100 名成员'],
    ['no rate before there is anything', 0, '成员 0', null],
  ])('shows %s', async (_, membersRead, members, rate) => {
    answerReading({ departmentsRead: 0, membersRead });
    await renderConsole(path);
    expect(await screen.findByText(members)).toBeVisible();
    if (rate === null) expect(screen.queryByText(/每秒/)).toBeNull();
    else expect(screen.getByText(rate)).toBeVisible();
    expect(screen.queryByText(/部门 0|0 个部门|约剩/)).toBeNull();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(await screen.findByText('同步中')).toBeVisible();
  });
});

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser, changesFixture, heldRun, partialRun, runFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const path = `/system/sync-runs/${runId}`;

function answerRun(run = runFixture()) {
  answer('get', '/sync-runs/:id', run);
  answer('get', '/sync-runs/:id/changes', { items: changesFixture, nextCursor: null });
}

describe('a run', () => {
  it('shows each change field by field in words', async () => {
    answerRun();
    await renderConsole(path);
    const row = within(await screen.findByRole('row', { name: /王芳/ }));
    expect(row.getByText('职务')).toBeVisible();
    expect(row.getByText('前端工程师').tagName).toBe('DEL');
    expect(row.getByText('前端负责人').tagName).toBe('INS');
    expect(row.getByText('未激活').tagName).toBe('DEL');
    expect(row.getByText('已激活').tagName).toBe('INS');
    const leaver = within(screen.getByRole('row', { name: /李伟/ }));
    expect(leaver.getByText('待批准')).toBeVisible();
    expect(leaver.getByText('已退出')).toBeVisible();
  });

  it('names departments, and shows the id of one that is not in the tree', async () => {
    answer('get', '/sync-runs/:id', runFixture());
    const moved = { ...changesFixture[0], before: { mainDepartmentId: 3 }, after: { mainDepartmentId: 121 } };
    answer('get', '/sync-runs/:id/changes', { items: [moved], nextCursor: null });
    await renderConsole(path);
    expect((await screen.findByText('前端组')).tagName).toBe('DEL');
    expect(screen.getByText('#121').tagName).toBe('INS');
  });

  it('asks for the changes that the filters name', async () => {
    const queries: string[] = [];
    const { counts } = runFixture();
    const departments = { ...counts.departments, remove: 1 };
    answerRun(
      runFixture({
        counts: { ...counts, departments, members: { ...counts.members, create: 4, remove: 2 } },
      }),
    );
    answerWith('get', '/sync-runs/:id/changes', ({ request }) => {
      queries.push(new URL(request.url).search);
      return HttpResponse.json({ items: changesFixture, nextCursor: null });
    });
    const user = await renderConsole(path);
    expect(await screen.findByRole('button', { name: '全部 7' })).toBeVisible();
    await user.selectOptions(screen.getByRole('combobox', { name: '全部对象' }), '成员');
    await waitFor(() => expect(queries.at(-1)).toBe('?limit=50&entity=member'));
    expect(screen.getByRole('button', { name: '+ 新增 4' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /更新/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: '− 移除 2' }));
    await waitFor(() => expect(queries.at(-1)).toBe('?limit=50&entity=member&kind=remove'));
  });

  it('shows failed reads and warnings', async () => {
    answerRun(
      runFixture({
        complete: false,
        manifest: {
          ...runFixture().manifest!,
          departmentsFailed: [{ id: 9, code: 'wecom.refused', message: '没有权限' }],
        },
        warnings: [{ code: 'department.orphan', count: 1, examples: [{ key: '12' }] }],
      }),
    );
    await renderConsole(path);
    expect(await screen.findByText('部门 9：没有权限')).toBeVisible();
    const notice = screen.getByText('读取不完整').closest('.om-message');
    expect(notice).toHaveTextContent('5 个部门中有 1 个未能读取。 本次不移除任何成员或部门。');
    expect(notice).toHaveTextContent('首个失败：部门 9：没有权限');
    expect(screen.getByText(/部门的上级不在可见范围内/)).toBeVisible();
  });

  it('shows its error with WeCom’s code and the run’s id', async () => {
    answerRun(
      runFixture({
        status: 'failed',
        error: {
          type: 'x',
          code: 'wecom.refused',
          status: 502,
          title: '企业微信拒绝了请求',
          detail: 'IP 不可信。添加到企业可信 IP。',
          requestId: runId,
          wecom: { errcode: 60020, errmsg: 'not allow', egressIp: '203.0.113.7' },
        },
      }),
    );
    await renderConsole(path);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('企业微信拒绝了请求');
    expect(alert).toHaveTextContent('企业微信错误码 60020');
    expect(alert).toHaveTextContent('203.0.113.7');
  });

  it('is not found when its id is unknown', async () => {
    answerProblem('get', '/sync-runs/:id', { code: 'resource.not_found', status: 404 });
    await renderConsole(path);
    expect(await screen.findByRole('heading', { name: '页面不存在' })).toBeVisible();
  });
});

describe('approval', () => {
  it('needs the number of removals typed and sends the fingerprint of the plan in sight', async () => {
    const bodies: unknown[] = [];
    answerRun(heldRun);
    answerWith('post', '/sync-runs/:id/approve', async ({ request }) => {
      bodies.push(await request.json());
      answerRun(runFixture());
      return HttpResponse.json(runFixture({ status: 'applying', finishedAt: null }), { status: 202 });
    });
    const user = await renderConsole(path);
    expect(await screen.findByText('要移除 6 名成员，超过上限 3。')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '批准' }));
    const dialog = within(await screen.findByRole('dialog'));
    const approve = dialog.getByRole('button', { name: '批准并移除' });
    expect(approve).toBeDisabled();
    const typed = dialog.getByRole('textbox', { name: '待移除总数' });
    await user.type(typed, '6');
    expect(approve).toBeDisabled();
    await user.clear(typed);
    await user.type(typed, '7');
    expect(approve).toBeEnabled();
    await user.click(approve);
    await waitFor(() => expect(bodies).toEqual([{ planFingerprint: 'fp-1' }]));
  });

  it('has the focus back on its button when the dialog is left', async () => {
    answerRun(heldRun);
    const user = await renderConsole(path);
    const approve = await screen.findByRole('button', { name: '批准' });
    await user.click(approve);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '取消' }));
    await waitFor(() => expect(approve).toHaveFocus());
  });

  it('says when the plan is out of date and links to a new sync', async () => {
    answerRun(heldRun);
    answerProblem('post', '/sync-runs/:id/approve', { code: 'plan.stale', status: 409, title: '计划已过期' });
    const user = await renderConsole(path);
    await user.click(await screen.findByRole('button', { name: '批准' }));
    await user.type(await screen.findByRole('textbox', { name: '待移除总数' }), '7{Enter}');
    expect(await screen.findByText('计划已过期')).toBeVisible();
    expect(screen.getByRole('link', { name: '前往组织架构重新同步' })).toBeVisible();
  });

  it('says how many of those above the limit went earlier, within the window of the guard', async () => {
    answerRun({
      ...heldRun,
      counts: { ...heldRun.counts, members: { ...heldRun.counts.members, remove: 5 } },
      held: { members: 5, departments: 0 },
    });
    await renderConsole(path);
    expect(
      await screen.findByText(/^要移除 6 名成员，超过上限 3。 其中 1 名已在最近 24 小时内移除。$/),
    ).toBeVisible();
  });

  it('is not offered to an auditor', async () => {
    answerRun(heldRun);
    await renderConsole(path, { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByText('待批准的移除')).toBeVisible();
    expect(screen.queryByRole('button', { name: '批准' })).toBeNull();
  });
});

it('applies a preview as a whole', async () => {
  const bodies: unknown[] = [];
  const preview = runFixture({
    mode: 'preview',
    status: 'awaitingApproval',
    counts: { ...runFixture().counts, members: { create: 12, update: 0, remove: 0, restore: 0 } },
  });
  answerRun(preview);
  answerWith('post', '/sync-runs/:id/approve', async ({ request }) => {
    bodies.push(await request.json());
    answerRun(runFixture());
    return HttpResponse.json(runFixture({ status: 'applying', finishedAt: null }), { status: 202 });
  });
  const user = await renderConsole(path);
  expect(await screen.findByText('此为预览，尚未应用')).toBeVisible();
  await user.click(screen.getByRole('button', { name: '应用此计划' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('新增 12')).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: '应用此计划' }));
  await waitFor(() => expect(bodies).toEqual([{ planFingerprint: 'fp-1' }]));
});

describe('a reconcile', () => {
  it('says what no event had brought', async () => {
    answer('get', '/sync-runs/:id', runFixture({ drift: { departments: 0, members: 2, memberships: 1 } }));
    await renderConsole(`/system/sync-runs/${runId}`);
    const notice = (await screen.findByText('对账发现 3 处事件未带来的变化')).closest('.om-message');
    expect(notice).toHaveTextContent('成员 2 处、部门归属 1 处。');
    expect(notice).not.toHaveTextContent('部门 0 处');
  });

  it('says that events missed nothing', async () => {
    answer('get', '/sync-runs/:id', runFixture({ drift: { departments: 0, members: 0, memberships: 0 } }));
    await renderConsole(`/system/sync-runs/${runId}`);
    expect(await screen.findByText('对账没有发现事件遗漏的变化')).toBeVisible();
  });
});

it('that could not read everything is no plain success, in the list neither', async () => {
  const none = { departments: 0, members: 0, memberships: 0 };
  answer('get', '/sync-runs/:id', partialRun({ drift: none }));
  await renderConsole(path);
  expect(await screen.findByText('已完成（读取不完整）')).toHaveClass('om-tag-warning');
  expect(await screen.findByText(/未能读取的部分无法比对/)).toBeVisible();
  expect(screen.queryByText('对账没有发现事件遗漏的变化')).toBeNull();
  cleanup();
  answer('get', '/sync-runs', { items: [partialRun({ drift: { ...none, members: 2 } })], nextCursor: null });
  await renderConsole('/system/sync-runs');
  const row = await screen.findByRole('row', { name: /已完成（读取不完整）/ });
  expect(row).toHaveTextContent('41 个部门中有 2 个未能读取。');
  expect(row).not.toHaveTextContent('对账发现');
});

it('of events names its trigger and how much it read, with a link to the events', async () => {
  answer('get', '/sync-runs/:id', runFixture({ trigger: 'callback', scope: 'targeted', startedBy: null }));
  await renderConsole(`/system/sync-runs/${runId}`);
  expect(await screen.findByText('同步 · 企业微信事件')).toBeVisible();
  expect(screen.getByText('仅事件涉及的对象')).toBeVisible();
  expect(screen.getByRole('main')).toContainElement(
    screen.getAllByRole('link', { name: '事件记录' }).at(-1) ?? null,
  );
});

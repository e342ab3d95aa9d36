import type { SubjectSection, SyncChange, SyncRun } from '@orgmirror/contracts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import {
  adminUser,
  changesFixture,
  heldRun,
  partialRun,
  runFixture,
  runId,
  subjectCounts,
  subjectsFixture,
} from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const path = `/system/sync-runs/${runId}`;

function answerRun(run = runFixture()) {
  answer('get', '/sync-runs/:id', run);
  answerSubjects();
}

/** Answers with the subjects of the section asked for; the queries that it was asked with. */
function answerSubjects({ items, ...rest } = subjectsFixture): string[] {
  const queries: string[] = [];
  answerWith('get', '/sync-runs/:id/subjects', ({ request }) => {
    const { search, searchParams } = new URL(request.url);
    queries.push(search);
    const section = searchParams.get('section');
    const found = items.filter((item) => section === null || item.section === section);
    return HttpResponse.json({ ...rest, items: found });
  });
  answer('get', '/sync-runs/:id/subject-departments', {
    items: [
      { departmentId: 3, name: '前端组', count: 5 },
      { departmentId: 4, name: '后端组', count: 1 },
    ],
  });
  return queries;
}

/** A subject that the page shows, with one change. */
const subjectOf = (change: Partial<SyncChange>, section: SubjectSection = 'update') => ({
  ...subjectsFixture,
  items: [{ ...subjectsFixture.items[0]!, section, changes: [{ ...changesFixture[0]!, ...change }] }],
});

const failedRun = (change: Partial<SyncRun> = {}) =>
  runFixture({
    status: 'failed',
    subjects: null,
    error: {
      type: 'x',
      code: 'wecom.refused',
      status: 502,
      title: '企业微信拒绝了请求',
      detail: 'IP 不可信。添加到企业可信 IP。',
      requestId: runId,
      wecom: { errcode: 60020, errmsg: 'not allow', egressIp: '203.0.113.7' },
    },
    ...change,
  });

const otherId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** Answers the start of a run; the bodies that it was asked with. */
function answerStart(): unknown[] {
  const bodies: unknown[] = [];
  answerWith('post', '/sync-runs', async ({ request }) => {
    bodies.push(await request.json());
    const started = runFixture({ id: otherId, status: 'reading', finishedAt: null });
    answer('get', '/sync-runs/:id', started);
    return HttpResponse.json(started, { status: 202 });
  });
  return bodies;
}

async function findSentence(name: string): Promise<HTMLElement> {
  const row = (await screen.findByRole('link', { name })).closest('li');
  return row!.querySelector<HTMLElement>('.om-subject-what')!;
}

describe('a run', () => {
  it('says when it ran, how and by whom, and what it does to each member in a sentence', async () => {
    answerRun(heldRun);
    await renderConsole(path);
    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      /^2026年11月20日 .*手动同步 · admin$|^11月20日 .*手动同步 · admin$/,
    );
    const held = within(await screen.findByRole('region', { name: '待批准' }));
    expect(await held.findByText('要移除 6 名成员，超过上限 3。')).toBeVisible();
    expect(await findSentence('李伟')).toHaveTextContent('离开：前端组');
    expect(await findSentence('王芳')).toHaveTextContent(
      '职务：前端工程师 → 前端负责人 · 状态：未激活 → 已激活',
    );
    expect(held.getByText('LiWei')).toBeVisible();
    expect(screen.getByRole('link', { name: '李伟' })).toHaveAttribute('href', '/system/org?member=LiWei');
    expect(screen.queryByText('排序')).toBeNull();
  });

  it('shows the fields of a change on demand, with names in place of ids', async () => {
    answerRun(runFixture({ subjects: subjectCounts({ update: 1 }) }));
    answerSubjects(
      subjectOf({ before: { directLeaderUserIds: ['LiWei'] }, after: { directLeaderUserIds: ['gone'] } }),
    );
    const user = await renderConsole(path);
    expect(await findSentence('王芳')).toHaveTextContent('直属上级：李伟 → gone');
    await user.click(screen.getByRole('button', { name: '王芳：变更的字段' }));
    expect(screen.getByText('李伟').tagName).toBe('DEL');
    expect(screen.getByText('gone').tagName).toBe('INS');
  });

  it('lists the fields of a department and of a place as what they are', async () => {
    answerRun(runFixture({ subjects: subjectCounts({ department: 1, move: 1 }) }));
    const [member] = subjectsFixture.items;
    const restored = {
      entity: 'department',
      key: '4',
      name: '后端组',
      kind: 'restore',
      before: { presence: 'removed' },
      after: { presence: 'present' },
      held: false,
    } as const;
    const places = [
      { isMain: true, isLeader: false, sortOrder: 100, userId: 'WangFang', departmentId: 4 },
      { sortOrder: 7 },
    ].map((after, index) => ({
      ...restored,
      entity: 'membership' as const,
      key: `wangfang/${4 - index}`,
      kind: index === 0 ? ('create' as const) : ('update' as const),
      before: index === 0 ? null : { sortOrder: 5 },
      after,
    }));
    answerSubjects({
      names: { departments: { '3': '前端组', '4': '后端组' }, members: {} },
      nextCursor: null,
      items: [
        { ...member!, section: 'move', changes: places },
        {
          ...member!,
          entity: 'department',
          id: '4',
          name: '后端组',
          section: 'department',
          changes: [restored],
        },
      ],
    });
    const user = await renderConsole(path);
    await user.click(await screen.findByRole('button', { name: '后端组：变更的字段' }));
    expect(screen.getByText('已移除').closest('div')).toHaveTextContent(/^状态已移除正常$/);
    await user.click(screen.getByRole('button', { name: '王芳：变更的字段' }));
    expect(screen.getByText('负责人', { selector: 'dt' })).toBeVisible();
    expect(screen.getByText('仅排序变化')).toBeVisible();
    for (const field of ['在职情况', '排序', '账号'])
      expect(screen.queryByText(field, { selector: 'dt' })).toBeNull();
  });

  it('says who disabled a member', async () => {
    answerRun(runFixture({ subjects: subjectCounts({ update: 1 }) }));
    answerSubjects(subjectOf({ before: { disabledBy: null }, after: { disabledBy: 'sync' } }));
    await renderConsole(path);
    expect(await findSentence('王芳')).toHaveTextContent('禁用：否 → 由企业微信');
  });

  it.each<[string, Partial<SyncChange>[]]>([
    [
      '调动：后端组 → 前端组（主）、#7',
      [
        { entity: 'membership', key: 'wangfang/3', kind: 'create', before: null, after: { isMain: true } },
        { entity: 'membership', key: 'wangfang/7', kind: 'create', before: null, after: { isMain: false } },
        { entity: 'membership', key: 'wangfang/4', kind: 'remove', before: { isMain: true }, after: null },
      ],
    ],
    [
      '主部门改为 前端组 · 成为 前端组 的负责人',
      [
        {
          entity: 'membership',
          key: 'wangfang/3',
          kind: 'update',
          before: { isMain: false, isLeader: false },
          after: { isMain: true, isLeader: true },
        },
      ],
    ],
    [
      '排序变化',
      [
        {
          entity: 'membership',
          key: 'wangfang/3',
          kind: 'update',
          before: { sortOrder: 1 },
          after: { sortOrder: 2 },
        },
      ],
    ],
    ['加入企业', [{ kind: 'create', before: null, after: { userId: 'WangFang' } }]],
    [
      '资料更新：手机、邮箱、职务',
      [
        {
          before: { mobile: '1', email: 'a', position: '' },
          after: { mobile: '2', email: 'b', position: 'x' },
        },
      ],
    ],
    [
      '状态：已激活 → 已禁用',
      [{ before: { status: 1, disabledBy: null }, after: { status: 2, disabledBy: 'sync' } }],
    ],
  ])('says "%s"', async (sentence, changes) => {
    answerRun(runFixture({ subjects: subjectCounts({ move: 1 }) }));
    answerSubjects({
      ...subjectsFixture,
      names: { departments: { '3': '前端组', '4': '后端组' }, members: {} },
      items: [
        {
          ...subjectsFixture.items[0]!,
          section: 'move',
          changes: changes.map((change) => ({ ...changesFixture[0]!, ...change })),
        },
      ],
    });
    await renderConsole(path);
    expect(await findSentence('王芳')).toHaveTextContent(sentence);
  });
});

it('that read everything says so without being opened', async () => {
  answerRun();
  await renderConsole(path);
  const folded = (await screen.findByRole('heading', { name: '读取情况' })).closest('details')!;
  expect(folded).not.toHaveAttribute('open');
  expect(within(folded).getByText('读取完整', { selector: 'summary *' })).toBeVisible();
});

describe('its members', () => {
  it('filters by section, department and text, all of which stand in the address', async () => {
    answerRun(heldRun);
    const queries = answerSubjects();
    const user = await renderConsole(path);
    expect(await screen.findByRole('button', { name: '全部 9' })).toBeVisible();
    // Both sections are asked for at once.
    await waitFor(() =>
      expect(queries.toSorted()).toEqual(['?limit=20&section=held', '?limit=5&section=update']),
    );
    await user.click(screen.getByRole('button', { name: '待批准 7' }));
    await waitFor(() => expect(queries.at(-1)).toBe('?limit=50&section=held'));
    await user.click(await screen.findByRole('button', { name: '前端组 5' }));
    await waitFor(() => expect(queries.at(-1)).toBe('?limit=50&section=held&departmentId=3'));
    await user.type(screen.getByRole('textbox', { name: '搜索名称或编号' }), '李');
    await waitFor(() => expect(queries.at(-1)).toBe('?limit=50&section=held&q=%E6%9D%8E&departmentId=3'));
    expect(window.location.search).toBe('?section=held&q=%E6%9D%8E&department=3');
  });

  it('distinguishes what is applied from what waits, and says when the latter was refused', async () => {
    answerRun(heldRun);
    await renderConsole(path);
    const phases = within(await screen.findByRole('list', { name: '阶段' }));
    expect(phases.getByText('批准').closest('li')).toHaveAttribute('aria-current', 'step');
    expect(phases.getByText('应用其余变更').closest('li')).toHaveClass('om-phase-done');
    cleanup();
    answerRun({ ...heldRun, status: 'rejected', decidedBy: 'chen', held: { members: 0, departments: 0 } });
    await renderConsole(path);
    expect(await screen.findByText('chen 已拒绝')).toBeVisible();
    expect(await screen.findByRole('region', { name: '未批准' })).toBeVisible();
  });
});

describe('a run that is not plain success', () => {
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
    await userEvent.click(await screen.findByText('读取情况'));
    expect(screen.getAllByText('部门 9：没有权限')).toHaveLength(2); // in the notice, and among all of them
    const notice = screen.getByText(/本次不移除任何成员或部门/).closest('.om-message');
    expect(notice).toHaveTextContent('读取不完整');
    expect(notice).toHaveTextContent(
      '5 个部门中有 1 个未能读取。 除企业微信逐个确认已不在的成员外，本次不移除任何成员或部门。',
    );
    expect(notice).toHaveTextContent('部门 9：没有权限');
    expect(screen.getByText(/部门的上级不在可见范围内/)).toBeInTheDocument();
  });

  it('shows its error with WeCom’s code and the run’s id', async () => {
    answerRun(failedRun());
    await renderConsole(path);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('企业微信拒绝了请求');
    expect(alert).toHaveTextContent('企业微信错误码 60020');
    expect(alert).toHaveTextContent('203.0.113.7');
    expect(screen.getByRole('link', { name: '错误说明' })).toHaveAttribute(
      'href',
      '/guide/errors?lang=zh#60020',
    );
    expect(screen.getByRole('heading', { name: '读取情况' })).toBeVisible();
    expect(screen.queryByRole('heading', { name: '变更明细' })).toBeNull(); // it had no plan
  });

  it('is retried in the same mode, and the new run opens', async () => {
    answerRun(failedRun({ mode: 'preview' }));
    const bodies = answerStart();
    const user = await renderConsole(path);
    await user.click(await screen.findByRole('button', { name: '重试' }));
    await waitFor(() => expect(window.location.pathname).toBe(`/system/sync-runs/${otherId}`));
    expect(bodies).toEqual([{ mode: 'preview' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks before a retry replaces a plan that waits', async () => {
    answerRun(failedRun({ id: otherId }));
    answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
    const bodies = answerStart();
    const user = await renderConsole(`/system/sync-runs/${otherId}`);
    await user.click(await screen.findByRole('button', { name: '重试' }));
    const question = within(await screen.findByRole('dialog', { name: '重试并替换待批准的计划？' }));
    const notice = (await question.findByText('有移除待批准')).closest<HTMLElement>('.om-message')!;
    expect(notice).toHaveTextContent('新的同步或预览会生成新的计划，这一份随之作废。待批准 7');
    expect(within(notice).getByRole('link', { name: '查看详情' })).toHaveAttribute('href', path);
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '重试' }));
    await waitFor(() => expect(bodies).toEqual([{ mode: 'apply' }]));
  });

  it('asks before a retry when nobody can tell whether a plan waits', async () => {
    answerRun(failedRun());
    answerProblem('get', '/sync-runs', { code: 'request.throttled', status: 429 });
    const bodies = answerStart();
    const user = await renderConsole(path);
    await user.click(await screen.findByRole('button', { name: '重试' }));
    const question = within(await screen.findByRole('dialog', { name: '重试并替换待批准的计划？' }));
    expect(await question.findByText('未能得知是否有计划待批准')).toBeInTheDocument();
    await user.click(question.getByRole('button', { name: '取消' }));
    expect(bodies).toEqual([]);
  });

  it.each([
    ['an auditor looks at', {}, { ...adminUser, role: 'auditor' }],
    ['was an undo', { mode: 'undo' }, adminUser],
  ] as const)('is not retried when it %s', async (_, change, user) => {
    answerRun(failedRun(change));
    await renderConsole(path, { user });
    expect(await screen.findByRole('link', { name: '错误说明' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '重试' })).toBeNull();
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
    await user.click(screen.getByRole('button', { name: '批准…' }));
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
    const approve = await screen.findByRole('button', { name: '批准…' });
    await user.click(approve);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '取消' }));
    await waitFor(() => expect(approve).toHaveFocus());
  });

  it('says when the plan is out of date and links to a new sync', async () => {
    answerRun(heldRun);
    answerProblem('post', '/sync-runs/:id/approve', { code: 'plan.stale', status: 409, title: '计划已过期' });
    const user = await renderConsole(path);
    await user.click(await screen.findByRole('button', { name: '批准…' }));
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

  it.each([
    ['王芳（WangFang）', { members: [{ wecomUserId: 'WangFang', name: '王芳' }] }],
    ['wangfang', {}], // of a release that did not name them
  ])('names an admin who would leave: %s', async (name, named) => {
    const reason = { code: 'guard.admin_leaving', keys: ['wangfang'], ...named };
    answerRun({ ...heldRun, heldReasons: [reason] });
    await renderConsole(path);
    expect(await screen.findByText(`其中有本系统的管理员：${name}。`)).toBeVisible();
  });

  it('is not offered to an auditor', async () => {
    answerRun(heldRun);
    await renderConsole(path, { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByText('6 名成员将标记为已退出，1 个部门将移除。')).toBeVisible();
    expect(screen.queryByRole('button', { name: '批准…' })).toBeNull();
  });
});

it('applies a preview as a whole', async () => {
  const bodies: unknown[] = [];
  const preview = runFixture({
    mode: 'preview',
    status: 'awaitingApproval',
    subjects: subjectCounts({ join: 12 }),
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
  expect(dialog.getByText('加入 12')).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: '应用此计划' }));
  await waitFor(() => expect(bodies).toEqual([{ planFingerprint: 'fp-1' }]));
});

describe('a reconcile', () => {
  it('says what no event had brought', async () => {
    answerRun(runFixture({ drift: { departments: 0, members: 2, memberships: 1 } }));
    await renderConsole(`/system/sync-runs/${runId}`);
    const notice = (await screen.findByText('对账发现 3 处事件未带来的变化')).closest('.om-message');
    expect(notice).toHaveTextContent('成员 2 处、部门归属 1 处。');
    expect(notice).not.toHaveTextContent('部门 0 处');
  });

  it('says that events missed nothing', async () => {
    answerRun(runFixture({ drift: { departments: 0, members: 0, memberships: 0 } }));
    await renderConsole(`/system/sync-runs/${runId}`);
    expect(await screen.findByText('对账没有发现事件遗漏的变化')).toBeVisible();
  });
});

it('that could not read everything is no plain success, in the list neither', async () => {
  const none = { departments: 0, members: 0, memberships: 0 };
  const { manifest } = partialRun();
  const since = { ...manifest!, partialSince: '2026-11-20T08:00:00.000Z' };
  answer('get', '/sync-runs/:id', partialRun({ drift: none, manifest: since }));
  await renderConsole(path);
  expect(await screen.findByText(/自 2026-11-20 .+ 起，读取一直不完整。/)).toBeVisible();
  await userEvent.click(screen.getByText('读取情况'));
  expect(screen.getByText('不完整始于').parentElement).toHaveTextContent(/2026-11-20/);
  expect(await screen.findByText('已完成（读取不完整）')).toHaveClass('om-tag-warning');
  expect(await screen.findByText(/未能读取的部分无法比对/)).toBeVisible();
  expect(screen.queryByText('对账没有发现事件遗漏的变化')).toBeNull();
  cleanup();
  answer('get', '/sync-runs', { items: [partialRun({ drift: { ...none, members: 2 } })], nextCursor: null });
  await renderConsole('/system/sync-runs');
  const row = (await screen.findByText('已完成（读取不完整）')).closest('li')!;
  expect(row).toHaveTextContent('41 个部门中有 2 个未能读取。');
  expect(row).not.toHaveTextContent('对账发现');
});

it('of events names its trigger and how much it read, with a link to the events', async () => {
  answer('get', '/sync-runs/:id', runFixture({ trigger: 'callback', scope: 'targeted', startedBy: null }));
  await renderConsole(`/system/sync-runs/${runId}`);
  expect(await screen.findByRole('heading', { name: /事件同步$/ })).toBeVisible();
  expect(screen.getByText('仅事件涉及的对象')).toBeVisible();
  expect(screen.getByRole('main')).toContainElement(
    screen.getAllByRole('link', { name: '事件记录' }).at(-1) ?? null,
  );
});

it.each([
  ['planning', '已比对成员 1,200/5,000'],
  ['applying', '已应用变更 1,200/5,000'],
] as const)('shows how far a run in %s is', async (status, text) => {
  const { progress } = runFixture();
  answerRun(
    runFixture({ status, finishedAt: null, progress: { ...progress, work: { done: 1_200, total: 5_000 } } }),
  );
  await renderConsole(path);
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.getByRole('progressbar', { name: text })).toHaveValue(1_200);
});

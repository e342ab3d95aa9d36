import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { chooseOption } from '../../../test/choose-option.ts';
import {
  adminUser,
  checkFixture,
  heldRun,
  memberDetailFixture,
  membersFixture,
  runId,
} from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

/**
 * By its visible title: under test antd gives all dialogs the same id, so that their names are the first
 * one's.
 */
async function findDialog(title: string) {
  const [shown] = await screen.findAllByText(title, { selector: '[role="dialog"] .ant-modal-title' });
  return within(shown!.closest<HTMLElement>('[role="dialog"]')!);
}

/** Answers checks: what would change, or with `apply` what was changed. */
function answerChecks() {
  const asked: unknown[] = [];
  answerWith('post', '/members/:wecomUserId/check', async ({ params, request }) => {
    const body = (await request.json()) as { apply?: boolean };
    asked.push([params.wecomUserId, body]);
    return HttpResponse.json({ ...checkFixture, runId: body.apply ? runId : null });
  });
  return asked;
}

describe('the check of one member', () => {
  it('takes a userid, tells the five steps and what would change, and applies it', async () => {
    const asked = answerChecks();
    const user = await renderConsole('/system/org');
    await user.click(await screen.findByRole('button', { name: /更多/ }));
    await user.click(await screen.findByRole('menuitem', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    await user.type(dialog.getByLabelText('账号或姓名'), ' wangfang ');
    await user.click(dialog.getByRole('button', { name: '检查' }));
    const steps = within(await dialog.findByRole('region', { name: '检查步骤' }));
    expect(await steps.findByText('成员在可见范围内。')).toBeInTheDocument();
    expect(steps.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^读取通过/),
      expect.stringMatching(/^可见范围通过/),
      expect.stringMatching(/^匹配通过/),
      expect.stringMatching(/^比对注意/),
      expect.stringMatching(/^应用已跳过/),
    ]);
    const changes = within(dialog.getByRole('region', { name: '变更' }));
    expect(changes.getByText('前端负责人').tagName).toBe('INS');
    await user.click(dialog.getByRole('button', { name: '应用' }));
    expect(await dialog.findByRole('link', { name: '查看同步' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
    expect(dialog.queryByRole('button', { name: '应用' })).toBeNull();
    expect(asked).toEqual([
      ['wangfang', {}],
      ['wangfang', { apply: true }],
    ]);
  });

  it('takes a name as well, and asks which one when several have it', async () => {
    const asked = answerChecks();
    const [wangFang] = membersFixture;
    const namesake = { ...wangFang, id: 'm9', wecomUserId: 'wangfang2' };
    answer('get', '/members', { items: [wangFang, namesake], nextCursor: null, total: 2 });
    const user = await renderConsole('/system/org');
    await user.click(await screen.findByRole('button', { name: '其他同步方式' }));
    await user.click(await screen.findByRole('menuitem', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    await user.type(dialog.getByLabelText('账号或姓名'), '王芳');
    await user.click(dialog.getByRole('button', { name: '检查' }));
    expect(await dialog.findByText('多名成员同名，请选择：')).toBeInTheDocument();
    expect(asked).toEqual([]);
    await user.click(dialog.getByRole('button', { name: /wangfang2/ }));
    await waitFor(() => expect(asked).toEqual([['wangfang2', {}]]));
  });

  it('starts at once from the drawer of a member', async () => {
    const asked = answerChecks();
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    expect(await dialog.findByText('成员在可见范围内。')).toBeInTheDocument();
    expect(asked).toEqual([['WangFang', {}]]);
  });

  it('says that a removal which the guard holds is not applied', async () => {
    const changes = checkFixture.changes.map((change) => ({ ...change, held: true }));
    answer('post', '/members/:wecomUserId/check', { ...checkFixture, changes, runId });
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    const notice = (await dialog.findByText('移除待批准，请在同步记录中决定。')).closest('.om-message');
    expect(notice).toHaveClass('om-message-warning');
  });

  it('says before it is applied that a plan which waits becomes void', async () => {
    const asked = answerChecks();
    answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
    answer('get', '/sync-runs/:id', heldRun);
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    const notice = (await dialog.findByText('有移除待批准')).closest<HTMLElement>('.om-message')!;
    expect(notice).toHaveTextContent('组织架构改动之后，这一份随之作废。待批准 7');
    expect(within(notice).getByRole('link', { name: '查看详情' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
    expect(asked).toEqual([['WangFang', {}]]);
    await user.click(dialog.getByRole('button', { name: '应用' }));
    await waitFor(() => expect(dialog.queryByText('有移除待批准')).toBeNull());
  });

  it('says why it cannot be made', async () => {
    answerProblem('post', '/members/:wecomUserId/check', { code: 'sync.already_running', status: 409 });
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    expect(await dialog.findByText('detail of sync.already_running')).toBeInTheDocument();
  });

  it('is not offered to an auditor', async () => {
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    await renderConsole('/system/org?member=WangFang', { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByText('首次同步')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '检查此成员' })).toBeNull();
    expect(screen.queryByRole('region', { name: '控制台访问' })).toBeNull();
  });
});

describe('what the check of one member tells', () => {
  it('names superiors, and leaves out what says nothing of a place', async () => {
    const [change] = checkFixture.changes;
    const superior = { before: { directLeaderUserIds: [] }, after: { directLeaderUserIds: ['LiNa'] } };
    const place = { userId: 'WangFang', departmentId: 3, sortOrder: 100, isLeader: true };
    answer('post', '/members/:wecomUserId/check', {
      ...checkFixture,
      changes: [
        { ...change, ...superior },
        { ...change, entity: 'membership', key: 'wangfang/3', kind: 'create', before: null, after: place },
      ],
      names: { departments: { '3': '前端组' }, members: { lina: '李娜' } },
    });
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    const changes = within(await dialog.findByRole('region', { name: '变更' }));
    expect(changes.getByText('李娜').tagName).toBe('INS');
    expect(changes.getByText('前端组').tagName).toBe('INS');
    expect(changes.getAllByRole('term').map((term) => term.textContent)).toEqual([
      '直属上级',
      '部门',
      '负责人',
    ]);
  });

  it('of somebody who left says when, with the run that found it', async () => {
    const [read, ...rest] = checkFixture.steps;
    const left = { leftAt: '2026-11-20T08:00:00.000Z', leftRunId: runId };
    answer('post', '/members/:wecomUserId/check', {
      ...checkFixture,
      steps: [{ ...read, status: 'failed', errcode: 60111, detail: '「王芳」已退出。', left }, ...rest],
      changes: [],
    });
    answer('get', '/members/:wecomUserId', memberDetailFixture());
    const user = await renderConsole('/system/org?member=WangFang');
    await user.click(await screen.findByRole('button', { name: '检查此成员' }));
    const dialog = await findDialog('检查此成员');
    const step = (await dialog.findByText('「王芳」已退出。')).closest('li')!;
    expect(step).toHaveTextContent(/退出时间 .+ · 查看同步$/);
    expect(within(step).getByRole('link')).toHaveAttribute('href', `/system/sync-runs/${runId}`);
  });
});

describe('access to the console', () => {
  const openAccess = async (change: Parameters<typeof memberDetailFixture>[0] = {}) => {
    answer('get', '/members/:wecomUserId', memberDetailFixture(change));
    const user = await renderConsole('/system/org?member=WangFang');
    return { user, access: within(await screen.findByRole('region', { name: '控制台访问' })) };
  };

  it('is taken away only after a question that names the effect', async () => {
    const bodies: unknown[] = [];
    answerWith('put', '/members/:wecomUserId/access', async ({ request }) => {
      bodies.push(await request.json());
      const blocked = memberDetailFixture({ disabledBy: 'admin' });
      answer('get', '/members/:wecomUserId', blocked);
      return HttpResponse.json(blocked);
    });
    const { user, access } = await openAccess();
    await user.click(access.getByRole('button', { name: '停用' }));
    const question = await findDialog('停用 王芳？');
    expect(question.getByText(/现有的登录立即失效/)).toBeInTheDocument();
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '停用' }));
    await waitFor(() => expect(bodies).toEqual([{ disabled: true }]));
    expect(await access.findByRole('button', { name: /启用$/ })).toBeInTheDocument();
    expect(access.getByText('已由管理员停用，不能登录')).toBeInTheDocument();
  });

  it('keeps the role of the last admin and says why', async () => {
    answerProblem('put', '/members/:wecomUserId/access', {
      code: 'access.last_admin',
      status: 409,
      title: '不能移除最后一位管理员',
    });
    const { user, access } = await openAccess({ role: 'admin' });
    await chooseOption(user, await access.findByRole('combobox', { name: '角色' }), '审计员');
    const question = await findDialog('把 王芳 的角色改为审计员？');
    await user.click(question.getByRole('button', { name: '更改角色' }));
    expect(await access.findByText('不能移除最后一位管理员')).toBeInTheDocument();
    expect(access.getByRole('combobox', { name: '角色' })).toHaveAccessibleDescription('管理员');
  });

  it('is offered again to who came back, as it was, and only given after a question', async () => {
    const bodies: unknown[] = [];
    answerWith('put', '/members/:wecomUserId/access', async ({ request }) => {
      bodies.push(await request.json());
      const decided = memberDetailFixture({ role: 'auditor', returned: null });
      answer('get', '/members/:wecomUserId', decided);
      return HttpResponse.json(decided);
    });
    const returned = { leftAt: '2026-10-01T08:00:00.000Z', role: 'auditor' } as const;
    const attributes = [{ key: 'site', nameZh: '工作地点', nameEn: 'Site', value: '上海' }];
    const { user, access } = await openAccess({ returned, attributes });
    expect(access.getByText(/扩展属性是退出之前填写的/)).toBeVisible();
    expect(access.getByText(/此账号曾在.+退出，当时的角色是审计员/)).toBeInTheDocument();
    await user.click(access.getByRole('button', { name: '恢复该角色' }));
    const question = await findDialog('把 王芳 的角色改为审计员？');
    expect(bodies).toEqual([]);
    await user.click(question.getByRole('button', { name: '更改角色' }));
    await waitFor(() => expect(access.queryByText(/此账号曾在/)).toBeNull());
    expect(bodies).toEqual([{ role: 'auditor' }]);
  });

  it('leaves members disabled in WeCom to WeCom', async () => {
    const { access } = await openAccess({ disabledBy: 'sync' });
    expect(access.getByText(/已在企业微信中禁用，不能登录/)).toBeInTheDocument();
    expect(access.queryByRole('button', { name: '启用' })).toBeNull();
  });
});

it('shows in the history of a member superiors by name, and of a place what says something', async () => {
  const item = { runId, at: '2026-11-20T08:00:00.000Z', name: '王芳', before: null } as const;
  answer(
    'get',
    '/members/:wecomUserId',
    memberDetailFixture({
      history: [
        {
          ...item,
          entity: 'member',
          kind: 'update',
          before: { directLeaderUserIds: [] },
          after: { directLeaderUserIds: ['LiNa'] },
        },
        {
          ...item,
          entity: 'membership',
          kind: 'create',
          name: '王芳 · 前端组',
          after: { userId: 'WangFang', departmentId: 3, sortOrder: 100, isMain: true },
        },
      ],
      historyNames: { departments: { '3': '前端组' }, members: { lina: '李娜' } },
    }),
  );
  const user = await renderConsole('/system/org?member=WangFang');
  await user.click(await screen.findByRole('tab', { name: '变更记录' }));
  expect((await screen.findByText('李娜')).tagName).toBe('INS');
  expect(screen.getByText('前端组', { selector: 'ins' })).toBeVisible();
  for (const field of ['排序', '账号'])
    expect(screen.queryByText(field, { selector: '.om-history dt' })).toBeNull();
});

it('lists who left with the time and the run that found them gone', async () => {
  const gone = memberDetailFixture({
    presence: 'left',
    leftAt: '2026-11-20T08:00:00.000Z',
    leftRunId: runId,
  });
  answer('get', '/members', { items: [gone], nextCursor: null, total: 1 });
  const user = await renderConsole('/system/org');
  await user.click(await screen.findByRole('button', { name: '已退出' }));
  expect(await screen.findByRole('columnheader', { name: '退出时间' })).toBeVisible();
  const row = within(await screen.findByRole('row', { name: /王芳/ }));
  expect(await row.findByRole('link', { name: '查看同步' })).toHaveAttribute(
    'href',
    `/system/sync-runs/${runId}`,
  );
});

it('explains empty cells to keyboards in the head of their column', async () => {
  const [hidden] = membersFixture;
  const shown = { ...hidden, id: 'm2', wecomUserId: 'LiNa', name: '李娜', mobileMasked: '138****0002' };
  answer('get', '/members', { items: [hidden, shown], nextCursor: null, total: 2 });
  const user = await renderConsole('/system/org');
  await screen.findByRole('row', { name: /王芳/ });
  const why = screen.getByRole('button', { name: '手机为何有空白' });
  expect(screen.queryByRole('button', { name: '邮箱为何有空白' })).toBeNull();
  why.focus();
  await waitFor(() => expect(screen.getByRole('tooltip')).toHaveTextContent('应用不可见，或成员未授权此项'));
  await user.keyboard('{Escape}');
});

it('folds a column in which no cell can have a value, and says why once', async () => {
  await renderConsole('/system/org');
  await screen.findByRole('row', { name: /王芳/ });
  expect(screen.queryByRole('columnheader', { name: /手机/ })).toBeNull();
  expect(screen.getByText(/^“手机”在此页没有可显示的值，已收起/)).toBeVisible();
});

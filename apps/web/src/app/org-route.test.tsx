import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  adminUser,
  changesFixture,
  departmentRows,
  exportFixture,
  heldRun,
  memberDetailFixture,
  membersFixture,
  outlineFixture,
  partialRun,
  runFixture,
  runId,
  wangFang,
  wecomSettingsFixture,
} from '../../test/fixtures.ts';
import { renderConsole } from '../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../test/server.ts';

const open = (path = '/system/org') => renderConsole(path);

async function startSync(user: Awaited<ReturnType<typeof open>>, mode = '立即同步') {
  await user.click(await screen.findByRole('button', { name: /更多/ }));
  await user.click(await screen.findByRole('menuitem', { name: '企业微信同步' }));
  await user.click(await screen.findByRole('button', { name: mode }));
}

it('says in the dialog that a new sync replaces a plan that waits', async () => {
  answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
  answer('get', '/sync-runs/:id', heldRun);
  const user = await open();
  await screen.findByText('有变更待批准');
  await user.click(await screen.findByRole('button', { name: '其他同步方式' }));
  await user.click(await screen.findByRole('menuitem', { name: '预览变更' })); // else begins at once
  const dialog = within(await screen.findByRole('dialog', { name: '企业微信同步' }));
  const notice = (await dialog.findByText('有移除待批准')).closest<HTMLElement>('.om-message')!;
  expect(notice).toHaveTextContent('这一份随之作废');
  expect(notice).toHaveTextContent('待批准 7');
  const link = within(notice).getByRole('link', { name: '查看详情' });
  expect(link).toHaveAttribute('href', `/system/sync-runs/${runId}`);
});

describe('the org page', () => {
  afterEach(() => void vi.useRealTimers());

  it('lists members with their departments, main one marked, and explains an empty cell', async () => {
    await open();
    const row = within(await screen.findByRole('row', { name: /王芳/ }));
    expect(row.getByText('WangFang')).toBeVisible();
    expect(row.getByTitle('前端组的负责人')).toHaveTextContent('负责人');
    expect(row.getByTitle('星河科技 / 研发中心 / 前端组')).toHaveTextContent('主前端组');
    // What nobody on the page has is folded away, and explained once.
    expect(row.queryByRole('img', { name: '应用不可见，或成员未授权此项' })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: /手机/ })).toBeNull();
    expect(screen.getByText(/“手机”在此页没有可显示的值/)).toBeVisible();
    expect(screen.getByRole('columnheader', { name: /邮箱/ })).toBeVisible();
  });

  it('asks the server for what the address says', async () => {
    const queries: string[] = [];
    answerWith('get', '/members', ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('limit') !== '1') queries.push(searchParams.toString());
      return HttpResponse.json({ items: membersFixture, nextCursor: null, total: 1 });
    });
    await open('/system/org?department=3&recursive=false&status=disabled&presence=left&q=wf&pageSize=100');
    await screen.findByRole('row', { name: /王芳/ });
    expect(queries).toEqual(['departmentId=3&recursive=false&q=wf&status=disabled&presence=left&limit=100']);
    expect(await screen.findByRole('heading', { name: '前端组' })).toBeVisible();
    expect(within(screen.getByRole('navigation', { name: '部门路径' })).getByText('研发中心')).toBeVisible();
  });

  it('keeps a chosen filter and department in the address', async () => {
    const user = await open();
    await user.click(await screen.findByRole('button', { name: '未激活' }));
    await waitFor(() => expect(window.location.search).toBe('?status=notActivated'));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: '未激活' })).toHaveAttribute('aria-pressed', 'true'),
    );
    await user.click(await screen.findByText('销售部', { selector: '.om-tree-name' }));
    await waitFor(() => expect(window.location.search).toBe('?department=5&status=notActivated'));
    expect(await screen.findByRole('heading', { name: '销售部' })).toBeVisible();
  });

  it('offers all members instead of a department that is not there', async () => {
    answerWith('get', '/members', ({ request }) =>
      new URL(request.url).searchParams.has('departmentId')
        ? HttpResponse.json({ code: 'resource.not_found', status: 404, title: '不存在' }, { status: 404 })
        : HttpResponse.json({ items: membersFixture, nextCursor: null, total: 1 }),
    );
    const user = await open('/system/org?department=99999');
    expect(await screen.findByText('没有该部门')).toBeVisible();
    expect(screen.queryByRole('button', { name: '重试' })).toBeNull();
    await user.click(screen.getByRole('button', { name: '查看全部成员' }));
    expect(await screen.findByRole('row', { name: /王芳/ })).toBeVisible();
    expect(window.location.search).toBe('');
  });

  it('pages forward and back by cursor', async () => {
    vi.useFakeTimers({ toFake: ['Date'] }); // no page gets so old that it is asked for again
    const cursors: (string | null)[] = [];
    answerWith('get', '/members', ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('limit') !== '1') cursors.push(searchParams.get('cursor'));
      return HttpResponse.json({
        items: membersFixture,
        nextCursor: searchParams.get('cursor') === null ? 'c2' : null,
        total: 51,
      });
    });
    const user = await open();
    await user.click(await screen.findByRole('button', { name: '下一页' }));
    expect(await screen.findByText('第 2 页')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('button', { name: '下一页' })).toBeDisabled());
    expect(window.location.search).toBe('?cursor=c2&page=2');
    await user.click(screen.getByRole('button', { name: '上一页' }));
    expect(await screen.findByText('第 1 页')).toBeVisible();
    expect(cursors).toEqual([null, 'c2']);
  });

  it('says that nothing matches and clears the filters', async () => {
    answer('get', '/members', { items: [], nextCursor: null, total: 0 });
    const user = await open('/system/org?q=nobody');
    await user.click(await screen.findByRole('button', { name: '清除筛选' }));
    await waitFor(() => expect(window.location.search).toBe(''));
    expect(await screen.findByText('没有成员')).toBeVisible();
  });

  it('shows an error with the request id and tries again', async () => {
    answerProblem('get', '/departments/outline', { code: 'server.unexpected', status: 500 });
    const user = await open();
    expect(await screen.findByText(/req-42/)).toBeVisible();
    answer('get', '/departments/outline', outlineFixture([]));
    await user.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByText('还没有组织架构')).toBeVisible();
  });

  it('lets a member look at the directory, but closely only at themselves', async () => {
    const asked: string[] = [];
    for (const path of ['/sync-runs', '/settings/wecom', '/members/:wecomUserId'])
      answerWith('get', path, ({ request }) => {
        asked.push(request.url);
        return HttpResponse.json({ items: [], nextCursor: null });
      });
    answer('get', '/members', {
      items: [membersFixture[0], { ...membersFixture[0], id: 'm2', wecomUserId: 'lina', name: '李娜' }],
      nextCursor: null,
      total: 2,
    });
    answer('get', '/departments/outline', outlineFixture([[0, 1, '星河科技', { leaders: ['lina'] }]]));
    const user = await renderConsole('/system/org', { user: wangFang });
    expect(await screen.findByRole('button', { name: '王芳' })).toBeVisible();
    expect(screen.getByText('李娜', { selector: '.om-listed-name' })).toBeVisible();
    // Who is disabled, who left and everybody's userid are for the console.
    expect(screen.queryByText('WangFang')).toBeNull();
    expect(screen.queryByRole('button', { name: '已退出' })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: '状态' })).toBeNull();
    expect(screen.queryByRole('button', { name: '李娜' })).toBeNull();
    expect(screen.queryByRole('button', { name: /更多/ })).toBeNull();
    await user.hover(screen.getByText('星河科技', { selector: '.om-tree-name' }));
    expect(await screen.findByRole('tooltip')).toHaveTextContent(/^星河科技共 1 人$/);
    expect(asked).toEqual([]);
  });
});

describe('the tree of departments', () => {
  it('shows the whole name, the numbers and the leaders of a row that is pointed at or reached by keys', async () => {
    answer('get', '/departments/outline', outlineFixture([[0, 1, '星河科技', { leaders: ['lina'] }]]));
    answer('get', '/members/lina', memberDetailFixture({ wecomUserId: 'lina', name: '李娜' }));
    const user = await open();
    const name = await screen.findByText('星河科技', { selector: '.om-tree-name' });
    const readHint = async () => (await screen.findByRole('tooltip')).textContent;
    await user.hover(name);
    await waitFor(async () => expect(await readHint()).toBe('星河科技共 1 人负责人：李娜'));
    await user.unhover(name);
    await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
    screen.getByRole('button', { name: '全部收起' }).focus();
    await user.tab();
    await user.keyboard('{ArrowDown}');
    expect(await readHint()).toBe('星河科技共 1 人负责人：李娜');
  });

  it('is as it was, with what is selected, once a search in it is cleared', async () => {
    const user = await open('/system/org?department=3');
    const isInTree = { selector: '.om-tree-name' };
    expect(await screen.findByText('前端组', isInTree)).toBeVisible();
    const search = screen.getByRole('textbox', { name: '搜索部门' });
    await user.type(search, 'zzz');
    await waitFor(() => expect(screen.queryByText('前端组', isInTree)).toBeNull());
    await user.clear(search);
    expect(await screen.findByText('前端组', isInTree)).toBeVisible();
    await user.type(search, '销售');
    await waitFor(() => expect(screen.queryByText('前端组', isInTree)).toBeNull());
    await user.clear(search);
    expect(await screen.findByText('前端组', isInTree)).toBeVisible();
  });

  it('is unfolded and folded as a whole, and shows the selected department again', async () => {
    const user = await open('/system/org?department=3');
    const isInTree = { selector: '.om-tree-name' };
    expect(await screen.findByText('前端组', isInTree)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '全部收起' }));
    await waitFor(() => expect(screen.queryByText('研发中心', isInTree)).toBeNull());
    await user.click(screen.getByRole('button', { name: '定位到选中的部门' }));
    expect(await screen.findByText('前端组', isInTree)).toBeVisible();
    await user.click(screen.getByRole('button', { name: '全部收起' }));
    await waitFor(() => expect(screen.queryByText('研发中心', isInTree)).toBeNull());
    await user.click(screen.getByRole('button', { name: '全部展开' }));
    expect(await screen.findByText('后端组', isInTree)).toBeVisible();
  });

  it('gives its place to the members and comes back as it was; the browser remembers it', async () => {
    const user = await open();
    const tree = await screen.findByRole('tree');
    await user.click(screen.getByRole('button', { name: '全部展开' }));
    await user.click(screen.getByRole('button', { name: '隐藏部门' }));
    expect(tree).not.toBeVisible();
    expect(localStorage.getItem('orgmirror.tree')).toBe('hidden');
    const toggle = screen.getByRole('button', { name: '显示部门' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await user.click(toggle);
    expect(tree).toBeVisible();
    expect(screen.getByText('后端组', { selector: '.om-tree-name' })).toBeVisible();
  });

  it('stays until the server has said what pinyin finds, or could not', async () => {
    let say = () => {};
    const isSaid = new Promise<void>((resolve) => {
      say = resolve;
    });
    const asked: string[] = [];
    answerWith('get', '/departments/search', async ({ request }) => {
      const q = new URL(request.url).searchParams.get('q') ?? '';
      asked.push(q);
      await isSaid;
      return q === 'xsb'
        ? HttpResponse.json({ ids: [5] })
        : HttpResponse.json({ code: 'internal.unexpected', status: 500, title: '出错' }, { status: 500 });
    });
    const user = await open();
    const isInTree = { selector: '.om-tree-name' };
    expect(await screen.findByText('研发中心', isInTree)).toBeVisible();
    const search = screen.getByRole('textbox', { name: '搜索部门' });
    await user.type(search, 'xsb');
    await waitFor(() => expect(asked).toEqual(['xsb']));
    expect(screen.getByText('研发中心', isInTree)).toBeVisible();
    say();
    await waitFor(() => expect(screen.queryByText('研发中心', isInTree)).toBeNull());
    expect(screen.getByText('销售部', isInTree)).toBeVisible();
    await user.clear(search);
    await user.type(search, 'zzz');
    expect(await screen.findByText('没有匹配的部门')).toBeVisible();
  });
});

describe('the columns of the list', () => {
  const heads = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

  it('are shown, ordered, pinned, made wider and reset, on the server', async () => {
    let stored: Record<string, unknown> = { memberList: null, memberViews: null, recentTargets: null };
    const saved: unknown[] = [];
    answerWith('get', '/me/preferences', () => HttpResponse.json(stored));
    answerWith('patch', '/me/preferences', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      saved.push(body);
      stored = { ...stored, ...body };
      return HttpResponse.json(stored);
    });
    const user = await open();
    await screen.findByRole('row', { name: /王芳/ });
    expect(heads()).toEqual(['成员', '账号', '部门', '职务', '状态', '邮箱']);
    await user.click(screen.getByRole('button', { name: '列设置' }));
    await user.click(await screen.findByRole('checkbox', { name: '更新时间' }));
    await user.click(screen.getByRole('checkbox', { name: '邮箱' }));
    await waitFor(() => expect(heads()).toEqual(['成员', '账号', '部门', '职务', '状态', '更新时间']));
    await user.click(screen.getByRole('button', { name: '“职务”前移' }));
    await waitFor(() => expect(heads()).toEqual(['成员', '账号', '职务', '部门', '状态', '更新时间']));
    await user.click(screen.getByRole('button', { name: '固定“状态”在左侧' }));
    await waitFor(() => expect(heads()).toEqual(['成员', '状态', '账号', '职务', '部门', '更新时间']));
    await user.click(screen.getByRole('switch', { name: '紧凑行高（所有列表）' }));
    await waitFor(() => expect(screen.getByRole('table')).toHaveClass('om-table-compact'));
    screen.getByRole('separator', { name: '“账号”的列宽' }).focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() =>
      expect(saved.at(-1)).toMatchObject({
        memberList: {
          columns: expect.arrayContaining([
            { key: 'status', isShown: true, isPinned: true, width: null },
            { key: 'wecomUserId', isShown: true, isPinned: false, width: 128 },
          ]),
          density: 'compact',
        },
      }),
    );
    await user.click(screen.getByRole('button', { name: '恢复默认' }));
    await waitFor(() => expect(heads()).toEqual(['成员', '账号', '部门', '职务', '状态', '邮箱']));
    await waitFor(() => expect(saved.at(-1)).toEqual({ memberList: null }));
  });

  it('are also those of the enterprise’s own attributes, which are not shown at first', async () => {
    const costCenter = { key: 'cost_center', nameZh: '成本中心', nameEn: 'Cost center', type: 'text' };
    answer('get', '/attributes', { items: [{ ...costCenter, choices: [], members: null }] });
    const member = { ...membersFixture[0], attributeValues: { cost_center: 'CC-1042' } };
    answer('get', '/members', { items: [member], nextCursor: null, total: 1 });
    const saved: unknown[] = [];
    const unset = { memberList: null, memberViews: null, recentTargets: null };
    answerWith('patch', '/me/preferences', async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      saved.push(body);
      return HttpResponse.json({ ...unset, ...body });
    });
    const user = await open();
    const row = within(await screen.findByRole('row', { name: /王芳/ }));
    await user.click(screen.getByRole('button', { name: '列设置' }));
    const column = await screen.findByRole('checkbox', { name: '成本中心' }); // the attributes are known
    expect(row.queryByText('CC-1042')).toBeNull();
    await user.click(column);
    expect(await row.findByText('CC-1042')).toBeVisible();
    expect(heads().at(-1)).toBe('成本中心');
    const shown = { key: 'attr:cost_center', isShown: true, isPinned: false, width: null };
    await waitFor(() =>
      expect(saved.at(-1)).toMatchObject({ memberList: { columns: expect.arrayContaining([shown]) } }),
    );
  });

  it('are kept in views, with department, filters and order', async () => {
    const view = { name: '新人', search: 'department=5&status=notActivated', columns: [] };
    const saved: Record<string, unknown>[] = [];
    answer('get', '/me/preferences', { memberList: null, memberViews: [view], recentTargets: null });
    answerWith('patch', '/me/preferences', async ({ request }) => {
      saved.push((await request.json()) as Record<string, unknown>);
      return HttpResponse.json({ memberList: null, memberViews: [view], recentTargets: null });
    });
    const user = await open('/system/org?sort=updatedAt&order=desc');
    await user.click(await screen.findByRole('button', { name: '视图' }));
    await user.click(await screen.findByRole('menuitem', { name: '保存当前视图' }));
    await user.type(await screen.findByRole('textbox', { name: '视图名称' }), '最近更新{Enter}');
    await screen.findByText('已保存视图“最近更新”');
    expect(saved).toMatchObject([
      { memberViews: [view, { name: '最近更新', search: 'sort=updatedAt&order=desc' }] },
    ]);
    await user.click(await screen.findByRole('button', { name: '最近更新' }));
    await user.click(await screen.findByRole('menuitem', { name: '新人' }));
    await waitFor(() => expect(window.location.search).toBe('?department=5&status=notActivated'));
    await user.click(await screen.findByRole('button', { name: '新人' }));
    await user.click(await screen.findByRole('menuitem', { name: '删除视图“新人”' }));
    await waitFor(() => expect(saved.at(-1)).toMatchObject({ memberViews: [{ name: '最近更新' }] }));
  });
});

describe('members that are ticked', () => {
  const colleague = (id: string, change: object) => ({
    ...membersFixture[0],
    id,
    wecomUserId: id,
    name: `成员 ${id}`,
    ...change,
  });
  const listed = [
    colleague('a', {}),
    colleague('b', {}),
    colleague('c', { disabledBy: 'admin' }),
    colleague('d', { presence: 'left' }),
  ];
  const bar = async () => within(await screen.findByRole('region', { name: '已选成员' }));

  it('are disabled at once, after the effect was told in numbers; who is refused is named', async () => {
    answer('get', '/members', { items: listed, nextCursor: null, total: 4 });
    const sent: unknown[] = [];
    answerWith('post', '/members/access', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({
        results: [
          { wecomUserId: 'a', outcome: 'changed' },
          { wecomUserId: 'b', outcome: 'refused', code: 'access.last_admin' },
        ],
      });
    });
    const user = await open();
    await user.click(await screen.findByRole('checkbox', { name: '选择此页全部成员' }));
    await user.click((await bar()).getByRole('button', { name: '停用' }));
    const dialog = within(await screen.findByRole('dialog', { name: /停用 2 名成员/ }));
    expect(dialog.getByText(/2 名成员将不能登录本系统/)).toBeInTheDocument();
    expect(dialog.getByText('另有 1 名成员已是如此，不变。')).toBeInTheDocument();
    expect(dialog.getByText('另有 1 名成员已退出企业，不变。')).toBeInTheDocument();
    expect(sent).toEqual([]);
    await user.click(dialog.getByRole('button', { name: '停用 2 人' }));
    expect(await screen.findByText(/成员 b：\s*最后一名管理员/)).toBeInTheDocument();
    expect(sent).toEqual([{ userIds: ['a', 'b'], disabled: true }]);
    await waitFor(() => expect(screen.queryByRole('region', { name: '已选成员' })).toBeNull());
  });

  it('stay ticked from page to page, and can be exported by an auditor, who can change nothing', async () => {
    const exported: unknown[] = [];
    answerWith('post', '/exports', async ({ request }) => {
      exported.push(await request.json());
      return HttpResponse.json(exportFixture(), { status: 202 });
    });
    answerWith('get', '/members', ({ request }) => {
      const isSecond = new URL(request.url).searchParams.has('cursor');
      const items = listed.slice(isSecond ? 2 : 0, isSecond ? 4 : 2);
      return HttpResponse.json({ items, nextCursor: isSecond ? null : 'c2', total: 4 });
    });
    const employeeNo = {
      key: 'employee_no',
      nameZh: '工号',
      nameEn: 'No.',
      type: 'text',
      choices: [],
      members: null,
    };
    answer('get', '/attributes', { items: [employeeNo] });
    const user = await renderConsole('/system/org', { user: { ...adminUser, role: 'auditor' } });
    await user.click(await screen.findByRole('checkbox', { name: '选择 成员 a' }));
    expect(screen.getByRole('checkbox', { name: '选择此页全部成员' })).toBePartiallyChecked();
    await user.click(screen.getByRole('button', { name: '下一页' }));
    await user.click(await screen.findByRole('checkbox', { name: '选择 成员 c' }));
    expect((await bar()).getByText('已选 2 人')).toBeVisible();
    expect((await bar()).queryByRole('button', { name: '停用' })).toBeNull();
    await user.click((await bar()).getByRole('button', { name: '导出所选' }));
    const dialog = within(await screen.findByRole('dialog', { name: '导出成员' }));
    expect(dialog.getByRole('radio', { name: '所选成员 (2)' })).toBeChecked();
    expect(dialog.queryByRole('checkbox', { name: /不打码/ })).toBeNull();
    await user.click(dialog.getByRole('radio', { name: 'CSV' }));
    for (const name of ['别名', '主部门', '负责的部门', '直属上级账号', '职务', '邮箱'])
      await user.click(dialog.getByRole('checkbox', { name }));
    await user.click(await dialog.findByRole('checkbox', { name: '工号' }));
    await user.click(dialog.getByRole('button', { name: '开始导出' }));
    expect(await screen.findByText(/已开始导出/)).toBeInTheDocument();
    expect(exported).toEqual([
      {
        list: 'members',
        format: 'csv',
        columns: ['name', 'wecomUserId', 'departments', 'status', 'mobile'],
        attributes: ['employee_no'],
        reveal: false,
        userIds: ['a', 'c'],
      },
    ]);
    await user.click(screen.getByRole('button', { name: '未激活' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: '已选成员' })).toBeNull());
  });
});

describe('the list of members', () => {
  it('is sorted by a click on the head of a column: up, down, then as it was', async () => {
    const asked: string[] = [];
    answerWith('get', '/members', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const order = [searchParams.get('sort'), searchParams.get('order')];
      if (searchParams.get('limit') !== '1') asked.push(order.join(' '));
      return HttpResponse.json({ items: membersFixture, nextCursor: null, total: 1 });
    });
    const user = await open();
    const head = await screen.findByRole('columnheader', { name: '账号' });
    const click = () => user.click(within(head).getByRole('button'));
    expect(head).not.toHaveAttribute('aria-sort');
    await click();
    await waitFor(() => expect(head).toHaveAttribute('aria-sort', 'ascending'));
    expect(window.location.search).toBe('?sort=userId');
    await click();
    await waitFor(() => expect(head).toHaveAttribute('aria-sort', 'descending'));
    expect(window.location.search).toBe('?sort=userId&order=desc');
    await waitFor(() => expect(asked).toEqual([' ', 'userId asc', 'userId desc']));
    await click();
    await waitFor(() => expect(head).not.toHaveAttribute('aria-sort'));
    expect(window.location.search).toBe('');
  });

  it('counts who is in which state, and tells the two kinds of disabled apart', async () => {
    const totals = { present: 606, activated: 590, notActivated: 12, disabled: 4, left: 68 };
    const disabled = ['sync', 'admin'].map((disabledBy, index) => ({
      ...membersFixture[0],
      id: `d${index}`,
      status: 'disabled',
      disabledBy,
    }));
    answerWith('get', '/members', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const state = searchParams.get('status') ?? searchParams.get('presence') ?? 'present';
      const total = totals[state as keyof typeof totals];
      return HttpResponse.json({ items: disabled, nextCursor: null, total });
    });
    await open();
    const chips = within(await screen.findByRole('group', { name: '状态' }));
    await waitFor(() =>
      expect(chips.getAllByRole('button').map(({ textContent }) => textContent)).toEqual([
        '在职606',
        '已激活590',
        '未激活12',
        '已禁用4',
        '已退出68',
      ]),
    );
    await screen.findByText('本系统停用'); // the list is another answer than the numbers
    const [, inWecom, here] = screen.getAllByRole('row');
    expect(within(inWecom!).getByText('已禁用')).toHaveAttribute('title', '企业微信中已禁用');
    expect(within(here!).getByText('本系统停用')).toBeVisible();
  });

  it('is asked for first, and how many are in each state once it is there', async () => {
    const asked: string[] = [];
    let list = () => {};
    const isThere = new Promise<void>((resolve) => {
      list = resolve;
    });
    answerWith('get', '/members', async ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (searchParams.get('departmentId') === '5') {
        asked.push(searchParams.get('limit') === '1' ? 'count' : 'list');
        if (searchParams.get('limit') !== '1') await isThere;
      }
      return HttpResponse.json({ items: membersFixture, nextCursor: null, total: 1 });
    });
    const user = await open();
    await user.click(await screen.findByText('销售部', { selector: '.om-tree-name' }));
    expect(await screen.findByRole('heading', { name: '销售部' })).toBeVisible();
    expect(asked).toEqual(['list']);
    list();
    await waitFor(() => expect(asked).toEqual(['list', 'count', 'count', 'count', 'count', 'count']));
  });

  it('shows the last department of those who left', async () => {
    const left = { ...membersFixture[0], presence: 'left', departments: [], mainDepartmentId: 3 };
    const longGone = { ...left, id: 'm3', mainDepartmentId: 99 };
    answer('get', '/members', { items: [left, longGone], nextCursor: null, total: 2 });
    await open('/system/org?presence=left');
    expect(await screen.findByText('原 前端组')).toBeVisible();
    const [, , row] = screen.getAllByRole('row');
    expect(within(row!).getAllByText('—').length).toBeGreaterThan(0);
  });

  it('leads from a member to their superior and to the next one in the list', async () => {
    const names: Record<string, string> = { WangFang: '王芳', lina: '李娜', boss: '赵总' };
    const items = ['WangFang', 'lina'].map((wecomUserId) => ({
      ...membersFixture[0],
      id: wecomUserId,
      wecomUserId,
      name: names[wecomUserId],
    }));
    answer('get', '/members', { items, nextCursor: null, total: 2 });
    answerWith('get', '/members/:wecomUserId', ({ params }) => {
      const wecomUserId = String(params.wecomUserId);
      const directLeaders = wecomUserId === 'boss' ? [] : [{ wecomUserId: 'boss', name: '赵总' }];
      return HttpResponse.json(
        memberDetailFixture({ wecomUserId, name: names[wecomUserId] ?? '', directLeaders }),
      );
    });
    const user = await open('/system/org?member=WangFang');
    const drawer = within(await screen.findByRole('dialog', { name: '王芳' }));
    expect(await drawer.findByText(/项未授权$/)).toBeVisible();
    expect(await drawer.findByRole('button', { name: '上一位成员' })).toBeDisabled(); // the list is there
    await user.click(drawer.getByRole('button', { name: '下一位成员' }));
    await waitFor(() => expect(window.location.search).toBe('?member=lina'));
    await user.click(await screen.findByRole('button', { name: '赵总' }));
    await waitFor(() => expect(window.location.search).toBe('?member=boss'));
  });
});

it('the head of the list says who leads the department, whose path can be copied', async () => {
  const leaders = ['lina', 'gone'];
  answer(
    'get',
    '/departments/outline',
    outlineFixture([departmentRows[0]!, [1, 2, '研发中心', { leaders }]]),
  );
  answer('get', '/members/lina', memberDetailFixture({ wecomUserId: 'lina', name: '李娜' }));
  answerProblem('get', '/members/gone', { code: 'resource.not_found', status: 404 });
  const user = await open('/system/org?department=2');
  const head = (await screen.findByRole('heading', { name: '研发中心' })).parentElement!;
  await user.click(within(head).getByRole('button', { name: '复制“研发中心”的路径' }));
  expect(await navigator.clipboard.readText()).toBe('星河科技 / 研发中心');
  await user.click(within(head).getByRole('button', { name: '复制部门编号 2' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('2'));
  expect(head).toHaveTextContent(/共 1 人 · ID 2/);
  expect(within(head).getByText('gone')).toBeVisible(); // the app does not see them
  await user.click(await within(head).findByRole('button', { name: '李娜' }));
  expect(await screen.findByRole('dialog', { name: '李娜' })).toBeInTheDocument();
});

it('the list marks what was searched in names and userids', async () => {
  await open('/system/org?q=wang');
  const row = await screen.findByRole('row', { name: /王芳/ });
  const marks = () => [...row.querySelectorAll('mark')].map(({ textContent }) => textContent);
  await waitFor(() => expect(marks()).toEqual(['Wang']));
  expect(within(row).getByRole('button', { name: '复制账号 WangFang' })).toBeVisible();
});

it('the list shows all its columns side by side in a window of 1440 px', async () => {
  const full = { ...membersFixture[0], mobileMasked: '138****0000', emailMasked: 'w***@example.com' };
  answer('get', '/members', { items: [full], nextCursor: null, total: 1 });
  await open();
  const heads = within(await screen.findByRole('table')).getAllByRole('columnheader');
  expect(heads).toHaveLength(7);
  const widths = heads.map(({ style }) => Number.parseInt(style.width, 10));
  expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(902); // what sider and tree leave
});

describe('how fresh the directory is', () => {
  const at = '2026-11-20T08:00:07.000Z';
  const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

  it('is told by the last full sync, not by other runs since', async () => {
    const cancelled = runFixture({ status: 'cancelled' });
    answer('get', '/sync-runs', { items: [cancelled], nextCursor: null });
    answer('get', '/sync-runs/:id', cancelled);
    answer('get', '/sync-state', { lastFullSync: { runId, at }, nextSyncAt: null, differences: [] });
    await open();
    expect(await screen.findByRole('link', { name: /上次完整同步/ })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
    expect(await screen.findByText('与企业微信一致')).toBeVisible();
  });

  it('names why it may differ from WeCom, with the run that is the reason', async () => {
    const differences = [
      { kind: 'undone', runId: other, at },
      { kind: 'partial', runId, at },
    ];
    answer('get', '/sync-state', { lastFullSync: { runId, at }, nextSyncAt: at, differences });
    await open();
    expect(await screen.findByRole('link', { name: '之后撤销过同步、读取不完整' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${other}`,
    );
    expect(await screen.findByText(/^下次/)).toBeVisible();
    expect(screen.queryByText('与企业微信一致')).toBeNull();
  });

  it('is one click away from a sync or a preview', async () => {
    const modes: unknown[] = [];
    answerWith('post', '/sync-runs', async ({ request }) => {
      modes.push(await request.json());
      return HttpResponse.json(runFixture(), { status: 202 });
    });
    answer('get', '/sync-runs/:id', runFixture());
    const user = await open();
    await user.click(await screen.findByRole('button', { name: '其他同步方式' }));
    await user.click(await screen.findByRole('menuitem', { name: '预览变更' }));
    await waitFor(() => expect(modes).toEqual([{ mode: 'preview' }]));
    await user.click(screen.getByRole('button', { name: '企业微信同步' }));
    expect(await screen.findByRole('button', { name: '立即同步' })).toBeInTheDocument();
  });
});

it('starts no preview before it knows that no plan waits', async () => {
  const known = Promise.withResolvers<void>();
  answerWith('get', '/sync-runs', async ({ request }) => {
    const isWaiting = new URL(request.url).searchParams.get('status') === 'awaitingApproval';
    if (isWaiting) await known.promise;
    return HttpResponse.json({ items: isWaiting ? [heldRun] : [], nextCursor: null });
  });
  const started: unknown[] = [];
  answerWith('post', '/sync-runs', async ({ request }) => {
    started.push(await request.json());
    return HttpResponse.json(runFixture(), { status: 202 });
  });
  const user = await open();
  await user.click(await screen.findByRole('button', { name: '其他同步方式' }));
  await user.click(await screen.findByRole('menuitem', { name: '预览变更' }));
  known.resolve();
  expect(await screen.findByText('有移除待批准')).toBeInTheDocument();
  expect(started).toEqual([]);
});

describe('the menu of the org page', () => {
  it('has the focus back on its button when it closes, and so does a dialog it opens', async () => {
    const user = await open();
    const more = await screen.findByRole('button', { name: /更多/ });
    await user.click(more);
    await user.hover(await screen.findByRole('menuitem', { name: '企业微信同步' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(more).toHaveFocus());
    await user.click(more);
    await user.click(await screen.findByRole('menuitem', { name: '检查此成员' }));
    const userId = await screen.findByRole('textbox', { name: '账号或姓名' });
    await user.click(userId);
    expect(more).not.toHaveFocus();
    const dialog = within(userId.closest<HTMLElement>('[role="dialog"]')!);
    await user.click(dialog.getAllByRole('button', { name: '关闭' }).at(-1)!); // the one in words
    await waitFor(() => expect(more).toHaveFocus());
  });
});

describe('before the first sync', () => {
  it('links to the settings first', async () => {
    answer('get', '/departments/outline', outlineFixture([]));
    answer('get', '/settings/wecom', wecomSettingsFixture({ secretSet: false, syncEnabled: false }));
    await open();
    expect(await screen.findByText('先连接企业微信')).toBeVisible();
    expect(screen.getByRole('button', { name: '前往企业设置' })).toBeVisible();
    expect(screen.getByText('连接企业微信').closest('li')).toHaveAttribute('aria-current', 'step');
  });

  it('says that only the sync is left', async () => {
    answer('get', '/departments/outline', outlineFixture([]));
    await open();
    const step = (await screen.findByText('首次同步')).closest('li');
    await waitFor(() => expect(step).toHaveAttribute('aria-current', 'step'));
  });
});

describe('a sync', () => {
  it('shows its progress and refreshes tree and members when it has finished', async () => {
    let isFinished = false;
    const running = runFixture({
      status: 'reading',
      finishedAt: null,
      complete: null,
      manifest: null,
      progress: { departmentsTotal: 40, departmentsRead: 12, membersRead: 90, apiCalls: 15, work: null },
    });
    const getRun = () => (isFinished ? runFixture() : running);
    answer('get', '/departments/outline', outlineFixture([]));
    answerWith('post', '/sync-runs', () => {
      answerWith('get', '/sync-runs', () => HttpResponse.json({ items: [getRun()], nextCursor: null }));
      return HttpResponse.json(running, { status: 202 });
    });
    answerWith('get', '/sync-runs/:id', () => HttpResponse.json(getRun()));
    const user = await open();
    await startSync(user);
    expect(await screen.findByText('部门 12/40')).toBeVisible();
    expect(screen.getByText('成员 90')).toBeVisible();
    expect(screen.queryByText('已开始同步')).toBeNull(); // the strip says it
    isFinished = true;
    answer('get', '/departments/outline', outlineFixture([[0, 1, '同步后的企业']], '1:2'));
    expect(await screen.findByText('同步完成，没有变更')).toBeVisible();
    expect(await screen.findByText('同步后的企业')).toBeVisible();
  });

  it('shows the active run when another user was first', async () => {
    const running = runFixture({ status: 'planning', finishedAt: null });
    answerProblem('post', '/sync-runs', { code: 'sync.already_running', status: 409, runId });
    answer('get', '/sync-runs/:id', running);
    const user = await open();
    await startSync(user);
    expect(await screen.findByText('正在比对差异')).toBeVisible();
  });

  it('explains that syncing is switched off, with a link to the settings', async () => {
    answerProblem('post', '/sync-runs', { code: 'sync.disabled', status: 409, title: '未开启组织架构同步' });
    const user = await open();
    await startSync(user, '预览');
    expect(await screen.findByText('detail of sync.disabled')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '前往企业设置' }));
    await waitFor(() => expect(window.location.pathname).toBe('/system/enterprise/connection'));
  });

  it('keeps held removals in sight with their numbers', async () => {
    answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
    answer('get', '/sync-runs/:id', heldRun);
    await open();
    const strip = (await screen.findByText('6 名成员和 1 个部门的移除待批准')).closest('.om-message');
    expect(strip).toHaveTextContent('待批准 7资料更新 2');
    expect(strip).not.toHaveTextContent('离开');
    expect(screen.getByRole('link', { name: '查看并批准' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
  });

  it('names up to five held members and departments, and the deadline of the approval', async () => {
    const queries: string[] = [];
    const waiting = { ...heldRun, heldUntil: '2026-11-23T08:00:00.000Z' };
    answer('get', '/sync-runs', { items: [waiting], nextCursor: null });
    answer('get', '/sync-runs/:id', waiting);
    answerWith('get', '/sync-runs/:id/changes', ({ request }) => {
      queries.push(new URL(request.url).search);
      const items = ['李伟', '张敏'].map((name) => ({ ...changesFixture[1], key: name, name }));
      return HttpResponse.json({ items, nextCursor: 'more' });
    });
    await open();
    expect(await screen.findByText('李伟、张敏 等')).toBeVisible();
    expect(screen.getByText(/^请在 2026-11-23 .+ 前决定，之后作废。$/)).toBeVisible();
    expect(queries).toEqual(['?limit=5&entity=member&kind=remove&held=true']);
  });

  it('that was partial says so, since when, why, and what is not removed', async () => {
    const since = '2026-11-20T08:00:00.000Z';
    const failure = { code: '60011', message: '应用无权访问。' };
    const failed = [3, 4, 5, 6].map((id) => ({ id, ...(id === 3 && { name: '财务部' }), ...failure }));
    const run = partialRun();
    const partial = partialRun({
      manifest: { ...run.manifest!, departmentsFailed: failed, partialSince: since },
    });
    answer('get', '/sync-runs', { items: [partial], nextCursor: null });
    answer('get', '/sync-runs/:id', partial);
    await open();
    const notice = (await screen.findByText('同步完成，但读取不完整')).closest('.om-message');
    expect(notice).toHaveClass('om-message-warning');
    expect(notice).toHaveTextContent(
      '41 个部门中有 4 个未能读取。 除企业微信逐个确认已不在的成员外，本次不移除任何成员或部门。',
    );
    expect(notice).toHaveTextContent('部门「财务部」（3）：应用无权访问。部门 4：应用无权访问。');
    expect(notice).toHaveTextContent('另有 1 项');
    expect(notice).toHaveTextContent(/自 2026-11-20 .+ 起，读取一直不完整。/);
  });

  it('is not offered to an auditor', async () => {
    const user = await renderConsole('/system/org', { user: { ...adminUser, role: 'auditor' } });
    await user.click(await screen.findByRole('button', { name: /更多/ }));
    expect(await screen.findByRole('menuitem', { name: '同步记录' })).toBeInTheDocument();
    expect(screen.queryByRole('menuitem', { name: '企业微信同步' })).toBeNull();
  });
});

describe('a failed run that is later than a plan that waits', () => {
  const failed = runFixture({
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    status: 'failed',
    startedAt: '2026-11-21T08:00:00.000Z',
    error: {
      type: 'x',
      code: 'wecom.unreachable',
      status: 502,
      title: '无法连接企业微信',
      detail: '请检查网络。',
      requestId: 'run-2',
    },
  });
  const answerRuns = () => {
    answerWith('get', '/sync-runs', ({ request }) => {
      const isWaiting = new URL(request.url).searchParams.get('status') === 'awaitingApproval';
      return HttpResponse.json({ items: [isWaiting ? heldRun : failed], nextCursor: null });
    });
    answer('get', '/sync-runs/:id', failed);
  };
  const findStrip = async (text: string) =>
    within((await screen.findByText(text)).closest<HTMLElement>('.om-message')!);

  it('keeps the approval in sight, and asks before a retry replaces it', async () => {
    answerRuns();
    const started: unknown[] = [];
    answerWith('post', '/sync-runs', async ({ request }) => {
      started.push(await request.json());
      return HttpResponse.json(failed, { status: 202 });
    });
    const user = await open();
    const strip = await findStrip('同步失败：无法连接企业微信');
    expect(await screen.findByText('6 名成员和 1 个部门的移除待批准')).toBeVisible();
    expect(await screen.findByRole('link', { name: '有变更待批准' })).toBeVisible();
    expect(strip.getByRole('link', { name: '错误说明' })).toHaveAttribute(
      'href',
      '/guide/errors?lang=zh#wecom.unreachable',
    );
    await user.click(strip.getByRole('button', { name: '重试' }));
    const question = within(await screen.findByRole('dialog', { name: '重试并替换待批准的计划？' }));
    expect(await question.findByText('有移除待批准')).toBeInTheDocument();
    expect(started).toEqual([]);
    await user.click(question.getByRole('button', { name: '重试' }));
    await waitFor(() => expect(started).toEqual([{ mode: 'apply' }]));
    expect(window.location.pathname).toBe('/system/org');
  });

  it('offers an auditor to look at both, and to do neither', async () => {
    answerRuns();
    await renderConsole('/system/org', { user: { ...adminUser, role: 'auditor' } });
    const strip = await findStrip('同步失败：无法连接企业微信');
    expect(strip.getByRole('link', { name: '错误说明' })).toBeVisible();
    expect(strip.queryByRole('button', { name: '重试' })).toBeNull();
    const waiting = await findStrip('6 名成员和 1 个部门的移除待批准');
    expect(waiting.getByRole('link', { name: '查看详情' })).toBeVisible();
    expect(waiting.queryByRole('link', { name: '查看并批准' })).toBeNull();
  });
});

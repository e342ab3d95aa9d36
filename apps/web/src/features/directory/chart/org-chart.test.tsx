import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { departmentRows, memberDetailFixture, outlineFixture } from '../../../../test/fixtures.ts';
import { renderConsole } from '../../../../test/render-console.tsx';
import { answer, answerWith } from '../../../../test/server.ts';

async function open() {
  const [, ...below] = departmentRows;
  answer(
    'get',
    '/departments/outline',
    outlineFixture([[0, 1, '星河科技', { leaders: ['WangFang'] }], ...below]),
  );
  answerWith('get', '/members/:wecomUserId', () => HttpResponse.json(memberDetailFixture({ name: '王芳' })));
  const user = await renderConsole('/system/org/chart');
  return { user, tree: within(await screen.findByRole('tree', { name: '架构图' })) };
}

describe('the org chart', () => {
  it('shows each department with its members and leader, as a tree', async () => {
    const { tree } = await open();
    const root = tree.getByRole('treeitem', { name: /^星河科技/ });
    expect(root).toHaveAttribute('aria-expanded', 'true');
    expect(await within(root).findByText('王芳', { selector: ':not(.om-avatar)' })).toBeInTheDocument();
    expect(tree.getByRole('treeitem', { name: /^前端组/ })).toHaveAttribute('aria-level', '3');
    expect(screen.getByRole('link', { name: '以树和列表查看' })).toHaveAttribute('href', '/system/org');
  });

  it('is walked by arrows, and folded by Enter', async () => {
    const { user, tree } = await open();
    tree.getByRole('treeitem', { name: /^星河科技/ }).focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(tree.getByRole('treeitem', { name: /^研发中心/ })).toHaveFocus());
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(tree.getByRole('treeitem', { name: /^销售部/ })).toHaveFocus());
    await user.keyboard('{ArrowLeft}{Enter}');
    await waitFor(() => expect(tree.queryByRole('treeitem', { name: /^前端组/ })).toBeNull());
  });

  it('unfolds what is above a department that was searched for', async () => {
    const { user, tree } = await open();
    await user.click(screen.getByRole('button', { name: '全部收起' }));
    await waitFor(() => expect(tree.getAllByRole('treeitem')).toHaveLength(1));
    await user.type(screen.getByRole('textbox', { name: '查找部门' }), '前端');
    await user.click(await screen.findByRole('button', { name: '星河科技 / 研发中心 / 前端组' }));
    const item = await tree.findByRole('treeitem', { name: /^前端组/ });
    await waitFor(() => expect(item).toHaveAttribute('tabindex', '0'));
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { heldRun, overviewFixture, wecomSettingsFixture } from '../../../../test/fixtures.ts';
import { renderConsole } from '../../../../test/render-console.tsx';
import { answer, answerWith } from '../../../../test/server.ts';

const answerPeople = (present: number, departments: number) => {
  const { people } = overviewFixture();
  answer('get', '/overview', overviewFixture({ people: { ...people, present, departments } }));
};

describe('the removal guard', () => {
  it('says what it means for the members and departments that are here', async () => {
    answerPeople(1_204, 85);
    const user = await renderConsole('/system/enterprise/sync');
    const effect = '现在有 1,204 名成员、85 个部门：24 小时内离开超过 50 名成员或 4 个部门，就要批准。';
    expect(await screen.findByText(effect)).toBeVisible();
    const maxCount = screen.getByRole('spinbutton', { name: '最多移除数量' });
    await user.clear(maxCount);
    await user.type(maxCount, '70'); // says so while it is typed, before it is saved
    expect(await screen.findByText(/超过 60 名成员或 4 个部门/)).toBeVisible();
    const maxPercent = screen.getByRole('spinbutton', { name: '最多移除比例' });
    await user.clear(maxPercent);
    await user.type(maxPercent, '1');
    expect(await screen.findByText(/超过 12 名成员或 3 个部门/)).toBeVisible();
  });

  it('says that a plan that waits becomes void, once the limits differ', async () => {
    answer('get', '/sync-runs', { items: [heldRun], nextCursor: null });
    const user = await renderConsole('/system/enterprise/sync');
    const maxCount = await screen.findByRole('spinbutton', { name: '最多移除数量' });
    expect(screen.queryByText(/随之作废/)).toBeNull();
    await user.type(maxCount, '0');
    expect(await screen.findByText('保存后，这一份计划随之作废，请重新同步。')).toBeVisible();
  });

  it('invents no numbers before the first sync', async () => {
    answerPeople(0, 0);
    await renderConsole('/system/enterprise/sync');
    expect(await screen.findByText(/首次同步后，这里会按实际数量说明上限/)).toBeVisible();
  });

  it('asks before its edits are lost, with the focus on the safe answer', async () => {
    const user = await renderConsole('/system/enterprise/sync');
    const days = await screen.findByRole('spinbutton', { name: '保留天数' });
    await user.clear(days);
    await user.type(days, '30');
    await user.click(screen.getByRole('link', { name: '操作日志' }));
    const question = within(await screen.findByRole('dialog', { name: '放弃未保存的修改？' }));
    const stay = question.getByRole('button', { name: '继续编辑' });
    await waitFor(() => expect(stay).toHaveFocus());
    await user.keyboard('{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe('/system/enterprise/sync'));
    expect(days).toHaveValue('30');
  });
});

const findSaveBar = async () => within(await screen.findByRole('region', { name: '未保存的修改' }));

it('saves the removal guard once it differs', async () => {
  const bodies: unknown[] = [];
  answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
    bodies.push(await request.json());
    return HttpResponse.json(
      wecomSettingsFixture({ removalGuard: { maxCount: 20, maxPercent: 5, windowHours: 24 } }),
    );
  });
  answerPeople(1_000, 50);
  const user = await renderConsole('/system/enterprise/sync');
  const guard = within(await screen.findByRole('article', { name: '移除保护' }));
  const maxCount = guard.getByLabelText('最多移除数量');
  expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
  await user.clear(maxCount);
  await user.type(maxCount, '20');
  expect(await guard.findByText(/超过 20 名成员或 3 个部门/)).toBeVisible();
  await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
  await waitFor(() => expect(bodies).toEqual([{ removalGuard: { maxCount: 20 } }]));
});

it.each([
  ['最多移除数量', '-5', '请填写 0 至 1,000,000'],
  ['最多移除比例', '150', '请填写 0 至 100'],
  ['统计时段', '0', '请填写 1 至 720'],
])('objects to %s of %s instead of saving another number', async (label, typed, objection) => {
  const bodies: unknown[] = [];
  answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
    bodies.push(await request.json());
    return HttpResponse.json(wecomSettingsFixture());
  });
  const user = await renderConsole('/system/enterprise/sync');
  const guard = within(await screen.findByRole('article', { name: '移除保护' }));
  await user.clear(guard.getByLabelText(label));
  await user.type(guard.getByLabelText(label), typed);
  await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
  expect((await guard.findAllByText(objection)).length).toBeGreaterThan(0);
  expect(guard.getByLabelText(label)).toHaveValue(typed);
  expect(guard.queryByText(/就要批准/)).toBeNull();
  expect(bodies).toEqual([]);
});

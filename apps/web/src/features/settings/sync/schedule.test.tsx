import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { chooseOption } from '../../../../test/choose-option.ts';
import { adminUser, wecomSettingsFixture } from '../../../../test/fixtures.ts';
import { renderConsole } from '../../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../../test/server.ts';

const findSaveBar = async () => within(await screen.findByRole('region', { name: '未保存的修改' }));
const findCard = async (name: string) => within(await screen.findByRole('article', { name }));

/** Collects what is sent to the sync settings and answers with these. */
function collectSaves(settings = wecomSettingsFixture()) {
  const bodies: unknown[] = [];
  answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
    bodies.push(await request.json());
    answer('get', '/settings/wecom', settings);
    return HttpResponse.json(settings);
  });
  return bodies;
}

const ipRefused = {
  type: 'x',
  code: 'wecom.refused' as const,
  status: 502,
  title: '企业微信拒绝了请求',
  detail: '本服务器的 IP 不可信。',
  requestId: 'run-7',
};

describe('the schedule', () => {
  it('saves chosen weekdays in order, a time and the time zone', async () => {
    const bodies = collectSaves();
    const user = await renderConsole('/system/enterprise/sync');
    const card = await findCard('自动同步');
    expect(card.getByText('自动同步已关闭，没有计划中的同步。')).toBeVisible();
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
    await chooseOption(user, await card.findByRole('combobox', { name: '时间安排' }), '每周');
    for (const day of ['周二', '周四', '周五', '周一', '周日'])
      await user.click(await card.findByRole('button', { name: day }));
    await user.clear(await card.findByLabelText('时刻'));
    await user.type(card.getByLabelText('时刻'), '03:30');
    await chooseOption(user, await card.findByRole('combobox', { name: '企业时区' }), 'Europe/Berlin');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    await waitFor(() =>
      expect(bodies).toEqual([
        { schedule: { kind: 'weekdays', at: '03:30', weekdays: [3, 7] }, timeZone: 'Europe/Berlin' },
      ]),
    );
  });

  it('asks for at least one weekday before anything is sent', async () => {
    const bodies = collectSaves();
    const user = await renderConsole('/system/enterprise/sync');
    const card = await findCard('自动同步');
    await chooseOption(user, await card.findByRole('combobox', { name: '时间安排' }), '每周');
    for (const day of ['周一', '周二', '周三', '周四', '周五'])
      await user.click(await card.findByRole('button', { name: day }));
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    expect(await card.findByText('请至少选择一天')).toBeInTheDocument();
    expect(bodies).toEqual([]);
  });

  it("puts the server's objection beside its field", async () => {
    answerProblem('patch', '/settings/wecom/sync', {
      code: 'request.invalid',
      status: 400,
      errors: [{ path: 'schedule.hours', message: '间隔太长' }],
    });
    const user = await renderConsole('/system/enterprise/sync');
    const card = await findCard('自动同步');
    await chooseOption(user, await card.findByRole('combobox', { name: '时间安排' }), '每隔几小时');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    expect(await card.findByText('间隔太长')).toBeInTheDocument();
    await waitFor(() => expect(card.getByLabelText('间隔')).toHaveFocus());
  });

  it('lists the next starts in the time of the corp and of the browser', async () => {
    answer(
      'get',
      '/settings/wecom',
      wecomSettingsFixture({
        schedule: { kind: 'daily', at: '02:00' },
        timeZone: 'America/New_York',
        scheduleState: { nextRunsAt: ['2026-11-24T07:00:00.000Z'], paused: null, backOff: null },
      }),
    );
    await renderConsole('/system/enterprise/sync');
    const table = within(await screen.findByRole('table', { name: '接下来的同步' }));
    expect(table.getByRole('columnheader', { name: '企业时间（America/New_York）' })).toBeVisible();
    expect(table.getAllByRole('cell')[0]).toHaveTextContent('2026-11-24 周二 02:00');
  });

  it('says why it is paused and can be resumed', async () => {
    const paused = { since: '2026-11-20T08:00:00.000Z', error: ipRefused };
    answer(
      'get',
      '/settings/wecom',
      wecomSettingsFixture({
        schedule: { kind: 'everyHours', hours: 4 },
        scheduleState: { nextRunsAt: [], paused, backOff: null },
      }),
    );
    const bodies = collectSaves(wecomSettingsFixture({ schedule: { kind: 'everyHours', hours: 4 } }));
    const user = await renderConsole('/system/enterprise/sync');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('自动同步已暂停：企业微信拒绝了请求');
    expect(alert).toHaveTextContent('本服务器的 IP 不可信。');
    expect(alert).toHaveTextContent(/自 2026-11-20 .+ 起暂停/);
    await user.click(within(alert).getByRole('button', { name: '继续' }));
    await waitFor(() => expect(screen.queryByText(/自动同步已暂停/)).toBeNull());
    expect(bodies).toEqual([{ resume: true }]);
  });

  it('says until when it is put off, and after how many failures', async () => {
    const backOff = { until: '2026-11-20T09:00:00.000Z', failures: 3, error: ipRefused };
    answer(
      'get',
      '/settings/wecom',
      wecomSettingsFixture({
        schedule: { kind: 'everyHours', hours: 4 },
        scheduleState: { nextRunsAt: [], paused: null, backOff },
      }),
    );
    await renderConsole('/system/enterprise/sync');
    expect(await screen.findByText(/自动同步连续失败 3 次，推迟到 2026-11-20 .+ 再试/)).toBeVisible();
  });

  it('shows an auditor the schedule without the means to change it', async () => {
    await renderConsole('/system/enterprise/sync', { user: { ...adminUser, role: 'auditor' } });
    const card = await findCard('自动同步');
    expect(await card.findByRole('combobox', { name: '时间安排' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: '保存' })).toBeNull();
  });
});

describe('the retention', () => {
  it('warns that fewer days erase, and saves', async () => {
    const bodies = collectSaves(wecomSettingsFixture({ retentionDays: 30 }));
    const user = await renderConsole('/system/enterprise/sync');
    const card = await findCard('离职成员资料保留');
    const days = card.getByLabelText('保留天数');
    await user.clear(days);
    await user.type(days, '30');
    expect(await card.findByText(/清除后不能恢复/)).toBeVisible();
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    await waitFor(() => expect(bodies).toEqual([{ retentionDays: 30 }]));
  });

  it('objects to a number of days that is out of range instead of saving another', async () => {
    const bodies = collectSaves(wecomSettingsFixture());
    const user = await renderConsole('/system/enterprise/sync');
    const card = await findCard('离职成员资料保留');
    await user.clear(card.getByLabelText('保留天数'));
    await user.type(card.getByLabelText('保留天数'), '0');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    expect((await card.findAllByText('请填写 1 至 3650 的整数')).length).toBeGreaterThan(0);
    expect(card.getByLabelText('保留天数')).toHaveValue('0');
    expect(bodies).toEqual([]);
  });
});

describe('the one save bar of the part', () => {
  const settings = wecomSettingsFixture({ schedule: { kind: 'daily', at: '02:00' }, retentionDays: 180 });
  const replace = async (user: Awaited<ReturnType<typeof renderConsole>>, name: string, text: string) => {
    const field = await screen.findByRole('spinbutton', { name });
    await user.clear(field);
    await user.type(field, text);
  };

  it('counts what is not saved in all cards, and sends it in one request', async () => {
    answer('get', '/settings/wecom', settings);
    const bodies = collectSaves({ ...settings, retentionDays: 365, schedule: { kind: 'off' } });
    const user = await renderConsole('/system/enterprise/sync');
    await replace(user, '保留天数', '365');
    const status = (await findSaveBar()).getByRole('status');
    await waitFor(() => expect(status).toHaveTextContent('1 项未保存的修改'));
    await replace(user, '最多移除比例', '8');
    await chooseOption(user, await screen.findByRole('combobox', { name: '时间安排' }), '关闭');
    await waitFor(() => expect(status).toHaveTextContent('3 项未保存的修改'));
    await user.type(screen.getByRole('spinbutton', { name: '保留天数' }), '{Enter}');
    expect(await screen.findByText('已保存')).toBeInTheDocument();
    expect(bodies).toEqual([
      { schedule: { kind: 'off' }, removalGuard: { maxPercent: 8 }, retentionDays: 365 },
    ]);
  });

  it('goes back to what is saved, and away', async () => {
    answer('get', '/settings/wecom', settings);
    const user = await renderConsole('/system/enterprise/sync');
    await replace(user, '保留天数', '0');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    expect((await screen.findAllByText('请填写 1 至 3650 的整数')).length).toBeGreaterThan(0);
    await user.click((await findSaveBar()).getByRole('button', { name: '放弃' }));
    await waitFor(() => expect(screen.getByRole('spinbutton', { name: '保留天数' })).toHaveValue('180'));
    await waitFor(() => expect(screen.queryByRole('region', { name: '未保存的修改' })).toBeNull());
    await waitFor(() => expect(screen.queryByText('请填写 1 至 3650 的整数')).toBeNull());
  });

  it('keeps what is typed while another admin saves other fields', async () => {
    const paused = { since: '2026-11-20T08:00:00.000Z', error: ipRefused };
    const stopped = { ...settings, scheduleState: { nextRunsAt: [], paused, backOff: null } };
    answer('get', '/settings/wecom', stopped);
    const theirs = { ...settings, removalGuard: { maxCount: 50, maxPercent: 9, windowHours: 24 } };
    const bodies = collectSaves(theirs);
    const user = await renderConsole('/system/enterprise/sync');
    await replace(user, '保留天数', '365');
    await user.click(screen.getByRole('button', { name: '继续' })); // answers with what they saved
    await waitFor(() => expect(screen.getByRole('spinbutton', { name: '最多移除比例' })).toHaveValue('9'));
    expect(screen.getByRole('spinbutton', { name: '保留天数' })).toHaveValue('365');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    await waitFor(() => expect(bodies).toEqual([{ resume: true }, { retentionDays: 365 }]));
  });

  it('says in the bar what went wrong, and keeps what was typed', async () => {
    answer('get', '/settings/wecom', settings);
    answerProblem('patch', '/settings/wecom/sync', { code: 'settings.incomplete', status: 409 });
    const user = await renderConsole('/system/enterprise/sync');
    await replace(user, '保留天数', '365');
    await user.click((await findSaveBar()).getByRole('button', { name: '保存' }));
    expect(await (await findSaveBar()).findByRole('alert')).toBeVisible();
    expect(screen.getByRole('spinbutton', { name: '保留天数' })).toHaveValue('365');
  });
});

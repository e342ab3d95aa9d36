import type { Overview } from '@orgmirror/contracts';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { adminUser, overviewFixture, runId } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem } from '../../../test/server.ts';

const at = '2026-11-26T08:00:00.000Z';
const open = (change: Partial<Overview> = {}, options: Parameters<typeof renderConsole>[1] = {}) => {
  answer('get', '/overview', overviewFixture(change));
  return renderConsole('/', options);
};

describe('the overview', () => {
  it('answers in one line that all is well, for an auditor too', async () => {
    await open({}, { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByRole('heading', { level: 2, name: '一切正常' })).toBeVisible();
    expect(screen.getByText('没有等待决定的变更。')).toBeVisible();
    expect(screen.getByText('3 处')).toBeVisible();
    expect(screen.getByRole('link', { name: /^606 在册成员/ })).toHaveAttribute('href', '/system/org');
    expect(screen.getByRole('link', { name: '前端组' })).toHaveAttribute('href', '/system/org?department=3');
    expect(screen.getByRole('link', { name: '总览' })).toHaveAttribute('aria-current', 'page');
  });

  it('shows how fresh it is, what WeCom lets it do, who signed in, and what runs', async () => {
    const right = { state: 'failing' as const, since: at, lastUsedAt: null };
    await open({
      rights: [{ id: 'appEvents', ...right }],
      signIns: [{ id: 's1', at, actor: null, way: 'local', result: 'failed', ip: null }],
    });
    const lastSync = (await screen.findByText('上次完整同步')).nextElementSibling;
    expect(lastSync?.querySelector('a')).toHaveAttribute('href', `/system/sync-runs/${runId}`);
    expect(screen.getByText('下次同步').nextElementSibling?.querySelector('time')).toBeVisible();
    expect(screen.getByRole('link', { name: '未激活 12' })).toHaveAttribute(
      'href',
      '/system/org?status=notActivated',
    );
    const rights = within(screen.getByRole('region', { name: '企业微信授予的权限' }));
    expect(rights.getByRole('listitem')).toHaveTextContent(/^应用接收事件异常最近成功 从未 · 设置于 ./);
    const signIns = within(screen.getByRole('region', { name: '最近登录' }));
    expect(signIns.getByRole('row', { name: /^未知账号 账号 被拒/ })).toBeVisible();
    expect(screen.getByText(/Postgres 18\.4/)).toBeVisible();
  });

  it('leads from each thing that needs a person to where it is mended', async () => {
    const facts = { detail: null, runId: null, count: null, at: null };
    await open({
      verdict: 'needsPerson',
      concerns: [
        { ...facts, code: 'callsFail', severity: 'error', detail: '此服务器的 IP 不在名单中' },
        { ...facts, code: 'held', severity: 'warning', runId, count: 67, at },
        { ...facts, code: 'eventsFailed', severity: 'warning', count: 2 },
        { ...facts, code: 'anomalies', severity: 'info', runId, count: 5 },
      ],
      decisions: [
        {
          runId,
          mode: 'apply',
          held: { departments: 0, members: 67 },
          subjects: 184,
          startedBy: null,
          waitingSince: at,
          heldUntil: at,
        },
      ],
    });
    expect(await screen.findByRole('heading', { name: '有 3 件事需要处理' })).toBeVisible();
    expect(screen.getByText('此服务器的 IP 不在名单中')).toBeVisible();
    const hrefOf = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(hrefOf('查看原因与处理办法')).toBe('/system/enterprise/connection');
    expect(hrefOf('查看事件')).toBe('/system/events?status=failed');
    expect(hrefOf('查看异常')).toBe(`/system/sync-runs/${runId}`);
    const decisions = within(screen.getByRole('region', { name: '等待决定' }));
    expect(decisions.getByText('67 项移除待批准')).toBeVisible();
    expect(decisions.getByRole('link', { name: '查看并决定' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
  });

  it('has a table with the numbers behind each chart', async () => {
    const user = await open();
    const changes = within(await screen.findByRole('region', { name: '最近 30 天的变更' }));
    expect(changes.getByRole('img', { name: '最近 30 天共 5 项变更，最多一天 5 项' })).toBeVisible();
    await user.click(changes.getByText('查看数据表'));
    expect(changes.getByRole('row', { name: '2026-11-26 3 0 2 0 0' })).toBeVisible();
    const turnover = within(screen.getByRole('region', { name: '每周加入与离开' }));
    expect(turnover.getByRole('img', { name: '最近 12 周共加入 3 人、离开 4 人' })).toBeVisible();
  });

  it('teaches where there is nothing to draw, and where to begin before the set-up', async () => {
    const facts = { detail: null, runId: null, count: null, at: null };
    await open({
      verdict: 'notSetUp',
      concerns: [{ ...facts, code: 'notConfigured', severity: 'warning' }],
    });
    expect(await screen.findByRole('heading', { name: '还没有组织架构' })).toBeVisible();
    expect(screen.getByRole('link', { name: '前往企业设置' })).toHaveAttribute('href', '/system/enterprise');
    expect(screen.getByText(/^连接企业微信并完成首次同步后/)).toBeVisible();
    const way = within(await screen.findByRole('list', { name: '首次使用的步骤' }));
    expect(way.getAllByRole('listitem')).toHaveLength(3);
    expect(screen.queryByRole('region', { name: '人员' })).toBeNull();
  });

  it('says that nothing changed instead of drawing an empty chart', async () => {
    await open({ activity: { timeZone: 'Asia/Shanghai', days: [], weeks: [] } });
    expect(await screen.findByText('最近 30 天没有变更。首次同步不计入。')).toBeVisible();
    expect(screen.queryByRole('img', { name: /最近/ })).toBeNull();
  });

  it('shows an error with the request id', async () => {
    answerProblem('get', '/overview', { code: 'server.unexpected', status: 500 });
    await renderConsole('/');
    expect(await screen.findByText(/req-42/)).toBeVisible();
  });
});

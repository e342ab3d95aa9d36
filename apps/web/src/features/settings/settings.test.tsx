import type { WecomSettings } from '@orgmirror/contracts';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import {
  adminUser,
  egressIpRefusedTest,
  passedTest,
  runId,
  wecomSettingsFixture,
} from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';

const drawerPath = '/system/enterprise/connection?drawer=wecom';
const unset = { corpId: null, agentId: null, secretSet: false, secretUpdatedAt: null, syncEnabled: false };
const findDrawer = () => screen.findByRole('dialog', { name: '企业微信配置' });

describe('the WeCom card', () => {
  it('keeps the sync switch off limits, with the reason, until the connection is configured', async () => {
    answer('get', '/settings/wecom', wecomSettingsFixture(unset));
    await renderConsole('/system/enterprise/connection');
    expect(await screen.findByText('未配置')).toBeVisible();
    expect(screen.getByRole('switch', { name: '同步组织架构' })).toBeDisabled();
    expect(screen.getByText('请先点击“配置”填写企业 ID、应用 ID 和应用密钥')).toBeVisible();
  });

  it('says 未验证 for a connection that no test has tried', async () => {
    await renderConsole('/system/enterprise/connection');
    expect(await screen.findByText('未验证')).toBeVisible();
  });

  it('shows an auditor everything but the buttons that change things', async () => {
    await renderConsole('/system/enterprise/connection', { user: { ...adminUser, role: 'auditor' } });
    expect(await screen.findByText('未验证')).toBeVisible();
    expect(screen.queryByRole('button', { name: '配置' })).toBeNull();
    expect(screen.getByRole('switch', { name: '同步组织架构' })).toBeDisabled();
  });

  it('asks before the sync is switched off', async () => {
    const bodies: unknown[] = [];
    answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(wecomSettingsFixture({ syncEnabled: false }));
    });
    const user = await renderConsole('/system/enterprise/connection');
    await user.click(await screen.findByRole('switch', { name: '同步组织架构' }));
    expect(bodies).toEqual([]);
    expect(await screen.findByText(/已有的 606 名成员和 111 个部门保持不变/)).toBeInTheDocument();
    await user.click(await screen.findByRole('button', { name: '关闭同步' }));
    await waitFor(() => expect(bodies).toEqual([{ enabled: false }]));
  });
});

describe('the state of the connection', () => {
  const tested = { ...egressIpRefusedTest, at: '2026-11-20T08:00:00.000Z' };
  const open = (connection: WecomSettings['connection'], lastTest: WecomSettings['lastTest'] = tested) => {
    answer('get', '/settings/wecom', wecomSettingsFixture({ lastTest, connection }));
    return renderConsole('/system/enterprise/connection');
  };
  const ofTest = { at: tested.at, by: 'test', runId: null } as const;
  const later = { at: '2026-11-20T09:00:00.000Z', by: 'sync', runId } as const;
  const refusal = { title: '企业微信拒绝了本服务器的 IP', detail: '请添加到企业可信 IP', errcode: 60020 };

  it('is connected again once a sync went through after a failed test', async () => {
    await open({ lastFailure: { ...ofTest, ...refusal }, lastSuccess: later });
    expect(await screen.findByText('成功')).toBeVisible();
    expect(screen.queryByRole('region', { name: '连接检查' })).toBeNull();
    expect(screen.getByRole('link', { name: '同步' })).toHaveAttribute('href', `/system/sync-runs/${runId}`);
    expect(await screen.findByText('配置已完成')).toBeVisible();
  });

  it('is a card of facts: the corp, the app and its scope, the address, the last calls', async () => {
    const failure = { ...later, ...refusal, egressIp: '203.0.113.9' };
    await open({ lastSuccess: ofTest, lastFailure: failure }, { ...passedTest, at: tested.at });
    const read = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling;
    await screen.findByText('最近失败', { selector: 'dt' });
    const { corpId, agentId } = wecomSettingsFixture();
    expect(read('企业 ID')).toHaveTextContent(String(corpId));
    expect(read('应用')).toHaveTextContent(`${passedTest.agent?.name} ${agentId}`);
    expect(read('可见范围')).toHaveTextContent(`${passedTest.agent?.visibleDepartmentIds.length} 个部门`);
    expect(read('本服务器的出口 IP')).toHaveTextContent('203.0.113.9');
    expect(read('最近成功')).toHaveTextContent('测试连接');
    expect(read('最近失败')).toHaveTextContent('同步');
    expect(read('接收事件')).toHaveTextContent('未设置');
  });

  it('says whether events arrive, and when the latest came, with the way to their settings', async () => {
    const { callback } = wecomSettingsFixture();
    const contacts = { ...callback.contacts, configured: true, verifiedAt: tested.at, lastEventAt: later.at };
    answer('get', '/settings/wecom', wecomSettingsFixture({ callback: { ...callback, contacts } }));
    await renderConsole('/system/enterprise/connection');
    const link = await screen.findByRole('link', { name: '已通过验证' });
    expect(link).toHaveAttribute('href', '/system/enterprise/events');
    expect(link.parentElement).toHaveTextContent(/已通过验证 · \d/);
  });

  it('has failed once a sync did after a passed test, and says why', async () => {
    const failure = { ...later, ...refusal, egressIp: '203.0.113.9' };
    await open({ lastSuccess: ofTest, lastFailure: failure }, { ...passedTest, at: tested.at });
    expect(await screen.findByText('失败')).toBeVisible();
    const notice = within(screen.getByRole('alert'));
    expect(notice.getByText('最近一次同步失败：企业微信拒绝了本服务器的 IP')).toBeVisible();
    expect(notice.getByRole('link', { name: '查看详情' })).toHaveAttribute(
      'href',
      `/system/sync-runs/${runId}`,
    );
    expect(notice.getByText('203.0.113.9')).toBeVisible();
    expect(await screen.findByText('已完成 5/6')).toBeVisible();
  });
});

describe('the set-up', () => {
  const findStep = async (name: RegExp) => screen.findByRole('button', { name });
  const steps = [
    /^创建自建应用/,
    /设置应用可见范围/,
    /复制三个值/,
    /设置可信域名/,
    /添加企业可信 IP/,
    /打开“同步组织架构”/,
  ];

  it('opens one step at a time and leads to the values', async () => {
    answer('get', '/settings/wecom', wecomSettingsFixture(unset));
    const user = await renderConsole('/system/enterprise/connection');
    const [first, second, third] = await Promise.all(steps.map(findStep));
    expect(first).toHaveAttribute('aria-expanded', 'true');
    const next = async () =>
      user.click(screen.getAllByRole('button', { name: '下一步' }).at(0) as HTMLElement);
    await next();
    expect(first).toHaveAttribute('aria-expanded', 'false');
    expect(second).toHaveAttribute('aria-expanded', 'true');
    await next();
    expect(third).toHaveAttribute('aria-expanded', 'true');
    await user.click(screen.getByRole('button', { name: '填写三个值' }));
    expect(await findDrawer()).toBeVisible();
  });

  it('shows the address to trust where it is to be entered, and goes on once the test passes', async () => {
    const at = '2026-11-20T08:00:00.000Z';
    answer(
      'get',
      '/settings/wecom',
      wecomSettingsFixture({
        syncEnabled: false,
        lastTest: { ...egressIpRefusedTest, at },
        connection: {
          lastSuccess: null,
          lastFailure: {
            at,
            by: 'test',
            runId: null,
            title: 'x',
            detail: 'x',
            errcode: 60020,
            egressIp: '203.0.113.7',
          },
        },
      }),
    );
    answerWith('post', '/settings/wecom/test', () => {
      answer(
        'get',
        '/settings/wecom',
        wecomSettingsFixture({
          syncEnabled: false,
          lastTest: { ...passedTest, at },
          connection: { lastSuccess: { at, by: 'test', runId: null }, lastFailure: null },
        }),
      );
      return HttpResponse.json(passedTest);
    });
    const user = await renderConsole('/system/enterprise/connection');
    expect(await findStep(/添加企业可信 IP/)).toHaveAttribute('aria-expanded', 'true');
    await user.click(screen.getByRole('button', { name: '测试并继续' }));
    await waitFor(async () =>
      expect(await findStep(/打开“同步组织架构”/)).toHaveAttribute('aria-expanded', 'true'),
    );
    answerWith('patch', '/settings/wecom/sync', async ({ request }) => {
      expect(await request.json()).toEqual({ enabled: true });
      return HttpResponse.json(wecomSettingsFixture({ syncEnabled: true, lastTest: { ...passedTest, at } }));
    });
    await user.click(screen.getByRole('button', { name: '打开同步' }));
    // Complete: one line, which can be opened again.
    await user.click(await screen.findByRole('button', { name: '重新查看步骤' }));
    expect(await findStep(/创建自建应用/)).toHaveAttribute('aria-expanded', 'false');
    await user.click(screen.getByRole('button', { name: '收起' }));
    expect(screen.queryByRole('button', { name: /创建自建应用/ })).toBeNull();
  });
});

describe('the parts', () => {
  const addressOf = () => window.location.pathname + window.location.search;

  it('have addresses of their own, one click apart', async () => {
    const user = await renderConsole('/system/enterprise');
    const nav = within(await screen.findByRole('navigation', { name: '企业设置' }));
    expect(nav.getAllByRole('link').map(({ textContent }) => textContent)).toEqual([
      '连接',
      '同步与保护',
      '事件',
      '认证设置',
      '通知',
    ]);
    expect(nav.getByRole('link', { current: 'page' })).toHaveTextContent('连接');
    await user.click(nav.getByRole('link', { name: '事件' }));
    expect(await screen.findByRole('article', { name: '接收事件' })).toBeVisible();
    expect(addressOf()).toBe('/system/enterprise/events');
  });

  it.each([
    ['', 'connection'],
    ['?drawer=wecom', 'connection?drawer=wecom'],
    ['?tab=integrations', 'connection'],
    ['?tab=authentication&auth=new', 'sign-in?auth=new'],
    ['?tab=notices', 'notifications'],
    ['/nowhere', 'connection'],
  ])('are found under the address they once had: %s', async (old, address) => {
    answer('get', '/settings/auth-providers', { items: [], nextCursor: null });
    await renderConsole(`/system/enterprise${old}`);
    await waitFor(() => expect(addressOf()).toBe(`/system/enterprise/${address}`));
  });
});

describe('the WeCom drawer', () => {
  it('never shows the saved secret, only when it was set', async () => {
    await renderConsole(drawerPath);
    const secret = within(await findDrawer()).getByLabelText('应用密钥');
    expect(secret).toHaveValue('');
    expect(secret.getAttribute('placeholder')).toMatch(/^已设置于 2026-11-01 .+，留空则不修改$/);
  });

  it('names each check and shows the refused IP with what to do', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/settings/wecom/test', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(egressIpRefusedTest);
    });
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.click(drawer.getByRole('button', { name: '测试连接' }));
    expect(await drawer.findByText('203.0.113.7')).toBeVisible();
    expect(drawer.getByText('添加到企业可信 IP')).toBeVisible();
    expect(drawer.getAllByText('已跳过')).toHaveLength(2);
    expect(drawer.getByRole('button', { name: '复制 IP' })).toBeVisible();
    expect(drawer.getByRole('link', { name: /60020/ })).toHaveAttribute(
      'href',
      'https://open.work.weixin.qq.com/devtool/query?e=60020',
    );
    // The saved secret is tried when none is typed.
    expect(bodies).toEqual([{ corpId: 'ww1a2b3c4d5e6f7a8b', agentId: '1000002' }]);
    await user.click(drawer.getByRole('button', { name: '1 分钟后重试' }));
    const retry = await drawer.findByRole('button', { name: /^\d+ 秒后重试$/ });
    expect(retry).toBeDisabled();
    const seconds = Number.parseInt(retry.textContent, 10);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(seconds).toBeGreaterThan(30);
  });

  it('names no IP to trust when something else was refused', async () => {
    const [, refused, ...others] = egressIpRefusedTest.checks;
    const wrongSecret = { ...refused, id: 'credentials', errcode: 40001, message: '密钥不正确' };
    answer('post', '/settings/wecom/test', { ...egressIpRefusedTest, checks: [wrongSecret, ...others] });
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.click(drawer.getByRole('button', { name: '测试连接' }));
    expect(await drawer.findByText('密钥不正确')).toBeVisible();
    expect(drawer.queryByText('203.0.113.7')).toBeNull();
    expect(drawer.queryByRole('button', { name: '1 分钟后重试' })).toBeNull();
  });

  it('explains the fields that WeCom did not return', async () => {
    answer('post', '/settings/wecom/test', passedTest);
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.click(drawer.getByRole('button', { name: '测试连接' }));
    expect(await drawer.findByText(/手机 · 头像/)).toBeVisible();
    expect(drawer.getByText(/不再向新建的应用提供/)).toBeVisible();
  });

  it('saves with the version it was filled from, keeps the secret, then tests', async () => {
    const bodies: unknown[] = [];
    answerWith('put', '/settings/wecom', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(wecomSettingsFixture({ version: 4 }));
    });
    answerWith('post', '/settings/wecom/test', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(passedTest);
    });
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.click(drawer.getByRole('button', { name: '确认' }));
    expect(await screen.findByText('已保存，连接成功')).toBeInTheDocument();
    expect(bodies).toEqual([{ corpId: 'ww1a2b3c4d5e6f7a8b', agentId: '1000002', version: 3 }, {}]);
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('offers newer settings of another admin instead of overwriting them', async () => {
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    answerProblem('put', '/settings/wecom', { code: 'settings.version_conflict', status: 409 });
    answer('get', '/settings/wecom', wecomSettingsFixture({ agentId: 1000077, version: 9 }));
    await user.click(drawer.getByRole('button', { name: '确认' }));
    await user.click(await screen.findByRole('button', { name: '载入最新设置' }));
    await waitFor(() => expect(drawer.getByLabelText('应用 ID')).toHaveValue('1000077'));
  });

  it('confirms another corp by its effect before it is saved', async () => {
    const bodies: unknown[] = [];
    answerWith('put', '/settings/wecom', async ({ request }) => {
      const body = (await request.json()) as { confirmCorpChange?: boolean };
      bodies.push(body.confirmCorpChange);
      return body.confirmCorpChange
        ? HttpResponse.json(wecomSettingsFixture({ corpId: 'wwother', version: 4 }))
        : HttpResponse.json(
            {
              type: 'x',
              code: 'settings.corp_changed',
              title: '企业 ID 已改变',
              status: 409,
              detail: 'x',
              requestId: 'r',
            },
            { status: 409 },
          );
    });
    answer('post', '/settings/wecom/test', passedTest);
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    const corpId = drawer.getByLabelText('企业 ID');
    await user.clear(corpId);
    await user.type(corpId, 'wwother');
    await user.click(drawer.getByRole('button', { name: '确认' }));
    expect(
      await screen.findByText(/企业 wwother 的组织架构；原企业的 606 名成员和 111 个部门/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '确认更换' }));
    await waitFor(() => expect(bodies).toEqual([undefined, true]));
    expect(await screen.findByText('已保存，连接成功')).toBeInTheDocument();
  });

  it("puts the server's objection beside its field", async () => {
    answerProblem('put', '/settings/wecom', {
      code: 'request.invalid',
      status: 400,
      errors: [{ path: 'agentId', message: '应用 ID 太大' }],
    });
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.click(drawer.getByRole('button', { name: '确认' }));
    expect(await drawer.findByText('应用 ID 太大')).toBeInTheDocument();
    await waitFor(() => expect(drawer.getByLabelText('应用 ID')).toHaveFocus());
  });

  it('asks before typed values are discarded, and keeps them on request', async () => {
    const user = await renderConsole(drawerPath);
    const drawer = within(await findDrawer());
    await user.type(drawer.getByLabelText('应用密钥'), 'new-secret');
    await user.click(drawer.getByRole('button', { name: '取消' }));
    await user.click(await screen.findByRole('button', { name: '继续编辑' }));
    expect(window.location.search).toBe('?drawer=wecom');
    expect(drawer.getByLabelText('应用密钥')).toHaveValue('new-secret');
  });
});

it.each([
  [-4, '与企业微信的时钟一致。'],
  [95, '本服务器的时钟比企业微信快 95 秒。'],
  [-61, '本服务器的时钟比企业微信慢 61 秒。'],
])('says whether the clock is right: %i s ahead', async (clockAheadSeconds, sentence) => {
  answerWith('post', '/settings/wecom/test', () => HttpResponse.json({ ...passedTest, clockAheadSeconds }));
  const user = await renderConsole(drawerPath);
  const drawer = within(await findDrawer());
  await user.click(drawer.getByRole('button', { name: '测试连接' }));
  expect(await drawer.findByText(sentence)).toBeVisible();
  const isWrong = Math.abs(clockAheadSeconds) > 30;
  expect(drawer.queryAllByText(/NTP/)).toHaveLength(isWrong ? 1 : 0);
});

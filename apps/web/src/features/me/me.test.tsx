import { screen, waitFor, within } from '@testing-library/react';
import type { TFunction } from 'i18next';
import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminUser, meFixture, sessionFixture, wangFang } from '../../../test/fixtures.ts';
import { renderConsole } from '../../../test/render-console.tsx';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';
import { describeDevice } from './describe-device.ts';

const here = sessionFixture({ id: '0f8fad5b-d9cb-469f-a165-70867728950e', current: true });
const elsewhere = sessionFixture({
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36',
});

beforeEach(() => {
  answer('get', '/me', meFixture());
  answer('get', '/me/sessions', { items: [here, elsewhere], nextCursor: null });
});
afterEach(() => void vi.restoreAllMocks());

const open = (user = wangFang) => renderConsole('/me', { user });
const openInWecom = () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(here.userAgent ?? '');
  return open();
};
const findCard = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the own profile', () => {
  it('shows departments with their path and badges, leaders, and unavailable values', async () => {
    await open();
    expect(await screen.findByText('星河科技 / 研发中心 / 前端组', { exact: false })).toBeVisible();
    expect(screen.getByText('主部门', { selector: '.om-tag' })).toBeVisible();
    expect(screen.getByText('李娜')).toBeVisible();
    expect(screen.getAllByRole('button', { name: '应用不可见，或成员未授权此项' }).length).toBeGreaterThan(0);
  });

  it('shows what is masked in full for a while', async () => {
    const asked: unknown[] = [];
    answerWith('post', '/me/reveal', async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json({ value: '13800001234' });
    });
    const mobile = { field: 'mobile', value: '138****1234', authorisedAt: here.createdAt } as const;
    answer('get', '/me', meFixture({ decision: 'agreed', fields: [mobile] }));
    const user = await open();
    const card = await findCard('资料');
    await user.click(await card.findByRole('button', { name: '查看完整的手机' }));
    expect(await card.findByText('13800001234')).toBeVisible();
    await user.click(card.getByRole('button', { name: '隐藏手机' }));
    expect(await card.findByText('138****1234')).toBeVisible();
    expect(asked).toEqual([{ field: 'mobile' }]);
  });

  it('of a local account has neither departments nor a consent, but a password', async () => {
    answer('get', '/me', { user: adminUser, member: null, authorisation: null });
    await open(adminUser);
    expect(await screen.findByText('本系统账号')).toBeVisible();
    expect(screen.queryByText('部门')).toBeNull();
    expect(screen.getByLabelText('当前密码')).toBeVisible();
  });
});

describe('the consent', () => {
  it('is asked inside WeCom with a link to the consent page', async () => {
    await openInWecom();
    const card = await findCard('是否授权您的资料？');
    expect(card.getByRole('link', { name: '授权' })).toHaveAttribute(
      'href',
      '/api/v1/sign-in/wecom/start?mode=inApp&returnTo=%2Fme&authorise=true',
    );
    expect(card.getByText(/头像、性别、手机/)).toBeVisible();
  });

  it('in another browser says where to consent', async () => {
    await open();
    const card = await findCard('是否授权您的资料？');
    expect(card.getByText(/请在手机或电脑的企业微信里打开/)).toBeVisible();
    expect(card.getByText('http://localhost:5173/me')).toBeVisible();
    expect(card.queryByRole('link')).toBeNull();
  });

  it('is not asked again once declined, but can still be given', async () => {
    answerWith('post', '/me/authorisation/decline', () => {
      answer('get', '/me', meFixture({ decision: 'declined', decidedAt: '2026-11-25T08:00:00.000Z' }));
      return new HttpResponse(null, { status: 204 });
    });
    const user = await openInWecom();
    await user.click((await findCard('是否授权您的资料？')).getByRole('button', { name: '暂不' }));
    const card = await findCard('授权的资料');
    expect(card.getByText('您选择了暂不授权，未保存任何授权资料。')).toBeVisible();
    expect(card.getByRole('link', { name: '重新授权' })).toBeVisible();
  });

  it('can be withdrawn, after a question that names what is erased', async () => {
    const given = { authorisedAt: '2026-11-24T08:00:00.000Z' };
    answer(
      'get',
      '/me',
      meFixture({
        decision: 'agreed',
        fields: [
          { field: 'mobile', value: '138****0000', ...given },
          { field: 'gender', value: 'female', ...given },
          { field: 'avatar', value: 'https://wx.qlogo.cn/x', ...given },
        ],
      }),
    );
    const withdrawals: string[] = [];
    answerWith('delete', '/me/authorised-fields', ({ request }) => {
      withdrawals.push(request.method);
      answer('get', '/me', meFixture({ decision: 'withdrawn', decidedAt: '2026-11-25T08:00:00.000Z' }));
      return new HttpResponse(null, { status: 204 });
    });
    const user = await open();
    const card = await findCard('资料');
    expect(card.getByText('138****0000').parentElement).toHaveTextContent(/138\*{4}0000 授权于/);
    expect(card.getByText('女')).toBeVisible();
    expect(card.getByText('已提供')).toBeVisible(); // the avatar
    expect(screen.getAllByText('手机')).toHaveLength(1);
    expect(screen.queryByRole('region', { name: '授权的资料' })).toBeNull();
    await user.click(card.getByRole('button', { name: '撤回授权' }));
    const question = within(await screen.findByRole('dialog'));
    expect(question.getByText(/手机、性别、头像/)).toBeInTheDocument();
    expect(withdrawals).toEqual([]);
    await user.click(question.getByRole('button', { name: '撤回授权' }));
    expect(await screen.findByText('您已撤回授权，授权的资料已清除。')).toBeVisible();
    expect(withdrawals).toEqual(['DELETE']);
  });

  it('is not mentioned where the sign-in asks for nothing', async () => {
    answer('get', '/me', meFixture({ available: false }));
    await open();
    await screen.findByText('李娜');
    expect(screen.queryByRole('region', { name: /授权/ })).toBeNull();
  });
});

describe('the sessions', () => {
  it('are named by device, the own one marked and without a button', async () => {
    await open();
    const items = await (await findCard('登录设备')).findAllByRole('listitem');
    expect(items.map((item) => item.querySelector('.om-session-name')?.textContent)).toEqual([
      '企业微信 · iPhone 本机',
      'Chrome · Windows ',
    ]);
    expect(within(items[0]!).queryByRole('button')).toBeNull();
  });

  it('can be ended one by one', async () => {
    const ended: string[] = [];
    answerWith('delete', '/me/sessions/:id', ({ params }) => {
      ended.push(String(params.id));
      answer('get', '/me/sessions', { items: [here], nextCursor: null });
      return new HttpResponse(null, { status: 204 });
    });
    const user = await open();
    const card = await findCard('登录设备');
    await user.click(await card.findByRole('button', { name: '结束登录' }));
    await waitFor(() => expect(card.getAllByRole('listitem')).toHaveLength(1));
    expect(ended).toEqual([elsewhere.id]);
  });

  it('are all ended only after a question', async () => {
    let count = 0;
    answerWith('delete', '/me/sessions', () => {
      count += 1;
      return HttpResponse.error();
    });
    const user = await open();
    await user.click((await findCard('登录设备')).getByRole('button', { name: '全部退出' }));
    const question = within(await screen.findByRole('dialog', { name: '退出所有设备？' }));
    expect(count).toBe(0);
    await user.click(question.getByRole('button', { name: '全部退出' }));
    expect(await screen.findByText('无法连接服务器')).toBeInTheDocument();
    expect(count).toBe(1);
  });
});

describe('the password', () => {
  const fill = async (user: Awaited<ReturnType<typeof open>>, confirm: string) => {
    await user.type(await screen.findByLabelText('当前密码'), 'present password');
    await user.type(screen.getByLabelText('新密码'), 'twelve chars');
    await user.type(screen.getByLabelText('确认新密码'), confirm);
    await user.click(screen.getByRole('button', { name: '修改密码' }));
  };
  beforeEach(() => answer('get', '/me', { user: adminUser, member: null, authorisation: null }));

  it('is changed once both entries agree', async () => {
    const bodies: unknown[] = [];
    answerWith('put', '/me/password', async ({ request }) => {
      bodies.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    });
    const user = await open(adminUser);
    await fill(user, 'other chars!');
    expect(screen.getByText('两次输入的密码不一致')).toBeVisible();
    expect(screen.getByLabelText('确认新密码')).toHaveFocus();
    expect(bodies).toEqual([]);
    await user.clear(screen.getByLabelText('确认新密码'));
    await user.type(screen.getByLabelText('确认新密码'), 'twelve chars{Enter}');
    expect(await screen.findByText('密码已修改，其他设备的登录已结束')).toBeInTheDocument();
    expect(bodies).toEqual([{ currentPassword: 'present password', newPassword: 'twelve chars' }]);
    await waitFor(() => expect(screen.getByLabelText('当前密码')).toHaveValue(''));
  });

  it('has a wrong present one beside its field', async () => {
    answerProblem('put', '/me/password', {
      code: 'sign_in.invalid_credentials',
      status: 401,
      title: '账号或密码错误',
    });
    const user = await open(adminUser);
    await fill(user, 'twelve chars');
    await waitFor(() => expect(screen.getByLabelText('当前密码')).toHaveFocus());
    await waitFor(() =>
      expect(screen.getByLabelText('当前密码')).toHaveAccessibleDescription('账号或密码错误'),
    );
  });
});

describe('describeDevice', () => {
  const t = ((key: string, values?: { app: string; system: string }) =>
    // the two texts that it is called with
    values ? `${values.app} · ${values.system}` : key) as unknown as TFunction;

  it.each([
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
      'Safari · macOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0',
      'Edge · Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox · Linux'],
    [
      'Mozilla/5.0 (Linux; Android 15) Chrome/131 Mobile MicroMessenger/8.0 wxwork/5.0',
      'me.device.wecom · Android',
    ],
    ['curl/8.5.0', 'curl/8.5.0'],
    ['', 'me.sessions.unknownDevice'],
    [null, 'me.sessions.unknownDevice'],
  ])('shortens %j to %s', (userAgent, name) => {
    expect(describeDevice(t, userAgent)).toBe(name);
  });
});

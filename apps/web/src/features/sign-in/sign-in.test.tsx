import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { adminUser } from '../../../test/fixtures.ts';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';
import { Entry } from '../../app/entry.tsx';
import { languagePreference, signedInHint } from '../../config/preferences.ts';

function openPage(path: string, { setupRequired = false } = {}) {
  languagePreference.set('zh-CN');
  window.history.replaceState(null, '', path);
  answerProblem('get', '/session', { code: 'session.required', status: 401 });
  answer('get', '/setup', { required: setupRequired });
  render(<Entry />);
  return userEvent.setup();
}

const wecom = { name: '企业微信登录', inApp: true, web: true };
const wxwork = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8.0 wxwork/5.0';

function openOffering(path: string, offered: object | null, userAgent = 'Mozilla/5.0 Chrome/131.0') {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent);
  answer('get', '/sign-in/options', { local: true, wecom: offered });
  return openPage(path);
}
afterEach(() => void vi.restoreAllMocks());

async function trySignIn(user: ReturnType<typeof userEvent.setup>) {
  await user.type(await screen.findByLabelText('账号'), 'admin');
  await user.type(screen.getByLabelText('密码'), 'secret-password');
  await user.click(screen.getByRole('button', { name: '登录' }));
}

describe('sign-in', () => {
  it('shows one text for a wrong name and a wrong password, with the request id', async () => {
    const user = openPage('/sign-in');
    answerProblem('post', '/session', {
      code: 'sign_in.invalid_credentials',
      status: 401,
      title: '账号或密码错误',
    });
    await trySignIn(user);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('账号或密码错误');
    expect(alert).toHaveTextContent('req-42');
  });

  it('says that the session has ended when the address tells so', async () => {
    openPage('/sign-in?sessionEnded=1&returnTo=%2Fsystem%2Fenterprise');
    expect(await screen.findByText('登录已失效')).toBeVisible();
    cleanup();
    openPage('/sign-in');
    await screen.findByLabelText('账号');
    expect(screen.queryByText('登录已失效')).toBeNull();
  });

  it('counts down while the server takes no further attempt', async () => {
    const user = openPage('/sign-in');
    answerProblem('post', '/session', { code: 'sign_in.throttled', status: 429 }, { 'Retry-After': '30' });
    await trySignIn(user);
    const button = await screen.findByRole('button', { name: /^\d+ 秒后可重试$/ });
    expect(button).toBeDisabled();
    const seconds = Number.parseInt(button.textContent, 10);
    expect(seconds).toBeLessThanOrEqual(30);
    expect(seconds).toBeGreaterThan(15);
  });

  it('says when the server cannot be reached', async () => {
    const user = openPage('/sign-in');
    answerWith('post', '/session', () => HttpResponse.error());
    await trySignIn(user);
    expect(await screen.findByRole('alert')).toHaveTextContent('无法连接服务器');
  });

  it('asks for both fields before it asks the server', async () => {
    const user = openPage('/sign-in');
    await user.click(await screen.findByRole('button', { name: '登录' }));
    expect(screen.getAllByText('请填写')).toHaveLength(2);
    expect(screen.getByLabelText('账号')).toHaveFocus();
  });

  it('returns to the requested page', async () => {
    const user = openPage('/system/audit?x=1');
    await screen.findByLabelText('账号');
    expect(window.location.pathname + window.location.search).toBe(
      '/sign-in?returnTo=%2Fsystem%2Faudit%3Fx%3D1',
    );
    answer('post', '/session', { user: adminUser });
    answer('get', '/audit', { items: [], nextCursor: null });
    await trySignIn(user);
    expect(await screen.findByText('还没有操作记录')).toBeVisible();
    expect(window.location.pathname).toBe('/system/audit');
  });

  it('shows the password on request, and says whom to ask', async () => {
    const user = openPage('/sign-in');
    const password = await screen.findByLabelText('密码');
    expect(password).toHaveAttribute('type', 'password');
    await user.click(screen.getByRole('button', { name: '显示密码' }));
    expect(password).toHaveAttribute('type', 'text');
    expect(screen.getByText(/请联系本系统的管理员/)).toBeVisible();
  });

  it('has the name of the product in its own language first', async () => {
    const user = openPage('/sign-in');
    const brand = () => document.querySelector('.om-brand')?.textContent;
    await screen.findByLabelText('密码');
    expect(brand()).toBe('组织镜像OrgMirror');
    await user.click(screen.getByRole('button', { name: 'English' }));
    expect(brand()).toBe('OrgMirror组织镜像');
  });

  it('switches its language in place', async () => {
    const user = openPage('/sign-in');
    await user.click(await screen.findByRole('button', { name: 'English' }));
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(document.documentElement.lang).toBe('en-US');
  });
});

describe('sign-in by WeCom', () => {
  it('offers only what is switched on', async () => {
    openOffering('/sign-in', null);
    await screen.findByLabelText('账号');
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('is first in a browser, with the page to come back to, and an account second', async () => {
    const user = openOffering('/sign-in?returnTo=%2Fsystem%2Faudit', wecom);
    expect(await screen.findByRole('link', { name: '企业微信登录' })).toHaveAttribute(
      'href',
      '/api/v1/sign-in/wecom/start?mode=web&returnTo=%2Fsystem%2Faudit',
    );
    await user.click(screen.getByRole('link', { name: '账号登录' }));
    expect(screen.getByLabelText('账号')).toBeVisible();
    expect(window.location.search).toBe('?local=1&returnTo=%2Fsystem%2Faudit');
    await user.click(screen.getByRole('link', { name: '企业微信登录' }));
    expect(screen.getByRole('button', { name: '扫码登录' })).toBeVisible();
  });

  it('never takes another site as the page to come back to', async () => {
    openOffering('/sign-in?returnTo=%2F%2Fevil.example', wecom);
    expect(await screen.findByRole('link', { name: '企业微信登录' })).toHaveAttribute(
      'href',
      '/api/v1/sign-in/wecom/start?mode=web&returnTo=%2F',
    );
  });

  it('leaves account sign-in reachable, and says where members get in when only WeCom’s client may', async () => {
    openOffering('/sign-in', { ...wecom, web: false });
    expect(await screen.findByLabelText('账号')).toBeVisible();
    expect(screen.getByText(/在企业微信中打开此页/)).toBeVisible();
  });

  it('says when the sign-in options are unknown', async () => {
    answerProblem('get', '/sign-in/options', { code: 'server.unexpected', status: 500 });
    openPage('/sign-in');
    expect(await screen.findByText(/暂时无法得知/)).toBeVisible();
    expect(screen.getByLabelText('账号')).toBeVisible();
  });

  it.each([
    ['WeCom’s client', wxwork],
    ['WeChat', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile MicroMessenger/8.0.47'],
  ])('stays where it is in %s after signing out', async (_, userAgent) => {
    openOffering('/sign-in?signedOut=1', wecom, userAgent);
    expect(await screen.findByRole('heading', { name: '已退出登录' })).toBeVisible();
    expect(screen.getByRole('link', { name: '企业微信登录' })).toHaveAttribute(
      'href',
      '/api/v1/sign-in/wecom/start?mode=inApp&returnTo=%2F',
    );
  });

  it('stays on the account form in WeCom’s client on request', async () => {
    openOffering('/sign-in?local=1', wecom, wxwork);
    expect(await screen.findByLabelText('账号')).toBeVisible();
  });

  it('finds the session of a WeCom sign-in that no page here knew of', async () => {
    openOffering('/', wecom);
    signedInHint.set(false);
    answer('get', '/session', { user: adminUser });
    await waitFor(() => expect(signedInHint.get()).toBe(true));
    expect(await screen.findByText('一切正常')).toBeVisible();
  });
});

describe('a sign-in that failed', () => {
  const codes = [
    ['sign_in.refused', '您取消了登录', 'You cancelled the sign-in'],
    ['sign_in.state_expired', '登录已超时', 'The sign-in expired'],
    ['sign_in.member_unknown', '尚未同步到您的账号', 'You have not been synced yet'],
    ['future.code', '登录没有完成', 'The sign-in was not completed'],
    ['__proto__', '登录没有完成', 'The sign-in was not completed'],
  ] as const;

  it.each(codes)('by %s says what happened and what to do, in both languages', async (code, zh, en) => {
    const user = openOffering(`/sign-in?error=${code}&requestId=req-7&returnTo=%2Fme`, wecom, wxwork);
    expect(await screen.findByRole('heading', { level: 1, name: zh })).toBeVisible();
    expect(screen.getByText('req-7')).toBeVisible();
    expect(screen.getByRole('link', { name: '重新登录' })).toHaveAttribute('href', '/sign-in?returnTo=%2Fme');
    await user.click(screen.getByRole('button', { name: 'English' }));
    expect(screen.getByRole('heading', { level: 1, name: en })).toBeVisible();
  });

  it('can be tried again, or left for an account', async () => {
    const user = openOffering('/sign-in?error=sign_in.refused', wecom);
    await user.click(await screen.findByRole('link', { name: '重新登录' }));
    expect(screen.getByRole('heading', { name: '登录' })).toBeVisible();
    window.history.back();
    expect(await screen.findByRole('heading', { name: '您取消了登录' })).toBeVisible();
    await user.click(screen.getByRole('link', { name: '账号登录' }));
    expect(screen.getByLabelText('账号')).toBeVisible();
  });
});

describe('the QR panel', () => {
  it.each([
    ['is open at once on a desktop', true, undefined, true],
    ['waits for a click on a phone', false, undefined, false],
    ['waits in WeChat, which cannot scan itself', true, 'Mozilla/5.0 MicroMessenger/8.0.47', false],
  ])('%s', async (_, isWide, userAgent, isOpen) => {
    vi.spyOn(window, 'matchMedia').mockImplementation((media) =>
      Object.assign(new EventTarget(), {
        media,
        matches: isWide,
        onchange: null,
        addListener: () => undefined,
        removeListener: () => undefined,
      }),
    );
    answer('post', '/sign-in/wecom/panel', { ...panel, url: 'https://wwlocal.example.com/login?state=abc' });
    openOffering('/sign-in', { ...wecom, inApp: false }, userAgent);
    const toggle = await screen.findByRole('button', { name: isOpen ? '收起二维码' : '扫码登录' });
    expect(toggle).toHaveAttribute('aria-expanded', String(isOpen));
    if (isOpen) expect(await screen.findByTitle('企业微信扫码登录')).toBeVisible();
  });

  const panel = {
    appId: 'ww1a2b3c4d5e6f7a8b',
    agentId: 1000002,
    redirectUri: 'https://org.example.com/api/v1/sign-in/wecom/callback',
    state: 'abc123',
    url: 'https://login.work.weixin.qq.com/wwlogin/sso/login?state=abc123',
  };

  it('shows WeCom’s own page, which redirects the whole window, and a link to it', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/sign-in/wecom/panel', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json(panel);
    });
    const user = openOffering('/sign-in?returnTo=%2Fme', wecom);
    await user.click(await screen.findByRole('button', { name: '扫码登录' }));
    const frame = await screen.findByTitle('企业微信扫码登录');
    const { origin, pathname, searchParams } = new URL((frame as HTMLIFrameElement).src);
    expect(origin + pathname).toBe('https://login.work.weixin.qq.com/wwlogin/sso/login');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      login_type: 'CorpApp',
      appid: panel.appId,
      agentid: '1000002',
      redirect_uri: panel.redirectUri,
      state: panel.state,
      redirect_type: 'top',
      lang: 'zh',
    });
    expect(screen.getByRole('link', { name: '打开企业微信登录页' })).toHaveAttribute('href', panel.url);
    expect(bodies).toEqual([{ returnTo: '/me' }]);
    await user.click(screen.getByRole('button', { name: '收起二维码' }));
    expect(screen.queryByTitle('企业微信扫码登录')).toBeNull();
  });

  it('frames the page itself where it is none that WeCom’s SDK knows', async () => {
    answer('post', '/sign-in/wecom/panel', { ...panel, url: 'https://wwlocal.example.com/login?state=abc' });
    const user = openOffering('/sign-in', wecom);
    await user.click(await screen.findByRole('button', { name: '扫码登录' }));
    expect(await screen.findByTitle('企业微信扫码登录')).toHaveAttribute(
      'src',
      'https://wwlocal.example.com/login?state=abc&redirect_type=top',
    );
  });

  it('says why it cannot be opened', async () => {
    answerProblem('post', '/sign-in/wecom/panel', {
      code: 'sign_in.unavailable',
      status: 409,
      title: '未开启企业微信登录',
    });
    const user = openOffering('/sign-in', wecom);
    await user.click(await screen.findByRole('button', { name: '扫码登录' }));
    expect(within(await screen.findByRole('alert')).getByText('未开启企业微信登录')).toBeVisible();
  });
});

describe('first-run set-up', () => {
  it('is where every address redirects until the first admin exists', async () => {
    openPage('/system/org', { setupRequired: true });
    expect(await screen.findByRole('heading', { name: '创建管理员' })).toBeVisible();
    expect(window.location.pathname).toBe('/setup');
    const steps = within(screen.getByRole('list', { name: '首次使用的步骤' })).getAllByRole('listitem');
    expect(steps.map(({ textContent }) => textContent)).toEqual([
      '1管理员账号',
      '2连接企业微信',
      '3首次同步',
    ]);
    expect(steps[0]).toHaveAttribute('aria-current', 'step');
  });

  it('says how many characters the password lacks and that the two differ', async () => {
    const user = openPage('/setup', { setupRequired: true });
    await user.type(await screen.findByLabelText('密码'), 'elevenchars');
    expect(screen.getByText('至少 12 个字符，还差 1 个')).toBeVisible();
    await user.type(screen.getByLabelText('密码'), '!');
    expect(screen.getByText('长度符合要求')).toBeVisible();
    await user.type(screen.getByLabelText('确认密码'), 'other');
    expect(screen.getByText('两次输入的密码不一致')).toBeVisible();
  });

  it('marks what is missing when it is sent, with the cursor in the first such field', async () => {
    const user = openPage('/setup', { setupRequired: true });
    const submit = await screen.findByRole('button', { name: '创建并登录' });
    await user.click(submit);
    expect(screen.getAllByText('请填写')).toHaveLength(4);
    expect(screen.getByLabelText('初始化码')).toHaveFocus();
    expect(screen.getByLabelText('初始化码')).toHaveAccessibleDescription('请填写');
    await user.type(screen.getByLabelText('初始化码'), 'ABCD');
    await user.type(screen.getByLabelText('账号'), 'admin');
    await user.type(screen.getByLabelText('密码'), 'short');
    await user.click(submit);
    expect(screen.getByLabelText('密码')).toHaveFocus();
    expect(screen.getByLabelText('密码')).toHaveAccessibleDescription('至少 12 个字符，还差 7 个');
    await user.type(screen.getByLabelText('密码'), '-no-longer');
    await user.click(submit);
    expect(screen.getByLabelText('确认密码')).toHaveFocus();
    await user.type(screen.getByLabelText('确认密码'), 'another-one');
    await user.click(submit);
    expect(screen.getByLabelText('确认密码')).toHaveAccessibleDescription('两次输入的密码不一致');
  });

  it('puts a wrong code beside its field', async () => {
    const user = openPage('/setup', { setupRequired: true });
    answerProblem('post', '/setup', { code: 'setup.wrong_code', status: 403, title: '初始化码不正确' });
    await user.type(await screen.findByLabelText('初始化码'), 'ABCD');
    await user.type(screen.getByLabelText('账号'), 'admin');
    await user.type(screen.getByLabelText('密码'), 'twelve-chars');
    await user.type(screen.getByLabelText('确认密码'), 'twelve-chars');
    await user.click(screen.getByRole('button', { name: '创建并登录' }));
    await waitFor(() => expect(screen.getByLabelText('初始化码')).toHaveFocus());
    await waitFor(() =>
      expect(screen.getByLabelText('初始化码')).toHaveAccessibleDescription('初始化码不正确'),
    );
  });
});

describe('a link that sets a password', () => {
  it('sets it beside any session, and leaves no token in the address', async () => {
    const bodies: unknown[] = [];
    answerWith('post', '/password-reset', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ username: 'zhangwei' });
    });
    const user = openPage('/sign-in#reset=the-token');
    expect(await screen.findByRole('heading', { name: '设置密码' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: '设置密码' }));
    expect(screen.getByLabelText('新密码')).toHaveFocus();
    expect(screen.getAllByText('请填写')).toHaveLength(2);
    await user.type(screen.getByLabelText('新密码'), 'a long enough one');
    await user.type(screen.getByLabelText('确认密码'), 'a long enough one');
    await user.click(screen.getByRole('button', { name: '设置密码' }));
    expect(await screen.findByText('请使用账号 zhangwei 和新密码登录。')).toBeVisible();
    expect(bodies).toEqual([{ token: 'the-token', newPassword: 'a long enough one' }]);
    await user.click(screen.getByRole('button', { name: '前往登录' }));
    expect(await screen.findByLabelText('账号')).toBeVisible();
    expect(window.location.hash).toBe('');
  });

  it('says that it was used, or that the password is easy to guess', async () => {
    const user = openPage('/sign-in#reset=the-token');
    answerProblem('post', '/password-reset', {
      code: 'password_reset.invalid',
      status: 403,
      title: '链接无效或已过期',
    });
    await user.type(await screen.findByLabelText('新密码'), 'a long enough one');
    await user.type(screen.getByLabelText('确认密码'), 'a long enough one');
    await user.click(screen.getByRole('button', { name: '设置密码' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('链接无效或已过期');
  });
});

it('offers a retry when the server is not there at all', async () => {
  window.history.replaceState(null, '', '/');
  answerWith('get', '/session', () => HttpResponse.error());
  answerWith('get', '/setup', () => HttpResponse.error());
  render(<Entry />);
  const retry = await screen.findByRole('button', { name: '重试' });
  answerProblem('get', '/session', { code: 'session.required', status: 401 });
  answer('get', '/setup', { required: false });
  await userEvent.setup().click(retry);
  expect(await screen.findByLabelText('账号')).toBeVisible();
});

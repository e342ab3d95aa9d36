import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { adminUser } from '../../../test/fixtures.ts';
import { answer, answerProblem, answerWith } from '../../../test/server.ts';
import { Entry } from '../../app/entry.tsx';
import { languagePreference } from '../../config/preferences.ts';

function openPage(path: string, { setupRequired = false } = {}) {
  languagePreference.set('zh-CN');
  window.history.replaceState(null, '', path);
  answerProblem('get', '/session', { code: 'session.required', status: 401 });
  answer('get', '/setup', { required: setupRequired });
  render(<Entry />);
  return userEvent.setup();
}

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

  it('counts down while the server takes no further attempt', async () => {
    const user = openPage('/sign-in');
    answerProblem('post', '/session', { code: 'sign_in.throttled', status: 429 }, { 'Retry-After': '30' });
    await trySignIn(user);
    expect(await screen.findByRole('button', { name: /^(30|29) 秒后可重试$/ })).toBeDisabled();
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
  });

  it('leads back to the page that was asked for', async () => {
    const user = openPage('/system/audit?x=1');
    await screen.findByLabelText('账号');
    expect(window.location.pathname + window.location.search).toBe(
      '/sign-in?returnTo=%2Fsystem%2Faudit%3Fx%3D1',
    );
    answer('post', '/session', { user: adminUser });
    answer('get', '/audit', { items: [], nextCursor: null });
    await trySignIn(user);
    expect(await screen.findByText('还没有操作记录', undefined, { timeout: 10_000 })).toBeVisible();
    expect(window.location.pathname).toBe('/system/audit');
  });

  it('switches its language in place', async () => {
    const user = openPage('/sign-in');
    await user.click(await screen.findByRole('button', { name: 'English' }));
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect(document.documentElement.lang).toBe('en-US');
  });
});

describe('first-run set-up', () => {
  it('is where every address leads until the first admin exists', async () => {
    openPage('/system/org', { setupRequired: true });
    expect(await screen.findByRole('heading', { name: '创建管理员' })).toBeVisible();
    expect(window.location.pathname).toBe('/setup');
  });

  it('says how many characters the password lacks and that the two differ', async () => {
    const user = openPage('/setup', { setupRequired: true });
    await user.type(await screen.findByLabelText('密码'), 'elevenchars');
    expect(screen.getByText('至少 12 个字符，还差 1 个')).toBeVisible();
    await user.type(screen.getByLabelText('密码'), '!');
    expect(screen.getByText('长度符合要求')).toBeVisible();
    await user.type(screen.getByLabelText('确认密码'), 'other');
    expect(screen.getByText('两次输入的密码不一致')).toBeVisible();
    expect(screen.getByRole('button', { name: '创建并登录' })).toBeDisabled();
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
    expect(screen.getByLabelText('初始化码')).toHaveAccessibleDescription('初始化码不正确');
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

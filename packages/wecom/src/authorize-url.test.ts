import { describe, expect, it } from 'vitest';
import { buildAuthorizeUrl, buildWebSignInUrl, opensPageInApp } from './authorize-url.ts';

const request = {
  corpId: 'ww1a2b3c4d5e6f7a8b',
  agentId: 1_000_002,
  redirectUri: 'https://org.example.com:8443/api/v1/sign-in/wecom/callback?a=1&b=ü',
  state: '0a1b2c',
};
const redirect =
  'https%3A%2F%2Forg.example.com%3A8443%2Fapi%2Fv1%2Fsign-in%2Fwecom%2Fcallback%3Fa%3D1%26b%3D%C3%BC';

describe('the page inside the client', () => {
  it('has its parameters in the order of the documentation, each encoded once, and the fragment', () => {
    expect(buildAuthorizeUrl('https://open.weixin.qq.com', { ...request, scope: 'snsapi_privateinfo' })).toBe(
      `https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww1a2b3c4d5e6f7a8b&redirect_uri=${redirect}&response_type=code&scope=snsapi_privateinfo&state=0a1b2c&agentid=1000002#wechat_redirect`,
    );
  });
});

describe('the page in any browser', () => {
  it.each(['zh', 'en'] as const)('names a self-built app and the language %s', (lang) => {
    expect(buildWebSignInUrl('https://login.call.weixin.qq.com', { ...request, lang })).toBe(
      `https://login.call.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww1a2b3c4d5e6f7a8b&agentid=1000002&redirect_uri=${redirect}&state=0a1b2c&lang=${lang}`,
    );
  });
});

describe('a client that opens the page inside itself', () => {
  it.each([
    ['Mozilla/5.0 (iPhone) Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh', true],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/116 Safari/537.36 WXWork/4.1.28 MicroMessenger/7.0.1', true],
    ['Mozilla/5.0 (iPhone) Mobile/15E148 MicroMessenger/8.0.50 NetType/WIFI', true],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537.36', false],
    ['', false],
    [undefined, false],
  ])('is recognized by its User-Agent: %s', (userAgent, expected) => {
    expect(opensPageInApp(userAgent)).toBe(expected);
  });
});

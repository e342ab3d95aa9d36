import type { ErrorEntry } from './entry.ts';

/** Codes that a member or admin meets around signing in: codes, tickets, domains, callbacks. */
export const SIGN_IN_ERRORS: readonly ErrorEntry[] = [
  {
    codes: [40029, 42003, 42022],
    kind: 'signIn',
    retry: 'signInAgain',
    zh: {
      sentence: '登录授权码无效、已过期或已被使用。',
      remedy: '请重新登录。若总是出现，请检查回调地址是否被预先访问。',
    },
    en: {
      sentence: 'The sign-in code is invalid, expired or was already used.',
      remedy:
        'Sign in again. If it keeps happening, check whether something fetches the callback address in advance.',
    },
  },
  {
    codes: [84014, 84015],
    kind: 'signIn',
    retry: 'signInAgain',
    zh: { sentence: '成员授权凭证已过期或无效。', remedy: '请重新登录并再次同意授权。' },
    en: { sentence: "The member's ticket has expired or is invalid.", remedy: 'Sign in and agree again.' },
  },
  {
    codes: [84090],
    kind: 'signIn',
    retry: 'signInAgain',
    zh: {
      sentence: '没有取得成员的授权凭证。',
      remedy: '请重新登录；若总是出现，请检查应用是否允许获取敏感信息。',
    },
    en: {
      sentence: 'There is no ticket of the member.',
      remedy: 'Sign in again; if it keeps happening, check that the app may ask for private information.',
    },
  },
  {
    codes: [50001],
    kind: 'signIn',
    retry: 'stop',
    zh: {
      sentence: '登录回调地址的域名不是该应用的可信域名。',
      remedy: '请在企业微信管理后台 → 该应用 → 网页授权及JS-SDK 中填写与访问地址完全一致的域名和端口。',
    },
    en: {
      sentence: 'The redirect address is not on the trusted domain of the app.',
      remedy:
        'Enter exactly the host and port of this console as trusted domain of the app in the WeCom console.',
    },
  },
  {
    codes: [80001, 85005, 85008, 85111],
    kind: 'signIn',
    retry: 'never',
    zh: {
      sentence: '可信域名设置有误：未验证归属、未备案或属于服务商。',
      remedy: '请在企业微信管理后台重新设置已备案且归属本企业的域名。',
    },
    en: {
      sentence: "The trusted domain is wrong: not owned, without ICP filing, or a provider's.",
      remedy: 'Set a domain in the WeCom console that the company owns and that has an ICP filing.',
    },
  },
  {
    codes: [40057, 85010, 85011],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '回调 URL 无效或校验失败。',
      remedy: '请检查 URL、Token 和 EncodingAESKey，并确认企业微信可以访问该地址、1 秒内应答。',
    },
    en: {
      sentence: 'The callback URL is invalid or its check failed.',
      remedy:
        'Check URL, Token and EncodingAESKey, and that WeCom can reach the address and gets an answer within 1 second.',
    },
  },
  {
    codes: [43012],
    kind: 'parameter',
    retry: 'never',
    zh: {
      sentence: '该操作需要应用先设置接收消息的 URL。',
      remedy: '请在企业微信管理后台 → 该应用 → 接收消息中设置 URL。',
    },
    en: {
      sentence: 'The app needs a callback URL first.',
      remedy: 'Set the URL under Receive Messages of the app in the WeCom console.',
    },
  },
  {
    codes: [43004],
    kind: 'gone',
    retry: 'never',
    zh: { sentence: '成员尚未绑定微信。', remedy: '请成员用微信登录并激活企业微信。' },
    en: {
      sentence: 'The member has not linked WeChat.',
      remedy: 'Let the member sign in to WeCom with WeChat.',
    },
  },
  {
    codes: [40073, 40125],
    kind: 'gone',
    retry: 'never',
    zh: { sentence: 'openid 或 open_userid 无效。', remedy: '请确认标识属于同一企业和应用后再试。' },
    en: {
      sentence: 'The openid or open_userid is not valid.',
      remedy: 'Check that the identifier belongs to this corp and app, then try again.',
    },
  },
  {
    codes: [42012, 49004],
    kind: 'signIn',
    retry: 'never',
    zh: { sentence: '页面签名无效或签名凭证不可用。', remedy: '请刷新页面；若仍出现，请检查可信域名。' },
    en: {
      sentence: "The page's signature or its ticket is not valid.",
      remedy: 'Reload the page; if it stays, check the trusted domain.',
    },
  },
  {
    codes: [42009, 40082, 40083, 40084, 40085],
    kind: 'token',
    retry: 'never',
    zh: {
      sentence: '第三方应用的套件凭证无效或已过期。',
      remedy: '本产品使用自建应用，请确认填写的是自建应用的 Secret。',
    },
    en: {
      sentence: 'A credential of a third-party suite is invalid or expired.',
      remedy: 'This product uses a self-built app; check that its Secret was entered.',
    },
  },
  {
    codes: [60028],
    kind: 'permission',
    retry: 'never',
    zh: { sentence: '不允许修改第三方应用的主页地址。', remedy: '请在服务商后台修改。' },
    en: {
      sentence: 'The home page of a third-party app may not be changed.',
      remedy: "Change it in the provider's console.",
    },
  },
  {
    codes: [301048],
    kind: 'gone',
    retry: 'never',
    zh: {
      sentence: '会话存档的文件标识缺失或已过期。',
      remedy: '同步组织架构不使用会话存档，请把错误码提供给技术支持。',
    },
    en: {
      sentence: 'The file id of the chat archive is missing or expired.',
      remedy: 'Syncing does not use the chat archive; give the code to support.',
    },
  },
];

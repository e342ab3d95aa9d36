import type { ErrorCode } from '@orgmirror/contracts';
import type { Language } from '../../config/preferences.ts';

/** What happened, and what to do next. */
export interface SignInErrorText {
  title: string;
  detail: string;
}

/** What a sign-in by WeCom may end with. */
export type SignInErrorCode = Extract<
  ErrorCode,
  | `sign_in.${'unavailable' | 'refused' | 'throttled'}`
  | `sign_in.state_${string}`
  | 'sign_in.code_invalid'
  | 'sign_in.outsider'
  | 'sign_in.linked_corp'
  | `sign_in.member_${string}`
  | `wecom.${string}`
  | `settings.${'incomplete' | 'secret_unreadable'}`
>;

/**
 * The texts of {@link SignInErrorCode}, for the page that an address with `?error=CODE` opens: the whole
 * table of errors would bring zod with it and break the entry's size budget. The type checker sees to it that
 * none is missing.
 */
const zhCN: Record<SignInErrorCode | 'other', SignInErrorText> = {
  'sign_in.unavailable': {
    title: '未开启企业微信登录',
    detail: '请使用账号登录，或请管理员在 系统 → 企业设置 → 认证设置 中开启。',
  },
  'sign_in.throttled': { title: '登录尝试次数过多', detail: '请稍等片刻后重新登录。' },
  'sign_in.refused': { title: '您取消了登录', detail: '企业微信没有返回授权。请重新登录并同意。' },
  'sign_in.state_foreign': {
    title: '登录不是从此浏览器发起的',
    detail: '请在同一浏览器中重新登录；如果反复出现，请允许本站使用 Cookie。',
  },
  'sign_in.state_used': { title: '该登录链接已使用过', detail: '每个链接只能使用一次，请重新登录。' },
  'sign_in.state_expired': { title: '登录已超时', detail: '须在 5 分钟内完成，请重新登录。' },
  'sign_in.code_invalid': {
    title: '企业微信的登录授权已失效',
    detail: '授权码只能使用一次且 5 分钟内有效，请重新登录。',
  },
  'sign_in.outsider': {
    title: '您不是该企业的成员',
    detail: '只有本企业的成员可以登录。请确认企业微信中当前选择的企业，再重新登录。',
  },
  'sign_in.linked_corp': {
    title: '您属于互联企业',
    detail: '上下游或互联企业的成员不能登录。如有需要请联系管理员。',
  },
  'sign_in.member_unknown': {
    title: '尚未同步到您的账号',
    detail: '您可能刚入职，或不在应用的可见范围内。请联系管理员同步后重新登录。',
  },
  'sign_in.member_left': {
    title: '您的账号已退出',
    detail: '通讯录中已没有您。如有误，请联系管理员。',
  },
  'sign_in.member_disabled': { title: '您的账号已被禁用', detail: '请联系管理员。' },
  'sign_in.member_not_activated': {
    title: '您的企业微信账号尚未激活',
    detail: '请先在企业微信中完成激活，待下次同步后再登录。',
  },
  'wecom.refused': {
    title: '企业微信拒绝了请求',
    detail: '请稍后重新登录；如持续出现，请联系管理员在 系统 → 企业设置 中测试连接。',
  },
  'wecom.unreachable': {
    title: '无法连接企业微信',
    detail: '本系统的服务器暂时连接不上企业微信。请稍后重新登录，或使用账号登录。',
  },
  'wecom.bad_answer': {
    title: '企业微信返回了无法识别的内容',
    detail: '请稍后重新登录；如持续出现，请联系管理员。',
  },
  'wecom.app_disabled': {
    title: '应用已停用',
    detail: '请联系管理员在企业微信管理后台启用该应用，然后重新登录。',
  },
  'settings.incomplete': {
    title: '企业微信配置不完整',
    detail: '请联系管理员在 系统 → 企业设置 中完成企业微信配置。',
  },
  'settings.secret_unreadable': {
    title: '服务器的密钥无法解密',
    detail: '请联系管理员在 系统 → 企业设置 中重新填写应用密钥。',
  },
  other: { title: '登录没有完成', detail: '请重新登录；如持续出现，请把请求编号告诉管理员。' },
};

const enUS: typeof zhCN = {
  'sign_in.unavailable': {
    title: 'WeCom sign-in is not switched on',
    detail:
      'Sign in with an account, or ask an admin to switch it on under System → Enterprise Settings → Authentication.',
  },
  'sign_in.throttled': { title: 'Too many sign-in attempts', detail: 'Wait a moment, then sign in again.' },
  'sign_in.refused': {
    title: 'You cancelled the sign-in',
    detail: 'WeCom returned no authorization: sign in again and agree.',
  },
  'sign_in.state_foreign': {
    title: 'This sign-in was not started in this browser',
    detail: 'Sign in again in the same browser; if the error persists, allow cookies for this site.',
  },
  'sign_in.state_used': {
    title: 'This sign-in link was already used',
    detail: 'Each link works once: sign in again.',
  },
  'sign_in.state_expired': {
    title: 'The sign-in expired',
    detail: 'It must be completed within 5 minutes: sign in again.',
  },
  'sign_in.code_invalid': {
    title: 'WeCom’s sign-in code is no longer valid',
    detail: 'It works once and for 5 minutes: sign in again.',
  },
  'sign_in.outsider': {
    title: 'You are not a member of this enterprise',
    detail: 'Only its members can sign in: check which enterprise is chosen in WeCom, then sign in again.',
  },
  'sign_in.linked_corp': {
    title: 'You belong to a linked enterprise',
    detail:
      'Members of upstream, downstream or linked enterprises cannot sign in: ask an admin if you need to.',
  },
  'sign_in.member_unknown': {
    title: 'You have not been synced yet',
    detail:
      'You may have just joined, or are outside the visible scope of the app: ask an admin to sync, then sign in again.',
  },
  'sign_in.member_left': {
    title: 'You are no longer a member of this enterprise',
    detail: 'You are no longer in the directory: ask an admin if that is wrong.',
  },
  'sign_in.member_disabled': { title: 'Your account is disabled', detail: 'Ask an admin.' },
  'sign_in.member_not_activated': {
    title: 'Your WeCom account is not activated',
    detail: 'Activate it in WeCom first, then sign in after the next sync.',
  },
  'wecom.refused': {
    title: 'WeCom refused the request',
    detail:
      'Sign in again shortly; if the error persists, ask an admin to test the connection under System → Enterprise Settings.',
  },
  'wecom.unreachable': {
    title: 'WeCom cannot be reached',
    detail:
      'The server of this system cannot reach WeCom at present. Sign in again shortly, or with an account.',
  },
  'wecom.bad_answer': {
    title: 'WeCom gave an unexpected answer',
    detail: 'Sign in again shortly; if the error persists, ask an admin.',
  },
  'wecom.app_disabled': {
    title: 'The app is disabled',
    detail: 'Ask an admin to enable the app in the WeCom admin console, then sign in again.',
  },
  'settings.incomplete': {
    title: 'The WeCom settings are incomplete',
    detail: 'Ask an admin to complete them under System → Enterprise Settings.',
  },
  'settings.secret_unreadable': {
    title: 'The server cannot decrypt its secret',
    detail: 'Ask an admin to enter the Secret again under System → Enterprise Settings.',
  },
  other: {
    title: 'The sign-in was not completed',
    detail: 'Sign in again; if the error persists, give the request id to an admin.',
  },
};

const texts: Record<Language, typeof zhCN> = { 'zh-CN': zhCN, 'en-US': enUS };

/** The text of a code from the address, which is untrusted input. */
export const getSignInErrorText = (code: string, language: Language): SignInErrorText =>
  Object.hasOwn(texts[language], code)
    ? texts[language][code as SignInErrorCode] // just found there
    : texts[language].other;

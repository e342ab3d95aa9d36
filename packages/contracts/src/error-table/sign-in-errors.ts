import { type ErrorEntry, entry } from './entry.ts';

/** Errors of sign-in, sessions and roles. */
export const signInErrors = {
  'session.required': entry(
    401,
    'caller',
    ['请先登录', '您尚未登录或登录已过期，请重新登录。'],
    ['Please sign in', 'You are not signed in, or your session has ended: sign in again.'],
  ),
  'permission.denied': entry(
    403,
    'admin',
    ['没有权限', '您的角色不能执行此操作，如有需要请联系管理员。'],
    ['Permission denied', 'Your role does not allow this action: ask an admin if you need it.'],
  ),
  'sign_in.invalid_credentials': entry(
    401,
    'caller',
    ['账号或密码错误', '请核对后重试。'],
    ['Wrong username or password', 'Check both and try again.'],
  ),
  'sign_in.throttled': entry(
    429,
    'caller',
    ['登录尝试次数过多', '请在 {seconds} 秒后重试。'],
    ['Too many sign-in attempts', 'Try again in {seconds} seconds.'],
    true,
  ),
  'sign_in.unavailable': entry(
    409,
    'admin',
    ['未开启企业微信登录', '请使用账号登录，或请管理员在 系统 → 企业设置 → 认证设置 中开启。'],
    [
      'WeCom sign-in is not switched on',
      'Sign in with an account, or ask an admin to switch it on under System → Enterprise Settings → Authentication.',
    ],
  ),
  'sign_in.refused': entry(
    403,
    'caller',
    ['您取消了登录', '企业微信没有返回授权。请重新登录并同意。'],
    ['You cancelled the sign-in', 'WeCom returned no authorization: sign in again and agree.'],
  ),
  'sign_in.state_foreign': entry(
    403,
    'caller',
    ['登录不是从此浏览器发起的', '请在同一浏览器中重新登录；如果反复出现，请允许本站使用 Cookie。'],
    [
      'This sign-in was not started in this browser',
      'Sign in again in the same browser; if the error persists, allow cookies for this site.',
    ],
  ),
  'sign_in.state_used': entry(
    403,
    'caller',
    ['该登录链接已使用过', '每个链接只能使用一次，请重新登录。'],
    ['This sign-in link was already used', 'Each link works once: sign in again.'],
  ),
  'sign_in.state_expired': entry(
    403,
    'caller',
    ['登录已超时', '须在 5 分钟内完成，请重新登录。'],
    ['The sign-in expired', 'It must be completed within 5 minutes: sign in again.'],
  ),
  'sign_in.code_invalid': entry(
    403,
    'caller',
    ['企业微信的登录授权已失效', '授权码只能使用一次且 5 分钟内有效，请重新登录。'],
    ['WeCom’s sign-in code is no longer valid', 'It works once and for 5 minutes: sign in again.'],
  ),
  'sign_in.outsider': entry(
    403,
    'caller',
    ['您不是该企业的成员', '只有本企业的成员可以登录。请确认企业微信中当前选择的企业。'],
    [
      'You are not a member of this enterprise',
      'Only its members can sign in: check which enterprise is chosen in WeCom.',
    ],
  ),
  'sign_in.linked_corp': entry(
    403,
    'caller',
    ['您属于互联企业', '上下游或互联企业的成员不能登录。如有需要请联系管理员。'],
    [
      'You belong to a linked enterprise',
      'Members of upstream, downstream or linked enterprises cannot sign in: ask an admin if you need to.',
    ],
  ),
  'sign_in.member_unknown': entry(
    403,
    'admin',
    ['尚未同步到您的账号', '您可能刚入职或不在应用的可见范围内。请联系管理员同步后重试。'],
    [
      'You have not been synced yet',
      'You may have just joined, or are outside the visible scope of the app: ask an admin to sync, then try again.',
    ],
  ),
  'sign_in.member_left': entry(
    403,
    'admin',
    ['您的账号已退出', '通讯录中已没有您。如有误，请联系管理员。'],
    [
      'You are no longer a member of this enterprise',
      'You are no longer in the directory: ask an admin if that is wrong.',
    ],
  ),
  'sign_in.member_disabled': entry(
    403,
    'admin',
    ['您的账号已被禁用', '请联系管理员。'],
    ['Your account is disabled', 'Ask an admin.'],
  ),
  'sign_in.member_not_activated': entry(
    403,
    'caller',
    ['您的企业微信账号尚未激活', '请先在企业微信中完成激活，待下次同步后再登录。'],
    ['Your WeCom account is not activated', 'Activate it in WeCom first, then sign in after the next sync.'],
  ),
  'setup.completed': entry(
    409,
    'caller',
    ['初始化已完成', '管理员账号已存在，请直接登录。'],
    ['Setup is already done', 'An admin account exists: sign in.'],
  ),
  'setup.wrong_code': entry(
    403,
    'operator',
    ['初始化码不正确', '请使用服务器启动时在终端打印的初始化码。'],
    ['Wrong setup code', 'Use the setup code that the server prints in its terminal at start.'],
  ),
  'account.disabled': entry(
    403,
    'admin',
    ['账号已停用', '请联系管理员。'],
    ['This account is disabled', 'Ask an admin.'],
  ),
  'password_reset.invalid': entry(
    403,
    'admin',
    ['链接无效或已过期', '每个链接只能使用一次，24 小时内有效。请向管理员索取新的链接。'],
    [
      'This link is invalid or has expired',
      'Each link works once, within 24 hours: ask an admin for another.',
    ],
  ),
  'account.username_taken': entry(
    409,
    'caller',
    ['账号名已被使用', '请换一个账号名；账号名不区分大小写。'],
    ['This username is taken', 'Choose another one; usernames are compared without case.'],
  ),
  'access.last_admin': entry(
    409,
    'admin',
    ['不能移除最后一位管理员', '请先授予另一人管理员角色。'],
    ['The last admin cannot be removed', 'Give the admin role to another user first.'],
  ),
} as const satisfies Record<string, ErrorEntry>;

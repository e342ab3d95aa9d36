/** Who can make the error go away: the person calling, an admin of the console, whoever runs the server, or WeCom itself. */
export type FixedBy = 'caller' | 'admin' | 'operator' | 'wecom';

export interface ErrorText {
  /** What happened, one sentence. */
  title: string;
  /** Why, and what to do next. `{name}` marks are filled in by the server. */
  detail: string;
}

export interface ErrorEntry {
  status: number;
  retryable: boolean;
  fixedBy: FixedBy;
  zh: ErrorText;
  en: ErrorText;
}

const entry = (
  status: number,
  fixedBy: FixedBy,
  zh: readonly [string, string],
  en: readonly [string, string],
  retryable = false,
): ErrorEntry => ({
  status,
  retryable,
  fixedBy,
  zh: { title: zh[0], detail: zh[1] },
  en: { title: en[0], detail: en[1] },
});

/**
 * Every error that the server can answer, with its HTTP status and its Chinese and English text.
 * The documentation page and the console's translations are made from this table.
 */
export const errorTable = {
  'request.invalid': entry(
    400,
    'caller',
    ['请求有误', '有字段缺失或格式不对，请按 errors 中的说明修改后重试。'],
    [
      'The request is not valid',
      'A field is missing or malformed: correct what `errors` lists and send it again.',
    ],
  ),
  'request.malformed': entry(
    400,
    'caller',
    ['无法解析请求内容', '请求体不是有效的 JSON，请检查后重试。'],
    ['The request body cannot be read', 'The body is not valid JSON: correct it and send it again.'],
  ),
  'request.too_large': entry(
    413,
    'caller',
    ['请求内容过大', '请求体超过了上限，请缩小后重试。'],
    ['The request is too large', 'The body exceeds the limit: send less at once.'],
  ),
  'request.unsupported_media_type': entry(
    415,
    'caller',
    ['不支持的内容类型', '请以 application/json 发送请求体。'],
    ['Unsupported content type', 'Send the body as application/json.'],
  ),
  'request.cross_site': entry(
    403,
    'caller',
    ['拒绝来自其他网站的请求', '修改数据的请求必须来自本控制台；如经反向代理访问，请核对 PUBLIC_URL。'],
    [
      'Requests from another site are refused',
      'A request that changes something must come from this console; behind a reverse proxy, check PUBLIC_URL.',
    ],
  ),
  'request.not_found': entry(
    404,
    'caller',
    ['接口不存在', '请核对请求的方法和路径。'],
    ['No such endpoint', 'Check the method and path of the request.'],
  ),
  'request.method_not_allowed': entry(
    405,
    'caller',
    ['不支持该请求方法', '请改用 Allow 响应头列出的方法。'],
    ['Method not allowed', 'Use one of the methods that the Allow header lists.'],
  ),
  'resource.not_found': entry(
    404,
    'caller',
    ['未找到', '它可能已被删除，或标识有误，请刷新后重试。'],
    ['Not found', 'It may be gone, or the identifier is wrong: refresh and try again.'],
  ),
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
    ['Permission denied', 'Your role may not do this: ask an admin if you need it.'],
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
    ['The setup code is not right', 'Use the setup code that the server printed in its terminal at start.'],
  ),
  'settings.incomplete': entry(
    409,
    'admin',
    ['企业微信配置不完整', '请先在 系统 → 企业设置 填写企业 ID、应用 ID 和应用密钥。'],
    [
      'The WeCom settings are incomplete',
      'Fill in CorpID, AgentId and Secret under System → Enterprise Settings first.',
    ],
  ),
  'settings.corp_changed': entry(
    409,
    'admin',
    [
      '企业 ID 已改变',
      '本地已有企业 {corpId} 的组织架构。更换企业后将显示新企业的组织架构，原数据保留但不再同步。确认更换请带上 confirmCorpChange: true。',
    ],
    [
      'The CorpID has changed',
      'A directory of corp {corpId} exists here. After the change the console shows the new corp; the old data is kept and no longer synced. Send confirmCorpChange: true to confirm.',
    ],
  ),
  'settings.version_conflict': entry(
    409,
    'caller',
    ['设置已被他人修改', '请刷新页面查看最新设置后再保存。'],
    ['Someone else changed the settings', 'Refresh to see the latest settings, then save again.'],
  ),
  'settings.secret_unreadable': entry(
    409,
    'admin',
    [
      '已保存的密钥无法解密',
      'APP_SECRET 与保存时不同。请恢复原来的 APP_SECRET，或在 企业设置 中重新填写应用密钥。',
    ],
    [
      'The saved secret cannot be decrypted',
      'APP_SECRET differs from the one it was saved with: restore it, or enter the Secret again in Enterprise Settings.',
    ],
  ),
  'sync.disabled': entry(
    409,
    'admin',
    ['未开启组织架构同步', '请先在 系统 → 企业设置 打开「同步组织架构」。'],
    ['Syncing is switched off', 'Turn on “Sync org structure” under System → Enterprise Settings first.'],
  ),
  'sync.already_running': entry(
    409,
    'caller',
    ['已有同步正在进行', '请等待它结束，或先取消它。'],
    ['A sync is already running', 'Wait until it ends, or cancel it first.'],
    true,
  ),
  'sync.not_cancellable': entry(
    409,
    'caller',
    ['该同步已结束', '已结束的同步不能取消。'],
    ['This run has ended', 'A run that has ended cannot be cancelled.'],
  ),
  'sync.not_awaiting_approval': entry(
    409,
    'caller',
    ['该同步没有待批准的变更', '它可能已被批准、拒绝或被之后的同步取代，请刷新页面。'],
    [
      'Nothing in this run awaits approval',
      'It may have been approved, rejected or superseded by a later run: refresh the page.',
    ],
  ),
  'sync.interrupted': entry(
    500,
    'operator',
    ['同步被中断', '执行同步的进程停止了。组织架构保持不变，请重新同步。'],
    [
      'The sync was interrupted',
      'The process that ran it stopped. The directory is as it was: run the sync again.',
    ],
    true,
  ),
  'sync.cancelled': entry(
    409,
    'caller',
    ['同步已取消', '组织架构保持不变。'],
    ['The sync was cancelled', 'The directory is as it was.'],
  ),
  'sync.superseded': entry(
    409,
    'caller',
    ['已被之后的同步取代', '之后的同步生成了新的计划，请查看最新的同步记录。'],
    ['Superseded by a later run', 'A later run made a new plan: look at the latest run.'],
  ),
  'plan.stale': entry(
    409,
    'caller',
    ['计划已过期', '自生成该计划后组织架构、设置或计划本身已改变。请重新同步以生成新的计划。'],
    [
      'The plan is out of date',
      'The directory, the settings or the plan itself changed since it was made: run a new sync to get a new plan.',
    ],
  ),
  'sync.held_expired': entry(
    409,
    'caller',
    ['待批准的移除已过期', '超过 72 小时未批准，已作废。请重新同步以生成新的计划。'],
    ['What was held has expired', 'It was not approved within 72 hours: run a new sync to get a new plan.'],
  ),
  'undo.conflict': entry(
    409,
    'caller',
    ['之后的同步又改动了相同的数据', '无法撤销。请查看 conflicts 中列出的条目，先撤销较晚的同步。'],
    [
      'A later run changed the same rows',
      'It cannot be undone: see the rows under `conflicts`, and undo the later run first.',
    ],
  ),
  'undo.not_possible': entry(
    409,
    'caller',
    ['该同步不能撤销', '只有已成功应用且尚未撤销的同步可以撤销。'],
    ['This run cannot be undone', 'Only a run that was applied and has not been undone yet can be.'],
  ),
  'access.last_admin': entry(
    409,
    'admin',
    ['不能移除最后一位管理员', '请先授予另一人管理员角色。'],
    ['The last admin cannot be removed', 'Give the admin role to someone else first.'],
  ),
  'wecom.refused': entry(
    502,
    'admin',
    ['企业微信拒绝了请求', '{sentence} {remedy}'],
    ['WeCom refused the request', '{sentence} {remedy}'],
  ),
  'wecom.unreachable': entry(
    502,
    'operator',
    ['无法连接企业微信', '{sentence} {remedy}'],
    ['WeCom cannot be reached', '{sentence} {remedy}'],
    true,
  ),
  'wecom.bad_answer': entry(
    502,
    'wecom',
    ['企业微信返回了无法识别的内容', '{sentence} {remedy}'],
    ['WeCom gave an answer that cannot be used', '{sentence} {remedy}'],
    true,
  ),
  'wecom.app_disabled': entry(
    502,
    'admin',
    ['应用已停用', '请在企业微信管理后台启用该应用，然后重试。'],
    ['The app is disabled', 'Enable the app in the WeCom admin console, then try again.'],
  ),
  'database.unavailable': entry(
    503,
    'operator',
    ['数据库暂时不可用', '请稍后重试；如持续出现，请检查数据库是否在运行。'],
    [
      'The database is not available',
      'Try again shortly; if it goes on, check that the database is running.',
    ],
    true,
  ),
  'server.unexpected': entry(
    500,
    'operator',
    ['服务器内部错误', '请稍后重试；如持续出现，请把请求编号提供给管理员。'],
    ['Unexpected server error', 'Try again; if it goes on, give the request id to your admin.'],
    true,
  ),
} as const satisfies Record<string, ErrorEntry>;

/** A code of {@link errorTable}; closed, so that a missing text is a type error. */
export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]; // Object.keys widens to string

import { type ErrorEntry, entry } from './entry.ts';

/** Errors of any request. */
export const requestErrors = {
  'request.invalid': entry(
    400,
    'caller',
    ['请求有误', '有字段缺失或格式不对，请按 errors 中的说明修改后重试。'],
    [
      'The request is not valid',
      'A field is missing or malformed: correct the fields listed in `errors` and send the request again.',
    ],
  ),
  'request.malformed': entry(
    400,
    'caller',
    ['无法解析请求内容', '请求体不是有效的 JSON，或与 Content-Encoding 不符，请检查后重试。'],
    [
      'The request body cannot be read',
      'The body is not valid JSON, or does not match Content-Encoding: correct it and send it again.',
    ],
  ),
  'request.too_large': entry(
    413,
    'caller',
    ['请求内容过大', '请求体超过了上限，请缩小后重试。'],
    ['The request is too large', 'The body exceeds the limit: send a smaller one.'],
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
      'A state-changing request must come from this console; behind a reverse proxy, check PUBLIC_URL.',
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
  'request.throttled': entry(
    429,
    'caller',
    ['请求过于频繁', '您的请求超过了频率限制，请在 {seconds} 秒后重试。'],
    ['Too many requests', 'You have made more requests than are allowed: try again in {seconds} seconds.'],
    true,
  ),
  'request.too_many_streams': entry(
    429,
    'caller',
    ['实时进度打开过多', '同一次登录最多同时接收 {max} 路实时进度，请关闭不用的页面，或改为定时查询。'],
    [
      'Too many live streams',
      'One session may follow {max} streams at a time: close those that are not needed, or poll instead.',
    ],
    true,
  ),
  'resource.not_found': entry(
    404,
    'caller',
    ['未找到', '它可能已被删除，或标识有误，请刷新后重试。'],
    ['Not found', 'It may have been deleted, or the identifier is wrong: refresh and try again.'],
  ),
  'database.unavailable': entry(
    503,
    'operator',
    ['数据库暂时不可用', '请稍后重试；如持续出现，请检查数据库是否在运行。'],
    [
      'The database is not available',
      'Try again shortly; if the error persists, check that the database is running.',
    ],
    true,
  ),
  'database.too_many_connections': entry(
    503,
    'operator',
    ['数据库连接已用尽', '请稍后重试；如持续出现，请调大数据库的 max_connections，或减少连接它的进程。'],
    [
      'The database has no free connection',
      'Try again shortly; if it goes on, raise its max_connections or let fewer processes connect.',
    ],
    true,
  ),
  'database.read_only': entry(
    503,
    'operator',
    [
      '数据库当前只读',
      '可以查看，不能修改。请把 DATABASE_URL 指向主库，或取消 default_transaction_read_only；恢复后自动继续。',
    ],
    [
      'The database is read-only',
      'Reading works, changes do not. Point DATABASE_URL at the primary, or lift default_transaction_read_only; everything then goes on by itself.',
    ],
    true,
  ),
  'database.full': entry(
    503,
    'operator',
    ['数据库磁盘已满', '可以查看，不能修改。请清理或扩大数据库所在的磁盘；恢复后自动继续。'],
    [
      'The disk of the database is full',
      'Reading works, changes do not. Free or add space where the database lies; everything then goes on by itself.',
    ],
    true,
  ),
  'database.refused': entry(
    503,
    'operator',
    ['数据库拒绝访问', '账号、密码或权限已改变。请核对 DATABASE_URL 和该账号的权限。'],
    [
      'The database refuses access',
      'The account, its password or its rights have changed: check DATABASE_URL and what the account may do.',
    ],
    true,
  ),
  'server.starting': entry(
    503,
    'operator',
    ['服务正在启动', '正在准备数据库 {step}，请稍候。'],
    ['The server is starting', 'It prepares the database {step}: try again in a moment.'],
    true,
  ),
  'server.stopping': entry(
    503,
    'operator',
    ['服务正在停止', '请稍后重试。'],
    ['The server is stopping', 'Try again in a moment.'],
    true,
  ),
  'server.unexpected': entry(
    500,
    'operator',
    ['服务器内部错误', '请稍后重试；如持续出现，请把请求编号提供给管理员。'],
    ['Unexpected server error', 'Try again; if the error persists, give the request id to your admin.'],
    true,
  ),
} as const satisfies Record<string, ErrorEntry>;

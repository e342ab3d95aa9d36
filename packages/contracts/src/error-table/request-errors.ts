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
  'server.unexpected': entry(
    500,
    'operator',
    ['服务器内部错误', '请稍后重试；如持续出现，请把请求编号提供给管理员。'],
    ['Unexpected server error', 'Try again; if the error persists, give the request id to your admin.'],
    true,
  ),
} as const satisfies Record<string, ErrorEntry>;

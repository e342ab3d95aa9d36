/**
 * errmsg texts by errcode. Seen in answers of the real server: 40013, 40014, 40029, 40091, 41004, 42001,
 * 45009, 48002,
 * 50001, 60011, 60020, 60111, 301002. The others could not be checked and are worded in the vendor's manner;
 * callers must decide on errcode anyway.
 */
const vendorTexts: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential',
  40003: 'invalid userid',
  40008: 'invalid message type',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40057: 'invalid callbackurl or callbackurl verify fail',
  40058: 'invalid Request Parameter',
  40063: 'some parameters are empty',
  40068: 'invalid tagid',
  40088: 'invalid jobid',
  40089: 'jobid result expired',
  40091: 'secret is invalid',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41008: 'code missing',
  41009: 'userid missing',
  41011: 'agentid missing',
  41017: 'tagid missing',
  41019: 'department missing',
  42001: 'access_token expired',
  42003: 'code expired',
  44004: 'empty content',
  45009: 'api freq out of limit',
  45029: 'api response too large',
  45033: 'api concurrent out of limit',
  48002: 'api forbidden',
  48009: 'api forbidden',
  50001: 'redirect_uri unauthorized',
  50002: 'user out of permission range',
  50003: 'agent disabled',
  60001: 'invalid department name length',
  60003: 'department not found',
  60004: 'parent department not found',
  60005: 'department contains user',
  60006: 'department contains sub-department',
  60007: 'root department can not be deleted',
  60008: 'department existed',
  60009: 'department name contains invalid char',
  60010: 'department has cycle relationship',
  60011: 'no privilege to access/modify contact/party/agent',
  60020: 'not allow to access from your ip',
  60102: 'userid existed',
  60111: 'userid not found',
  60112: 'invalid name',
  60123: 'invalid party id',
  60127: 'department missing',
  81013: 'user & party & tag all invalid',
  84014: 'user_ticket expired',
  84015: 'invalid user_ticket',
  84090: 'user_ticket missing',
  301002: 'not allow operate another agent with this accesstoken.',
};

/** Codes whose real answer was seen without the "from ip" part. */
const codesWithoutIp: ReadonlySet<number> = new Set([40013]);

/**
 * The vendor's text for an errcode, without hint and link.
 * An errcode that the table does not know gives `system error`, as injected faults may carry any number.
 */
function vendorText(errcode: number): string {
  return vendorTexts[errcode] ?? 'system error';
}

/**
 * Formats an errmsg as WeCom does: text, hint of 22 or more digits, the caller's IP, link to the error page.
 * @param hint digits of the hint, made by the caller so that tests can fix it
 * @param ip the address that the server saw
 */
export function formatErrmsg(errcode: number, hint: string, ip: string): string {
  const fromIp = codesWithoutIp.has(errcode) ? '' : `, from ip: ${ip}`;
  const link = `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return `${vendorText(errcode)}, hint: [${hint}]${fromIp}, more info at ${link}`;
}

/**
 * An errcode of a handler: the call is answered with HTTP 200, this errcode and the endpoint's empty arrays.
 */
export class VendorError extends Error {
  readonly errcode: number;

  constructor(errcode: number) {
    super(vendorText(errcode));
    this.name = 'VendorError';
    this.errcode = errcode;
  }
}

/** Parameters of both of WeCom's sign-in pages. */
export interface AuthorizeRequest {
  readonly corpId: string;
  readonly agentId: number;
  /** Where WeCom sends the browser back to; its host, with the port, must be the app's trusted domain. */
  readonly redirectUri: string;
  /** Letters and digits only, at most 128; comes back unchanged. */
  readonly state: string;
}

/**
 * Address of the page that signs a member in inside the WeCom client (document/path/96441); elsewhere it only
 * shows an error. `snsapi_base` asks nothing, `snsapi_privateinfo` asks for fields, for which `agentid` is
 * required.
 */
export function buildAuthorizeUrl(
  baseUrl: string,
  { corpId, agentId, redirectUri, state, scope }: AuthorizeRequest & { readonly scope: string },
): string {
  const query = buildQuery({
    appid: corpId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    agentid: String(agentId),
  });
  return `${baseUrl}/connect/oauth2/authorize?${query}#wechat_redirect`;
}

/**
 * Address of the page that signs a member in by QR code or quick sign-in in any browser
 * (document/path/98171).
 */
export function buildWebSignInUrl(
  baseUrl: string,
  { corpId, agentId, redirectUri, state, lang }: AuthorizeRequest & { readonly lang: 'zh' | 'en' },
): string {
  const query = buildQuery({
    login_type: 'CorpApp',
    appid: corpId,
    agentid: String(agentId),
    redirect_uri: redirectUri,
    state,
    lang,
  });
  return `${baseUrl}/wwlogin/sso/login?${query}`;
}

/** Each value encoded once: an address that is encoded twice is a frequent cause of WeCom's domain error. */
function buildQuery(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/**
 * Whether a User-Agent is of a client that opens the page inside itself: WeCom's, mobile or desktop
 * (`wxwork`), or WeChat's (`MicroMessenger`), where members of an enterprise with the WeChat plug-in are
 * known too. Neither can scan a QR code that it shows itself.
 */
export function opensPageInApp(userAgent: string | undefined): boolean {
  const lower = userAgent?.toLowerCase() ?? '';
  return lower.includes('wxwork') || lower.includes('micromessenger');
}

import type { SimulatorApp } from '../apps.ts';
import type { SimulatorState } from '../simulator-state.ts';

/** What an authorize or QR URL asks for, checked. */
export interface AuthorizeRequest {
  readonly redirectUri: URL;
  readonly state: string | undefined;
  /** The app that the URL names. */
  readonly app: SimulatorApp | undefined;
  /**
   * True when consent to sensitive fields is asked. Without an agentid this is downgraded to the silent
   * scope.
   */
  readonly requestsPrivateInfo: boolean;
}

/** A checked URL, or the words that the error page shows. */
export type AuthorizeCheck =
  | { readonly kind: 'ok'; readonly request: AuthorizeRequest }
  | { readonly kind: 'problem'; readonly text: string };

type Query = ReadonlyMap<string, string>;

const scopes = ['snsapi_base', 'snsapi_privateinfo', 'snsapi_userinfo'];
const problem = (text: string): AuthorizeCheck => ({ kind: 'problem', text });

function parseUrl(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

function findNamedApp(state: SimulatorState, query: Query): SimulatorApp | 'unknown' | undefined {
  const agentid = query.get('agentid');
  if (agentid === undefined || agentid === '') return undefined;
  const app = state.apps.find((candidate) => String(candidate.agentid) === agentid);
  return app === undefined || app.kind !== 'selfBuilt' ? 'unknown' : app;
}

function isTrustedDomain(state: SimulatorState, app: SimulatorApp | undefined, host: string): boolean {
  const candidates = app === undefined ? state.apps : [app];
  return candidates.some(({ trustedDomain }) => trustedDomain !== '' && trustedDomain.toLowerCase() === host);
}

function checkCommon(state: SimulatorState, query: Query): AuthorizeCheck {
  if (query.get('appid') !== state.corpid) return problem('appid 参数错误 / invalid appid');
  const app = findNamedApp(state, query);
  if (app === 'unknown') return problem('agentid 参数错误 / invalid agentid');
  const redirectUri = parseUrl(query.get('redirect_uri'));
  // The exact text of the real page; an address encoded twice ends here too.
  if (redirectUri === undefined || !isTrustedDomain(state, app, redirectUri.host)) {
    return problem('redirect_uri需使用应用可信域名');
  }
  const stateText = query.get('state');
  if (stateText !== undefined && !/^[a-zA-Z0-9]{0,128}$/.test(stateText)) {
    return problem('state 参数错误 / invalid state');
  }
  if (app !== undefined && !app.enabled) return problem('应用已停用 / the app is disabled');
  const requestsPrivateInfo = query.get('scope') === 'snsapi_privateinfo' && app !== undefined;
  return { kind: 'ok', request: { redirectUri, state: stateText || undefined, app, requestsPrivateInfo } };
}

/** Checks a URL of the consent page (inside the WeCom client). */
export function checkAuthorize(state: SimulatorState, query: Query): AuthorizeCheck {
  if (query.get('response_type') !== 'code') return problem('response_type 参数错误 / invalid response_type');
  if (!scopes.includes(query.get('scope') ?? '')) return problem('scope 参数错误 / invalid scope');
  return checkCommon(state, query);
}

/** Checks a URL of the QR page (desktop browser); it needs an agentid and knows no scope. */
export function checkQrSignIn(state: SimulatorState, query: Query): AuthorizeCheck {
  if (query.get('login_type') !== 'CorpApp') return problem('login_type 参数错误 / invalid login_type');
  if (!query.get('agentid')) return problem('agentid 参数缺失 / agentid missing');
  const checked = checkCommon(state, query);
  return checked.kind === 'ok'
    ? { ...checked, request: { ...checked.request, requestsPrivateInfo: false } }
    : checked;
}

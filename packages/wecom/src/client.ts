import type { OnCall } from './call-events.ts';
import { type Clock, systemClock } from './clock.ts';
import { createEncodingAesKey } from './encoding-aes-key.ts';
import { agentGet, type WecomAgent } from './endpoints/agent-get.ts';
import { authGetuserdetail, type WecomUserDetail } from './endpoints/auth-getuserdetail.ts';
import { authGetuserinfo, userGetuserinfo, type WecomIdentity } from './endpoints/auth-getuserinfo.ts';
import type { WecomDepartment } from './endpoints/department.ts';
import { departmentGet } from './endpoints/department-get.ts';
import { departmentList } from './endpoints/department-list.ts';
import { exportDepartment } from './endpoints/export-department.ts';
import { exportUser } from './endpoints/export-user.ts';
import { gettoken } from './endpoints/gettoken.ts';
import type { WecomMember } from './endpoints/member.ts';
import { messageSend, type WecomMessage, type WecomMessageResult } from './endpoints/message-send.ts';
import { tagGet, type WecomTag } from './endpoints/tag-get.ts';
import { userGet } from './endpoints/user-get.ts';
import { userList } from './endpoints/user-list.ts';
import { WecomResponseError } from './errors.ts';
import { type ExportBlock, type ExportSettings, startExport } from './export/run-export.ts';
import { createHttpTransport } from './http-transport.ts';
import { createPacer, type Pacer } from './pacing.ts';
import { createRequester, type Requester } from './requester.ts';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry.ts';
import { buildTokenKey, createTokenSource } from './token-source.ts';
import { createMemoryTokenStore, type TokenStore } from './token-store.ts';

/** Settings of one client: one secret of one corp. */
export interface WecomClientOptions {
  readonly corpId: string;
  /** Secret of a self-built app; never leaves the client but in the query string of gettoken. */
  readonly secret: string;
  /** Default `https://qyapi.weixin.qq.com`; private editions have their own, which may be plain http. */
  readonly baseUrl?: string | undefined;
  /**
   * HTTP proxy with optional credentials; without it the client connects directly and ignores the
   * environment.
   */
  readonly proxyUrl?: string | undefined;
  /**
   * Timeout in milliseconds for connecting and for silence, default 15,000; an attempt ends after 4 times
   * that.
   */
  readonly timeoutMs?: number | undefined;
  /** Maximum size of an answer after decompression, default 64 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Default: in memory, for this client alone. */
  readonly tokenStore?: TokenStore | undefined;
  /** Share one among all clients of a process; default: one for this client alone. */
  readonly pacer?: Pacer | undefined;
  readonly retry?: Partial<RetryPolicy> | undefined;
  readonly clock?: Clock | undefined;
  /** Gives [0, 1) for the jitter of back-offs. */
  readonly random?: (() => number) | undefined;
  /**
   * Gives the key of an export job, 43 letters and digits; default: fresh ones from the system's secure
   * source.
   */
  readonly createAesKey?: (() => string) | undefined;
  /** Aborts every call of this client. */
  readonly signal?: AbortSignal | undefined;
  readonly onCall?: OnCall | undefined;
}

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call at once, also while it waits; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of an export. */
export interface ExportOptions extends ExportSettings, CallOptions {}

/**
 * The calls of WeCom that OrgMirror makes; all of them only read, but for `sendMessage`.
 * Each rejects with WecomApiError, WecomTransportError or WecomResponseError, or with the reason of an abort.
 */
export interface WecomClient {
  /** Gets an access token, which proves CorpID and Secret. The token itself is a secret. */
  readonly getToken: (options?: CallOptions) => Promise<string>;
  /** The app with its visible range. */
  readonly getAgent: (agentid: number, options?: CallOptions) => Promise<WecomAgent>;
  /** A department and all its descendants; without id everything visible. One call, in no defined order. */
  readonly listDepartments: (id?: number, options?: CallOptions) => Promise<WecomDepartment[]>;
  /** One department; WecomApiError 60003 when it does not exist, 60011 when it is not visible. */
  readonly getDepartment: (id: number, options?: CallOptions) => Promise<WecomDepartment>;
  /** Direct members of one department, in no defined order; one call. */
  readonly listMembers: (departmentId: number, options?: CallOptions) => Promise<WecomMember[]>;
  /** One member; WecomApiError 60111 when it does not exist, 60011 when it is not visible. */
  readonly getMember: (userid: string, options?: CallOptions) => Promise<WecomMember>;
  /** The members and departments of one tag. */
  readonly getTag: (tagid: number, options?: CallOptions) => Promise<WecomTag>;
  /**
   * The identity behind an OAuth2 code, which is sent once: 40029, 42003 or 42022 when it is no longer valid.
   * Falls back to the older user/getuserinfo on servers without auth/getuserinfo (private editions).
   */
  readonly getIdentity: (code: string, options?: CallOptions) => Promise<WecomIdentity>;
  /** The fields that a member agreed to share; the ticket comes with the identity and is valid for 1800 s. */
  readonly getUserDetail: (userTicket: string, options?: CallOptions) => Promise<WecomUserDetail>;
  /**
   * Sends a text from the app to some of its members, once: not repeated when WeCom may have taken it.
   * WecomApiError 81013 when none of them can be reached.
   */
  readonly sendMessage: (message: WecomMessage, options?: CallOptions) => Promise<WecomMessageResult>;
  /**
   * Every visible department by an asynchronous export. Resolves once WeCom has accepted the job; the blocks
   * can be iterated once, and the export is complete only after the last one.
   */
  readonly exportDepartments: (
    options?: ExportOptions,
  ) => Promise<AsyncIterable<ExportBlock<WecomDepartment>>>;
  /**
   * The members of every visible department by an asynchronous export, like `exportDepartments`, in no
   * defined order. Memory holds one block. Takes some seconds to 30 minutes before the first.
   */
  readonly exportMembers: (options?: ExportOptions) => Promise<AsyncIterable<ExportBlock<WecomMember>>>;
}

const DEFAULT_BASE_URL = 'https://qyapi.weixin.qq.com';
const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;
/** As long as a killed process keeps the others waiting for a token; most answers come within a second. */
const REFRESH_CLAIM_MS = 20_000;

/** Creates a client; makes no call yet. Throws TypeError for a base or proxy URL that is not http(s). */
export function createWecomClient(options: WecomClientOptions): WecomClient {
  const { corpId, secret, proxyUrl, timeoutMs = DEFAULT_TIMEOUT_MS, clock = systemClock } = options;
  const baseUrl = checkHttpUrl('baseUrl', options.baseUrl ?? DEFAULT_BASE_URL).replace(/(?<!\/)\/+$/, '');
  if (proxyUrl !== undefined) checkHttpUrl('proxyUrl', proxyUrl);
  const retry = { ...DEFAULT_RETRY_POLICY, ...options.retry };
  const requester = createRequester({
    baseUrl,
    secret,
    proxyUrl,
    transport: createHttpTransport({
      proxyUrl,
      timeoutMs,
      maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    }),
    pacer: options.pacer ?? createPacer({ clock }),
    retry,
    clock,
    random: options.random ?? Math.random,
    onCall: options.onCall ?? (() => undefined),
    tokens: createTokenSource({
      key: buildTokenKey(baseUrl, corpId, secret),
      store: options.tokenStore ?? createMemoryTokenStore({ clock }),
      clock,
      leaseMs: REFRESH_CLAIM_MS,
      // Not the caller's signal: others may be waiting for the same token.
      fetchToken: () => requester.call(gettoken, { corpid: corpId, corpsecret: secret }, undefined),
    }),
  });
  const signalFor = (call: CallOptions | undefined): AbortSignal | undefined =>
    joinSignals(options.signal, call?.signal);
  const exportParts = { requester, clock, createAesKey: options.createAesKey ?? createEncodingAesKey };
  return {
    getToken: (call) => requester.getToken(signalFor(call)),
    getAgent: (agentid, call) => requester.call(agentGet, { agentid }, signalFor(call)),
    listDepartments: (id, call) => requester.call(departmentList, { id }, signalFor(call)),
    getDepartment: (id, call) => requester.call(departmentGet, { id }, signalFor(call)),
    listMembers: (departmentId, call) =>
      requester.call(userList, { department_id: departmentId }, signalFor(call)),
    getMember: (userid, call) => requester.call(userGet, { userid }, signalFor(call)),
    getTag: (tagid, call) => requester.call(tagGet, { tagid }, signalFor(call)),
    getIdentity: (code, call) => getIdentity(requester, code, signalFor(call)),
    getUserDetail: (userTicket, call) => requester.call(authGetuserdetail, { userTicket }, signalFor(call)),
    sendMessage: (message, call) => requester.call(messageSend, message, signalFor(call)),
    exportDepartments: (call = {}) => startExport(exportParts, exportDepartment, call, signalFor(call)),
    exportMembers: (call = {}) => startExport(exportParts, exportUser, call, signalFor(call)),
  };
}

async function getIdentity(
  requester: Requester,
  code: string,
  signal: AbortSignal | undefined,
): Promise<WecomIdentity> {
  try {
    return await requester.call(authGetuserinfo, { code }, signal);
  } catch (error) {
    // A path that the server does not know has used no code.
    if (!(error instanceof WecomResponseError && error.kind === 'notFound')) throw error;
    return requester.call(userGetuserinfo, { code }, signal);
  }
}

function joinSignals(
  first: AbortSignal | undefined,
  second: AbortSignal | undefined,
): AbortSignal | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return AbortSignal.any([first, second]);
}

function checkHttpUrl(name: string, url: string): string {
  // The texts do not repeat the URL: a proxy URL may hold a password.
  if (!URL.canParse(url)) throw new TypeError(`${name} is not a URL`);
  const { protocol, username, password } = new URL(url);
  if (!/^https?:$/.test(protocol)) throw new TypeError(`${name} must begin with http:// or https://`);
  if (/%(?![0-9a-f]{2})/i.test(username + password)) {
    throw new TypeError(`${name} has a "%" in its credentials that must be written as %25`);
  }
  return url;
}

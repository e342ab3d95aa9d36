import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosProxyConfig, type AxiosRequestConfig, isAxiosError } from 'axios';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type TransportErrorKind, WecomResponseError, WecomTransportError } from './errors.ts';
import type { Redact } from './redaction.ts';

/** An HTTP answer with its body decompressed but not parsed. */
export interface HttpAnswer {
  readonly status: number;
  /** Target of a redirect, without its query string; null when there is none. */
  readonly location: string | null;
  /** When the other side answered, by its clock (header Date, whole seconds): milliseconds since 1970. */
  readonly dateMs: number | null;
  readonly body: Buffer;
}

/** One HTTP request. */
interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Holds secrets in its query string. */
  readonly url: string;
  /** Sent as JSON, without \u escapes; may hold secrets. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  /** Path below `/cgi-bin/`, for error texts. */
  readonly endpoint: string;
  readonly redact: Redact;
  readonly signal: AbortSignal | undefined;
}

/** Sends one request once; fails with a typed error, or with the signal's reason when aborted. */
export type HttpTransport = (request: HttpRequest) => Promise<HttpAnswer>;

/** How the transport reaches WeCom. */
export interface HttpTransportOptions {
  /** `http://user:password@host:port`; undefined = direct connection, the environment is ignored. */
  readonly proxyUrl: string | undefined;
  /** Timeout in milliseconds for connecting and for silence on the connection. */
  readonly timeoutMs: number;
  /** Maximum size of a body after decompression. */
  readonly maxResponseBytes: number;
}

// A body that drips in slowly enough never falls silent; a large list must still have time to arrive.
const TOTAL_TIME_FACTOR = 4;
const IDLE_SOCKET_MS = 30_000;
/** Of a redirect's target as much is told as an admin needs to recognise it. */
const MAX_LOCATION_LENGTH = 500;
const JSON_BOTH_WAYS = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** Creates the transport of one client; it keeps connections open; idle ones close by themselves. */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const fixed = buildFixedConfig(options);
  const plainProxy = buildPlainProxy(options);
  return async ({ method, url, body, endpoint, redact, signal }) => {
    signal?.throwIfAborted();
    const deadline = startDeadline(options.timeoutMs * TOTAL_TIME_FACTOR, signal);
    try {
      const response = await axios.request<Buffer>({
        ...fixed,
        method,
        url,
        ...(body !== undefined && { data: JSON.stringify(body), headers: JSON_BOTH_WAYS }),
        proxy: url.startsWith('https:') ? false : plainProxy,
        signal: deadline.signal,
      });
      return {
        status: response.status,
        location: readLocation(response.headers.location, redact),
        dateMs: readDate(response.headers.date),
        body: response.data,
      };
    } catch (error) {
      signal?.throwIfAborted();
      if (deadline.signal.aborted) {
        const seconds = (options.timeoutMs * TOTAL_TIME_FACTOR) / 1_000;
        throw new WecomTransportError('timeout', endpoint, `the answer was not complete after ${seconds} s`);
      }
      throw translateError(error, endpoint, redact, options);
    } finally {
      deadline.end();
    }
  };
}

/**
 * A signal that is aborted when the time is over or the caller's is. `AbortSignal.timeout` would live on
 * until its time, with all that the call holds: at 30,000 calls a minute that is 30,000 of them.
 */
function startDeadline(
  durationMs: number,
  signal: AbortSignal | undefined,
): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, durationMs);
  timer.unref();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

function buildFixedConfig(options: HttpTransportOptions): AxiosRequestConfig {
  const keepAlive = { keepAlive: true, scheduling: 'lifo', timeout: IDLE_SOCKET_MS } as const;
  return {
    adapter: 'http',
    responseType: 'arraybuffer',
    headers: { Accept: 'application/json' },
    timeout: options.timeoutMs,
    transitional: { clarifyTimeoutError: true },
    maxContentLength: options.maxResponseBytes,
    // A redirect would carry the token to an address that is not configured.
    maxRedirects: 0,
    // Every status is looked at together with the body: WeCom's errcode comes first.
    validateStatus: () => true,
    httpAgent: new http.Agent(keepAlive),
    httpsAgent:
      options.proxyUrl === undefined
        ? new https.Agent(keepAlive)
        : new HttpsProxyAgent(options.proxyUrl, keepAlive),
  };
}

/**
 * An https address is reached through a CONNECT tunnel, made by the agent. For a plain http one (private
 * editions) the request has absolute form: most proxies refuse CONNECT to ports other than 443.
 */
function buildPlainProxy({ proxyUrl }: HttpTransportOptions): AxiosProxyConfig | false {
  if (proxyUrl === undefined) return false;
  const proxy = new URL(proxyUrl);
  const protocol = proxy.protocol.slice(0, -1);
  const auth = { username: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password) };
  return {
    protocol,
    host: proxy.hostname,
    port: proxy.port === '' ? (protocol === 'https' ? 443 : 80) : Number(proxy.port),
    ...(proxy.username === '' ? {} : { auth }),
  };
}

function readLocation(header: unknown, redact: Redact): string | null {
  if (typeof header !== 'string') return null;
  return redact(header.replace(/[?#].*$/s, '')).slice(0, MAX_LOCATION_LENGTH);
}

function readDate(header: unknown): number | null {
  const dateMs = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(dateMs) ? null : dateMs;
}

function translateError(
  error: unknown,
  endpoint: string,
  redact: Redact,
  { maxResponseBytes, proxyUrl }: HttpTransportOptions,
): WecomTransportError | WecomResponseError {
  const message = error instanceof Error ? error.message : 'unknown failure';
  const code = readCode(error);
  // axios reports an oversized body only by its message.
  if (isAxiosError(error) && message.startsWith('maxContentLength')) {
    return new WecomResponseError(
      'tooLarge',
      endpoint,
      `the answer is larger than ${maxResponseBytes} bytes`,
    );
  }
  // The original carries the URL with the token, the headers and the agent with the proxy's password.
  const cause = Object.assign(new Error(redact(message)), { code });
  const kind = classifyFailure(code, message, proxyUrl !== undefined);
  return new WecomTransportError(kind, endpoint, REASONS[kind], { cause });
}

function readCode(error: unknown): string {
  const code = isAxiosError(error) || error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

const REASONS: Readonly<Record<TransportErrorKind, string>> = {
  timeout: 'no answer in time',
  refused: 'the connection was refused or the host cannot be reached',
  dns: 'the host name was not found',
  tls: 'no trusted TLS connection',
  proxy: 'the proxy cannot be reached',
  reset: 'the connection broke off',
  http: 'unexpected HTTP status',
};

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);

function classifyFailure(code: string, message: string, hasProxy: boolean): TransportErrorKind {
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return 'timeout';
  // With a proxy this machine resolves and connects to nothing but the proxy.
  if (REFUSED.has(code)) return hasProxy ? 'proxy' : 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return hasProxy ? 'proxy' : 'dns';
  if (hasProxy && message.includes('CONNECT')) return 'proxy';
  return /CERT|TLS|SSL|EPROTO|UNABLE_TO_(VERIFY|GET)/.test(code) ? 'tls' : 'reset';
}

import { parseErrmsg } from './errmsg.ts';
import { type ApiErrorKind, findErrorEntry, type RetryClass } from './error-table/index.ts';

/** Why no usable HTTP answer came: the network, TLS, the proxy, or an HTTP status that is not WeCom's. */
export type TransportErrorKind = 'timeout' | 'refused' | 'dns' | 'tls' | 'proxy' | 'reset' | 'http';

/**
 * Why an HTTP answer that came cannot be used. Of exports: `exportFailed`, WeCom says so; `exportUnfinished`,
 * it did not finish in time; `exportMismatch`, a file is not what was announced, cannot be decrypted or is
 * missing.
 */
export type ResponseErrorKind =
  | 'notJson'
  | 'shape'
  | 'tooLarge'
  | 'notFound'
  | 'redirect'
  | 'exportFailed'
  | 'exportUnfinished'
  | 'exportMismatch';

/** Every kind of failure that the client can report. */
export type WecomErrorKind = ApiErrorKind | TransportErrorKind | ResponseErrorKind;

/** Of WeCom's text as much is kept as anyone reads; its own are below 300 characters. */
const MAX_ERRMSG_LENGTH = 500;

/**
 * WeCom answered with an errcode other than 0.
 * `message`, `errmsg` and `hint` are free of tokens and secrets.
 */
export class WecomApiError extends Error {
  override readonly name = 'WecomApiError';
  readonly kind: ApiErrorKind;
  /** What WeCom's table says about trying again. */
  readonly retryClass: RetryClass;
  readonly errcode: number;
  /**
   * The text of errmsg without hint, address and link, 500 characters at most. Its wording may change: decide
   * by `errcode`.
   */
  readonly errmsg: string;
  /** Id under which WeCom's support finds the call; null when WeCom sent none. */
  readonly hint: string | null;
  /** The address that WeCom saw; null when WeCom did not say. */
  readonly egressIp: string | null;
  /** Path below `/cgi-bin/`. */
  readonly endpoint: string;

  /** `redactedErrmsg` is the whole errmsg as WeCom sent it, already passed through redaction. */
  constructor(endpoint: string, errcode: number, redactedErrmsg: string) {
    const { base: whole, hint, ip } = parseErrmsg(redactedErrmsg);
    const base = whole.slice(0, MAX_ERRMSG_LENGTH).toWellFormed();
    super(`${endpoint}: WeCom answered errcode ${errcode} (${base})${hint === null ? '' : `, hint ${hint}`}`);
    const entry = findErrorEntry(errcode);
    this.kind = entry.kind;
    this.retryClass = entry.retry;
    this.errcode = errcode;
    this.errmsg = base;
    this.hint = hint;
    this.egressIp = ip;
    this.endpoint = endpoint;
  }
}

/** No usable HTTP answer came. `cause` is a copy without URL, headers and body. */
export class WecomTransportError extends Error {
  override readonly name = 'WecomTransportError';
  readonly kind: TransportErrorKind;
  /** HTTP status for the kinds `http` and `proxy`, where there was one. */
  readonly status: number | null;
  readonly endpoint: string;

  constructor(
    kind: TransportErrorKind,
    endpoint: string,
    reason: string,
    details: { readonly status?: number; readonly cause?: Error } = {},
  ) {
    super(`${endpoint}: ${reason}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.status = details.status ?? null;
    this.endpoint = endpoint;
  }
}

/** An HTTP answer came that is not what WeCom documents; never to be read as an empty list. */
export class WecomResponseError extends Error {
  override readonly name = 'WecomResponseError';
  readonly kind: ResponseErrorKind;
  /** Path of the field that is missing or malformed, for example `department[3].id`; never its value. */
  readonly field: string | null;
  /** True when the body may have been cut off on its way, so that asking again can help. */
  readonly maybeCutOff: boolean;
  readonly status: number | null;
  readonly endpoint: string;

  constructor(
    kind: ResponseErrorKind,
    endpoint: string,
    reason: string,
    details: {
      readonly field?: string;
      readonly maybeCutOff?: boolean;
      readonly status?: number;
      readonly cause?: Error;
    } = {},
  ) {
    super(`${endpoint}: ${reason}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.field = details.field ?? null;
    this.maybeCutOff = details.maybeCutOff ?? false;
    this.status = details.status ?? null;
    this.endpoint = endpoint;
  }
}

/** Any failure of a call, other than its being aborted. */
export type WecomError = WecomApiError | WecomTransportError | WecomResponseError;

/** Tells the client's own failures from an abort reason or a programming error. */
export function isWecomError(error: unknown): error is WecomError {
  return (
    error instanceof WecomApiError ||
    error instanceof WecomTransportError ||
    error instanceof WecomResponseError
  );
}

import { isWecomError, WecomApiError, type WecomError, WecomTransportError } from './errors.ts';

/** How often and how long a call is tried; all durations in milliseconds. */
export interface RetryPolicy {
  /** Maximum number of attempts for transient failures, default 3. */
  readonly maxTries: number;
  /** Upper bound of the first back-off, doubled for each further one; default 500. */
  readonly baseDelayMs: number;
  /** Upper bound of any back-off, default 10,000. */
  readonly maxDelayMs: number;
  /** How long one call may wait for limit windows altogether; default 180,000, three minute windows. */
  readonly maxLimitWaitMs: number;
}

/** The defaults of `RetryPolicy`. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxTries: 3,
  baseDelayMs: 500,
  maxDelayMs: 10_000,
  maxLimitWaitMs: 180_000,
};

/** The history of one call. */
export interface CallProgress {
  /** Attempts that ended in a transient failure. */
  readonly failedTries: number;
  readonly limitWaitMs: number;
  readonly hasRefreshedToken: boolean;
}

/** What to do after a failed attempt. */
export type NextStep =
  | { readonly kind: 'giveUp' }
  | { readonly kind: 'refreshToken'; readonly errcode: number }
  | { readonly kind: 'backOff'; readonly delayMs: number }
  | { readonly kind: 'waitWindow'; readonly delayMs: number };

const GIVE_UP: NextStep = { kind: 'giveUp' };
const GETTOKEN = 'gettoken';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Decides by the error and the history of the call; `random` returns numbers in [0, 1). */
export function decideNextStep(
  error: unknown,
  progress: CallProgress,
  policy: RetryPolicy,
  random: () => number,
): NextStep {
  if (!isWecomError(error)) return GIVE_UP;
  if (error instanceof WecomApiError && isTokenRefused(error)) {
    return progress.hasRefreshedToken ? GIVE_UP : { kind: 'refreshToken', errcode: error.errcode };
  }
  if (error instanceof WecomApiError && error.retryClass === 'waitWindow') {
    const delayMs = limitWindowMs(error);
    const fits = progress.limitWaitMs + delayMs <= policy.maxLimitWaitMs;
    return fits ? { kind: 'waitWindow', delayMs } : GIVE_UP;
  }
  if (!isTransient(error) || progress.failedTries + 1 >= policy.maxTries) return GIVE_UP;
  return { kind: 'backOff', delayMs: backOffMs(progress.failedTries, policy, random) };
}

/**
 * True when WeCom has certainly not processed the call: it refused the token, which it checks first, or there
 * was no connection. After a timeout, a broken connection or "system busy" a code may have been used.
 */
export function isSafeToRetry(error: unknown): boolean {
  if (error instanceof WecomApiError) return isTokenRefused(error);
  if (!(error instanceof WecomTransportError)) return false;
  const { kind, status } = error;
  return kind === 'refused' || kind === 'dns' || (kind === 'proxy' && status === null);
}

/** True when the same call may succeed a little later. */
function isTransient(error: WecomError): boolean {
  if (error instanceof WecomApiError) return error.retryClass === 'backOff';
  if (!(error instanceof WecomTransportError)) return error.maybeCutOff;
  switch (error.kind) {
    case 'timeout':
    case 'reset':
    case 'refused':
    case 'dns':
      return true;
    case 'http':
      return error.status !== null && error.status >= 500;
    case 'proxy':
      // An unreachable proxy may come back; one that requires other credentials fails again.
      return error.status === null || error.status >= 500;
    case 'tls':
      return false;
  }
}

/**
 * True when WeCom refused the token of a business call.
 * 40001 counts too: some endpoints answer it for a revoked token. From gettoken itself it means a wrong
 * secret.
 */
function isTokenRefused(error: WecomApiError): boolean {
  if (error.endpoint === GETTOKEN) return false;
  return error.retryClass === 'refreshToken' || error.errcode === 40001;
}

/**
 * Length of the window that a limit error names; a minute when it names none, as almost always.
 * gettoken is limited for an hour, after many wrong secrets (help text of 45009).
 */
function limitWindowMs(error: WecomApiError): number {
  if (/month|day/i.test(error.errmsg)) return 24 * HOUR_MS;
  return error.endpoint === GETTOKEN || /hour/i.test(error.errmsg) ? HOUR_MS : MINUTE_MS;
}

/** Exponential with jitter in its upper half: never at once, never all callers at the same instant. */
function backOffMs(failedTries: number, policy: RetryPolicy, random: () => number): number {
  const bound = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** failedTries);
  return bound / 2 + (bound / 2) * random();
}

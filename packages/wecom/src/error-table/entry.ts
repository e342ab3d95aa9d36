/** What an errcode is about; closed, so that a console can switch over it. */
export type ApiErrorKind =
  | 'credentials'
  | 'agent'
  | 'ip'
  | 'permission'
  | 'scope'
  | 'rate'
  | 'concurrency'
  | 'transient'
  | 'gone'
  | 'token'
  | 'signIn'
  | 'parameter'
  | 'quota'
  | 'corp'
  | 'unknown';

/**
 * What to do about trying again: `never`; `backOff` up to three tries; `waitWindow` until the limit window is
 * over; `refreshToken` once and repeat once; `signInAgain` by the member; `stop` until an admin has acted.
 */
export type RetryClass = 'never' | 'backOff' | 'waitWindow' | 'refreshToken' | 'signInAgain' | 'stop';

/** What happened, and what to do about it. `{ip}` stands for the address that WeCom saw. */
export interface ErrorText {
  readonly sentence: string;
  readonly remedy: string;
}

/** One row of the table; codes that mean the same to an admin share a row. */
export interface ErrorEntry {
  readonly codes: readonly number[];
  readonly kind: ApiErrorKind;
  readonly retry: RetryClass;
  readonly zh: ErrorText;
  readonly en: ErrorText;
}

import { type ErrorCode, type ErrorText, errorTable, type Problem } from '@orgmirror/contracts';

export interface AppErrorDetails {
  /** Fills the `{name}` marks of the error's text. */
  values?: Record<string, string | number>;
  /** Text by language that replaces the marks `{sentence}` and `{remedy}`, e.g. WeCom's. */
  localised?: Record<'zh' | 'en', Record<string, string>>;
  /** Replaces the code's own text, where that would speak of more than the caller gave. */
  wording?: Record<'zh' | 'en', ErrorText>;
  /** What is wrong with which value; a text by language, or one that is in the caller's already. */
  errors?: { path: string; message: string | Record<'zh' | 'en', string> }[];
  wecom?: Problem['wecom'];
  runId?: string;
  /** Rows of an `undo.conflict`. */
  conflicts?: NonNullable<Problem['conflicts']>;
  /** Seconds for the Retry-After header. */
  retryAfterSeconds?: number;
  /** Methods for the Allow header. */
  allow?: string[];
  cause?: unknown;
}

/** An error with a code of the contract; the user gets its text, the log gets this and its cause. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(`${code}: ${errorTable[code].en.title}`, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

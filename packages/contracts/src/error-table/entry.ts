/** Who can fix the error: the caller, an admin of the console, the operator of the server, or WeCom. */
export type FixedBy = 'caller' | 'admin' | 'operator' | 'wecom';

/** The text of an error in one language. */
export interface ErrorText {
  /** What happened, in one sentence. */
  title: string;
  /** Why, and what to do next. The server replaces `{name}` placeholders. */
  detail: string;
}

/** One row of the error table. */
export interface ErrorEntry {
  status: number;
  retryable: boolean;
  fixedBy: FixedBy;
  zh: ErrorText;
  en: ErrorText;
}

/** Builds a row of the error table; texts are `[title, detail]`, Chinese first. */
export const entry = (
  status: number,
  fixedBy: FixedBy,
  zh: readonly [string, string],
  en: readonly [string, string],
  retryable = false,
): ErrorEntry => ({
  status,
  retryable,
  fixedBy,
  zh: { title: zh[0], detail: zh[1] },
  en: { title: en[0], detail: en[1] },
});

/** Who can make the error go away: the person calling, an admin of the console, whoever runs the server, or WeCom itself. */
export type FixedBy = 'caller' | 'admin' | 'operator' | 'wecom';

export interface ErrorText {
  /** What happened, one sentence. */
  title: string;
  /** Why, and what to do next. `{name}` marks are filled in by the server. */
  detail: string;
}

export interface ErrorEntry {
  status: number;
  retryable: boolean;
  fixedBy: FixedBy;
  zh: ErrorText;
  en: ErrorText;
}

/** Chinese first, each as title and detail. */
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

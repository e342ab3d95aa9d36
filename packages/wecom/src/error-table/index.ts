import { CONNECTION_ERRORS } from './connection-errors.ts';
import type { ErrorEntry } from './entry.ts';
import { READ_ERRORS } from './read-errors.ts';
import { SIGN_IN_ERRORS } from './sign-in-errors.ts';
import { WRITE_ERRORS } from './write-errors.ts';

export type { ApiErrorKind, ErrorEntry, ErrorText, RetryClass } from './entry.ts';

const UNKNOWN_ERROR: ErrorEntry = {
  codes: [],
  kind: 'unknown',
  retry: 'never',
  zh: {
    sentence: '企业微信返回了一个未收录的错误码。',
    remedy: '请稍后重试；若仍出现，请把错误码和 hint 提供给企业微信技术支持。',
  },
  en: {
    sentence: 'WeCom answered with an error code that is not in the table.',
    remedy: 'Try again later; if it stays, give the code and the hint to WeCom support.',
  },
};

/** Every errcode that the table knows, with the texts for admins in Chinese and English. */
export const ERROR_TABLE: readonly ErrorEntry[] = [
  ...CONNECTION_ERRORS,
  ...READ_ERRORS,
  ...SIGN_IN_ERRORS,
  ...WRITE_ERRORS,
];

const ENTRY_OF_CODE = new Map(
  ERROR_TABLE.flatMap((entry) => entry.codes.map((code) => [code, entry] as const)),
);

/** Finds the row of an errcode; an unknown code gets a row of kind `unknown` that is not retried. */
export function findErrorEntry(errcode: number): ErrorEntry {
  return ENTRY_OF_CODE.get(errcode) ?? UNKNOWN_ERROR;
}

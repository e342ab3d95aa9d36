import { attributeErrors } from './error-table/attribute-errors.ts';
import type { ErrorEntry } from './error-table/entry.ts';
import { exportErrors } from './error-table/export-errors.ts';
import { noticeErrors } from './error-table/notice-errors.ts';
import { requestErrors } from './error-table/request-errors.ts';
import { signInErrors } from './error-table/sign-in-errors.ts';
import { syncErrors } from './error-table/sync-errors.ts';
import { wecomErrors } from './error-table/wecom-errors.ts';

export type { ErrorEntry, ErrorText, FixedBy } from './error-table/entry.ts';

/**
 * Every error that the server can answer, with its HTTP status and its Chinese and English text.
 * The documentation page and the console's translations are made from this table.
 */
export const errorTable = {
  ...requestErrors,
  ...signInErrors,
  ...syncErrors,
  ...wecomErrors,
  ...noticeErrors,
  ...exportErrors,
  ...attributeErrors,
} as const satisfies Record<string, ErrorEntry>;

/** A code of {@link errorTable}; closed, so that a missing text is a type error. */
export type ErrorCode = keyof typeof errorTable;

/** All codes of {@link errorTable}, as a list that a schema can enumerate. */
export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]; // keys() widens to string

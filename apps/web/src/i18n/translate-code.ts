import type { TFunction } from 'i18next';
import i18next from 'i18next';

type CodePrefix =
  | 'history.warning'
  | 'history.held.reason'
  | 'history.field'
  | 'history.fieldValue'
  | 'audit.action';

/** The text of a code that the server chose, or undefined for one that this release does not know. */
export function translateCode(
  t: TFunction,
  prefix: CodePrefix,
  code: string,
  values: Record<string, unknown> = {},
): string | undefined {
  const key = `${prefix}.${code}`;
  if (!i18next.exists(key)) return undefined;
  // The key exists, as was just asked; its text cannot be known to the type system.
  return t(key as 'history.warning.department.orphan', values as never) as string;
}

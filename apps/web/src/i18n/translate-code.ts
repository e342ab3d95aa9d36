import i18next from 'i18next';

type CodePrefix =
  | 'history.warning'
  | 'history.held.reason'
  | 'history.undo.reason'
  | 'changes.field'
  | 'changes.departmentField'
  | 'changes.fieldValue'
  | 'audit.field'
  | 'audit.action'
  | 'audit.kind'
  | 'audit.sentence'
  | 'events.kind'
  | 'events.rejection';

/** The text of a code that the server chose, or undefined for one that this release does not know. */
export function translateCode(
  prefix: CodePrefix,
  code: string,
  values: Record<string, unknown> = {},
): string | undefined {
  const key = `${prefix}.${code}`;
  if (!i18next.exists(key)) return undefined;
  // The key was just found; that it is one of the typed keys cannot be known to the type system.
  return i18next.t(key as never, values as never) as unknown as string;
}

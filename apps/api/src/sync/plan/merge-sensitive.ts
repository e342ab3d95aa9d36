import type { Change, CurrentMember } from '@orgmirror/planner';
import type { SensitiveDocument } from '../../directory/sensitive/sensitive-document.ts';
import { isSensitive, sensitiveFieldNames } from '../../directory/sensitive/sensitive-fields.ts';

/** The member's whole sensitive document after the change; undefined when the change touches none of it. */
export function mergeSensitive(change: Change, current: CurrentMember | null): SensitiveDocument | undefined {
  if (change.after === null || !Object.keys(change.after).some(isSensitive)) return undefined;
  const merged = { ...current?.fields, ...change.after } as Record<string, unknown>; // fields by name
  const known = sensitiveFieldNames.flatMap((name) => {
    const value = merged[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(known) as SensitiveDocument; // keyed by the names of the table
}

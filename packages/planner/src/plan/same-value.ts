import { formatCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../member-fields.ts';

/** Whether two values are equal: lists in order, objects regardless of the order of their names. */
export function isSameValue(a: Json, b: Json): boolean {
  return a === b || formatCanonicalJson(a) === formatCanonicalJson(b);
}

/** The two sides of a change: the same names before and after. */
export interface ValueDifference {
  readonly before: Record<string, Json>;
  readonly after: Record<string, Json>;
  readonly isEmpty: boolean;
}

/**
 * Compares the named values; a desired null is not visible and never a difference.
 *
 * Returns only names whose value changes.
 */
export function compareValues<Name extends string>(
  names: readonly Name[],
  current: Readonly<Record<Name, Json>>,
  desired: Readonly<Record<Name, Json>>,
): ValueDifference {
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  let isEmpty = true;
  for (const name of names) {
    if (desired[name] === null || isSameValue(current[name], desired[name])) continue;
    before[name] = current[name];
    after[name] = desired[name];
    isEmpty = false;
  }
  return { before, after, isEmpty };
}

/** The named values that are not null (not visible). */
export function pickKnown<Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<Name, Json>>,
): Record<string, Json> {
  const known: Record<string, Json> = {};
  for (const name of names) {
    if (values[name] !== null) known[name] = values[name];
  }
  return known;
}

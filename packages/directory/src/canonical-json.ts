import type { Json } from './member-fields.ts';

/** A copy whose objects have their names in code unit order, so that equal values give equal texts. */
export function sortNames(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sortNames);
  // fromEntries defines even a member called __proto__ as a plain value; assignment would not.
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sortNames(member)]),
  );
}

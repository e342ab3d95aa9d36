import type { Json } from './member-fields.ts';

/** JSON text with object names in code unit order, so that equal values give equal texts. */
export function formatCanonicalJson(value: Json): string {
  return JSON.stringify(sortNames(value));
}

/** The value itself when its names are in order already, which spares most copies; else an ordered copy. */
function sortNames(value: Json): Json {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) {
    const sorted = value.map(sortNames);
    return sorted.every((item, index) => item === value[index]) ? value : sorted;
  }
  const names = Object.keys(value);
  let isSorted = true;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    const member = value[name] ?? null;
    const previous = index === 0 ? undefined : names[index - 1];
    isSorted &&= (previous === undefined || previous < name) && sortNames(member) === member;
    if (!isSorted) return copySorted(value, names);
  }
  return value;
}

function copySorted(value: { readonly [name: string]: Json }, names: string[]): Json {
  const copy: Record<string, Json> = {};
  for (const name of names.sort()) {
    const member = sortNames(value[name] ?? null);
    // Assigning to __proto__ would set the prototype; defining it makes an ordinary name of it.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: member, enumerable: true });
    else copy[name] = member;
  }
  return copy;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

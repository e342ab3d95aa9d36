import { VendorError } from '../vendor-errors.ts';

type Query = ReadonlyMap<string, string>;

/** Reads a text parameter; missing or empty is refused with the given errcode. */
export function readText(query: Query, name: string, missingErrcode: number): string {
  const text = query.get(name);
  if (text === undefined || text === '') throw new VendorError(missingErrcode);
  return text;
}

/**
 * Reads an integer parameter; undefined when missing or empty, refused with the given errcode when it is no
 * integer.
 */
export function readOptionalInteger(query: Query, name: string, badErrcode: number): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new VendorError(badErrcode);
  return Number(text);
}

/** Reads an integer parameter that must be there. */
export function readInteger(query: Query, name: string, missingErrcode: number, badErrcode: number): number {
  const value = readOptionalInteger(query, name, badErrcode);
  if (value === undefined) throw new VendorError(missingErrcode);
  return value;
}

/**
 * Readers for WeCom's optional fields.
 *
 * Editions of WeCom disagree about the types of fields that are not identifying (a number where a string is
 * documented, `null` where a field is absent). Such a field must never cost a department or a member: what
 * can be converted is converted, anything else reads as "not visible" (`undefined`).
 */

/** Returns the value in its documented type, or `undefined` when it cannot be read as that. */
export type FieldReader<T> = (value: unknown) => T | undefined;

/** One reader for each field of `T`; the compiler rejects a table that omits one. */
export type FieldReaders<T> = { readonly [K in keyof T]-?: FieldReader<NonNullable<T[K]>> };

/** Called with the name of each field that was present but unreadable; the value itself is not passed on. */
export type OnUnexpectedField = (fieldName: string) => void;

/** Accepts a string; a number is written out. */
export const readString: FieldReader<string> = (value) => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
};

/** Accepts a safe integer of either sign; also as a decimal string, and as a boolean (1 or 0). */
export const readInteger: FieldReader<number> = (value) => {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || !/^-?\d{1,16}$/.test(value)) return undefined;
  const parsed = Number(value);
  return Number.isSafeInteger(parsed) ? parsed : undefined;
};

/**
 * Accepts an array whose every element `readElement` can read.
 * One unreadable element makes the whole array not visible: WeCom aligns `department`, `order` and
 * `is_leader_in_dept` by index, and leaving an element out would move all that follow to a wrong department.
 */
export function readList<T>(readElement: FieldReader<T>): FieldReader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const elements: T[] = [];
    for (const element of value) {
      const read = readElement(element);
      if (read === undefined) return undefined;
      elements.push(read);
    }
    return elements;
  };
}

/** Is true for a JSON object, false for arrays, null and scalars. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Builds a reader of whole objects from one reader per field. Fields that are null or absent are left out,
 * unknown fields pass as they are. The caller must have validated the required fields before: the result is
 * typed as `T`.
 */
export function createObjectReader<T extends object>(
  readers: FieldReaders<T>,
): (raw: Readonly<Record<string, unknown>>, onUnexpectedField: OnUnexpectedField) => T {
  // A Map and not the object itself: a field named "constructor" must not find Object.prototype's.
  const readerOf = new Map<string, FieldReader<unknown>>(Object.entries<FieldReader<unknown>>(readers));
  return (raw, onUnexpectedField) => {
    const fields: Record<string, unknown> = {};
    for (const name of Object.keys(raw)) {
      const value = raw[name];
      if (value === null || value === undefined || name === '__proto__') continue;
      const read = readerOf.get(name);
      const field = read === undefined ? value : read(value);
      if (field === undefined) onUnexpectedField(name);
      else fields[name] = field;
    }
    // The cast is sound for optional fields by FieldReaders<T>, for required ones by the schema that ran
    // before.
    return fields as T;
  };
}

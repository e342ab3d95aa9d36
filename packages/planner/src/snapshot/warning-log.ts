import type { Warning, WarningCode } from '../types.ts';

const MAX_EXAMPLES = 20;

/** Counts warnings by code. */
export interface WarningLog {
  /** Counts one warning. Call it in the order of the keys: the first 20 of a code are kept as examples. */
  add(code: WarningCode, key: string, detail?: string): void;
  /** All warnings, sorted by code. */
  list(): Warning[];
}

/** Creates an empty log. */
export function createWarningLog(): WarningLog {
  const warnings = new Map<WarningCode, { count: number; examples: { key: string; detail?: string }[] }>();
  return {
    add(code, key, detail) {
      const warning = warnings.get(code) ?? { count: 0, examples: [] };
      warnings.set(code, warning);
      warning.count += 1;
      if (warning.examples.length < MAX_EXAMPLES) {
        warning.examples.push(detail === undefined ? { key } : { key, detail });
      }
    },
    list: () =>
      [...warnings]
        .map(([code, warning]) => ({ code, ...warning }))
        .sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
}

import { sortNames } from '../canonical-json.ts';
import type { Json } from '../member-fields.ts';
import type { Change, Digest } from '../types.ts';

/** Collects a plan's changes into one short text. */
export interface Fingerprint {
  add(change: Change): void;
  /** The fingerprint of what was added so far. */
  finish(): string;
}

/**
 * Starts the fingerprint of a plan: it names the base revision and every change, so an approval fits one plan only.
 *
 * Add the changes in plan order (the order counts). Keeps one digest, not the changes; one call of `digest` each.
 */
export function createFingerprint(options: { digest: Digest; baseRevision: string }): Fingerprint {
  let chained = options.digest(JSON.stringify(['plan', options.baseRevision]));
  return {
    add(change) {
      // A change holds nothing but JSON values; the union of its shapes is only too wide to say so.
      const canonical = sortNames(change as unknown as Json);
      chained = options.digest(`${chained}\n${JSON.stringify(canonical)}`);
    },
    finish: () => chained,
  };
}

import { formatCanonicalJson } from '../canonical-json.ts';
import type { Change, Digest } from '../types.ts';

/** Texts are digested in blocks: one call per change would cost more than the comparison itself. */
const BLOCK_CODE_UNITS = 64 * 1024;

/** Digests the changes of a plan into one short text. */
export interface Fingerprint {
  add(change: Change): void;
  /** The fingerprint of what was added; call it once, at the end. */
  finish(): string;
}

/**
 * Starts the fingerprint of a plan: it names the base revision and every change, so an approval fits one plan
 * only.
 *
 * Add the changes in the same order each time, best in apply order; the order of names within them does not
 * matter. Keeps one block of text, not the changes.
 */
export function createFingerprint(options: { digest: Digest; baseRevision: string }): Fingerprint {
  let chained = '';
  let block = JSON.stringify(['plan', options.baseRevision]);
  return {
    add(change) {
      const { entity, key, kind, name } = change;
      block += `\n${formatCanonicalJson([entity, key, kind, name, change.before, change.after])}`;
      if (block.length < BLOCK_CODE_UNITS) return;
      chained = options.digest(chained + block);
      block = '';
    },
    finish: () => options.digest(chained + block),
  };
}

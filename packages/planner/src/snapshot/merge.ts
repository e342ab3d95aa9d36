import { formatCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../member-fields.ts';

/**
 * Merges two answers about the same value: known before not visible, else the one whose JSON is larger
 * (longer, then by code unit). Commutative and associative, so the order of the answers does not matter.
 * `onConflict` is called for two different known values.
 */
export function mergeAnswers<T extends Json>(a: T, b: T, onConflict: () => void): T {
  if (a === null) return b;
  if (b === null || a === b) return a;
  const [textOfA, textOfB] = [formatCanonicalJson(a), formatCanonicalJson(b)];
  if (textOfA === textOfB) return a;
  onConflict();
  return isLarger(textOfA, textOfB) ? a : b;
}

function isLarger(a: string, b: string): boolean {
  // By length first, so that an empty text is smaller than any other.
  return a.length === b.length ? a > b : a.length > b.length;
}

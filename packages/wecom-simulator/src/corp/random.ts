/** A source of numbers in [0, 1). */
export type RandomSource = () => number;

/**
 * A random source that gives the same sequence for the same seed (mulberry32).
 * For generated corps and random faults, not for secrets.
 */
export function createSeededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Picks one item; the list must not be empty. */
export function pickOne<Item>(random: RandomSource, items: readonly Item[]): Item {
  const picked = items[Math.floor(random() * items.length)];
  if (picked === undefined) throw new RangeError('cannot pick from an empty list');
  return picked;
}

/** A stable 32-bit hash of a text (FNV-1a), to derive details from a userid. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

import fc from 'fast-check';

// A sweep tries a whole kind of thing: every step of a run, every fault of every call. `npm test` runs a
// fixed sample of each, `npm run test:sweeps` all of it; TEST_SWEEPS=2/5 runs the second of five parts that
// make up the whole.

const mode = process.env.TEST_SWEEPS ?? 'sample';
const part = /^(\d+)\/(\d+)$/.exec(mode);
if (!['sample', 'all'].includes(mode) && part === null)
  throw new Error(`TEST_SWEEPS is ${mode}: use all, sample, or a part such as 2/5.`);

/** Whether this run tries a sample alone. */
export const isSample = mode === 'sample';

/** Whether this run tries everything, or a part of everything, rather than a sample. */
export const isWholeSweep = mode === 'all';

/** What random choices begin with, another for each part; TEST_SEED repeats or varies a run. */
export const sweepSeed = Number(process.env.TEST_SEED ?? 20_261_123 + Number(part?.[1] ?? 0));

/** The cases that this run tries, in their order: all, this run's part, or a sample of `sampleSize`. */
export function chooseCases<Case>(cases: readonly Case[], sampleSize: number): Case[] {
  if (mode === 'all') return [...cases];
  if (part !== null) {
    const [place, parts] = [Number(part[1]) - 1, Number(part[2])];
    // Where there are fewer cases than parts, several parts try the same one: none is without.
    if (cases.length < parts) return cases.slice(place % cases.length).slice(0, 1);
    return cases.filter((_, index) => index % parts === place);
  }
  const size = Math.min(sampleSize, cases.length);
  const indices = fc.shuffledSubarray(
    cases.map((_, index) => index),
    { minLength: size, maxLength: size },
  );
  const [chosen = []] = fc.sample(indices, { numRuns: 1, seed: sweepSeed });
  return cases.filter((_, index) => chosen.includes(index));
}

/** How many rounds of something random this run does; a part does its share. */
export function chooseCount({ sample, whole }: { sample: number; whole: number }): number {
  if (mode === 'all') return whole;
  return part === null ? sample : Math.ceil(whole / Number(part[2]));
}

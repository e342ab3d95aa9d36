import { expect, it } from 'vitest';
import { addSample, computeRate, type ProgressSample } from './progress-rate.ts';

const sample = (
  atMs: number,
  departmentsRead: number,
  membersRead = departmentsRead * 10,
): ProgressSample => ({
  atMs,
  departmentsRead,
  membersRead,
});
const collect = (...samples: ProgressSample[]) =>
  samples.reduce<readonly ProgressSample[]>((kept, next) => addSample(kept, next), []);

it('computes speed and time left', () => {
  expect(computeRate(collect(sample(0, 0), sample(10_000, 20)), 100)).toEqual({
    departmentsPerSecond: 2,
    membersPerSecond: 20,
    msLeft: 40_000,
  });
});

it('knows nothing from one sample, or from samples less than a second apart', () => {
  expect(computeRate(collect(sample(0, 0)), 100)).toBeNull();
  expect(computeRate(collect(sample(0, 0), sample(999, 5)), 100)).toBeNull();
  expect(computeRate(collect(sample(0, 0), sample(1_000, 5)), 100)).not.toBeNull();
});

it('follows the last half minute, not the whole run', () => {
  const samples = collect(sample(0, 0), sample(100_000, 10), sample(115_000, 40), sample(130_000, 70));
  expect(computeRate(samples, 100)?.departmentsPerSecond).toBeCloseTo(70 / 130, 5);
  expect(computeRate(addSample(samples, sample(145_000, 100)), 100)?.departmentsPerSecond).toBe(2);
});

it('cannot say how long a standstill lasts', () => {
  expect(computeRate(collect(sample(0, 5), sample(5_000, 5)), 100)?.msLeft).toBeNull();
});

it('restarts when the numbers decrease, and skips samples of the past', () => {
  expect(collect(sample(0, 5), sample(5_000, 1))).toEqual([sample(5_000, 1)]);
  expect(collect(sample(5_000, 5), sample(5_000, 6))).toEqual([sample(5_000, 5)]);
});

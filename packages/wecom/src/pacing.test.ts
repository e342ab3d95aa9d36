import { describe, expect, test } from 'vitest';
import { createManualClock } from '../test/clocks.ts';
import { createPacer, type PacerSlot } from './pacing.ts';

describe('concurrency', () => {
  test('lets the limit through and one more only after a release', async () => {
    const pacer = createPacer({ maxConcurrency: 2, clock: createManualClock() });
    const slots = [await pacer.acquire(), await pacer.acquire()];
    const third = pacer.acquire();
    expect(await isSettled(third)).toBe(false);
    slots[0]!.release();
    slots[0]!.release(); // A second release of the same slot frees nothing.
    expect(await isSettled(third)).toBe(true);
    expect(await isSettled(pacer.acquire())).toBe(false);
  });

  test('serves in order of arrival, also when one in the middle gives up', async () => {
    const pacer = createPacer({ maxConcurrency: 1, clock: createManualClock() });
    const held = await pacer.acquire();
    const served: string[] = [];
    const queue = (name: string, signal?: AbortSignal): Promise<void> =>
      pacer.acquire(signal).then((slot) => {
        served.push(name);
        slot.release();
      });
    const leaver = new AbortController();
    const calls = [queue('a'), queue('b', leaver.signal), queue('c')];
    leaver.abort(new Error('left'));
    held.release();
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(served).toEqual(['a', 'c']);
  });
});

describe('the budget per minute', () => {
  test('never has more starts than the budget in any 60 seconds', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ maxConcurrency: 8, maxCallsPerMinute: 10, clock });
    const startsMs: number[] = [];
    const record = (slot: PacerSlot): void => {
      startsMs.push(clock.elapsedMs());
      slot.release();
    };
    for (let index = 0; index < 5; index += 1) pacer.acquire().then(record);
    await clock.advance(30_000);
    for (let index = 0; index < 30; index += 1) pacer.acquire().then(record);
    await clock.advance(300_000);
    expect(startsMs).toHaveLength(35);
    startsMs.forEach((startMs, index) => {
      const eleventhBack = startsMs[index - 10];
      if (eleventhBack !== undefined) expect(startMs - eleventhBack).toBeGreaterThanOrEqual(60_000);
    });
    // The budget is used as soon as it is free: 5 at 0, 5 at 30 s, then 5 every half minute.
    expect(startsMs.at(-1)).toBe(180_000);
  });

  test('waits are reported in the slot', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ maxCallsPerMinute: 1, clock });
    expect((await pacer.acquire()).waitedMs).toBe(0);
    const second = pacer.acquire();
    await clock.advance(60_000);
    expect((await second).waitedMs).toBe(60_000);
  });
});

describe('a shared budget', () => {
  test('is asked for a block at a time, also when what is left of one has expired', async () => {
    const clock = createManualClock();
    const asked: number[] = [];
    const take = async () => {
      asked.push(clock.elapsedMs());
      return { calls: 2, maxConcurrency: 8, validForMs: 2_000 };
    };
    const pacer = createPacer({ clock, budget: { take, pauseFor: () => undefined } });
    await Promise.all([pacer.acquire(), pacer.acquire(), pacer.acquire()]);
    expect(asked).toEqual([0, 0]);
    await clock.advance(2_000);
    await pacer.acquire();
    expect(asked).toEqual([0, 0, 2_000]);
  });

  test('is waited for when nothing is left, and holds the calls in flight of this process', async () => {
    const clock = createManualClock();
    const answers = [{ waitMs: 500 }, { calls: 9, maxConcurrency: 1, validForMs: 60_000 }];
    const pauses: number[] = [];
    const pacer = createPacer({
      clock,
      budget: { take: async () => answers.shift()!, pauseFor: (durationMs) => pauses.push(durationMs) },
    });
    const first = pacer.acquire();
    const second = pacer.acquire();
    await clock.advance(499);
    expect(await isSettled(first)).toBe(false);
    await clock.advance(1);
    const slot = await first;
    expect(await isSettled(second)).toBe(false);
    slot.release();
    await second;
    pacer.pauseFor(1_000);
    expect(pauses).toEqual([1_000]);
  });
});

describe('a pause', () => {
  test('holds all calls until it is over, and a shorter one does not shorten it', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock });
    pacer.pauseFor(60_000);
    pacer.pauseFor(1_000);
    const call = pacer.acquire();
    await clock.advance(59_999);
    expect(await isSettled(call)).toBe(false);
    await clock.advance(1);
    expect(await isSettled(call)).toBe(true);
  });

  test('leaves no timer behind when the last caller gives up', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock });
    pacer.pauseFor(60_000);
    const run = new AbortController();
    const call = pacer.acquire(run.signal);
    expect(clock.sleeperCount()).toBe(1);
    run.abort(new Error('cancelled'));
    await expect(call).rejects.toThrow('cancelled');
    expect(clock.sleeperCount()).toBe(0);
    const next = pacer.acquire();
    await clock.advance(60_000);
    expect(await isSettled(next)).toBe(true);
  });
});

test.each([0, 1.5, -1, Number.NaN])('a limit of %d is refused', (limit) => {
  expect(() => createPacer({ maxConcurrency: limit })).toThrow(RangeError);
  expect(() => createPacer({ maxCallsPerMinute: limit })).toThrow(RangeError);
});

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const turn = new Promise((resolve) => setImmediate(() => resolve(pending)));
  return (await Promise.race([promise, turn])) !== pending;
}

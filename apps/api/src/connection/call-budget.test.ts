import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallBudgetState, takeBlock, unusedBudget } from './call-budget.ts';

const startMs = Date.UTC(2026, 0, 1);
const limits = { maxCallsPerMinute: 10, maxConcurrency: 8 };
const ask = (state: CallBudgetState, atMs: number, wanted: number, processId = 'a') =>
  takeBlock(state, { processId, wanted, nowMs: startMs + atMs }, limits);
const take = (state: CallBudgetState, atMs: number, wanted: number, processId = 'a') => {
  const taken = ask(state, atMs, wanted, processId);
  if ('waitMs' in taken) throw new Error(`It says to wait for ${taken.waitMs} ms.`);
  return taken;
};

describe('the budget of calls', () => {
  it('gives what is left, and then says when there is more', () => {
    const { state, block } = take(take(unusedBudget, 0, 8).state, 500, 8, 'b');
    expect(block.calls).toBe(2);
    expect(ask(state, 500, 1)).toEqual({ waitMs: 61_500 }); // the last call of a block may start 2 s later
    expect(take(state, 62_000, 8).block.calls).toBe(8);
  });

  it('lets those who call within 10 s share what may be in flight, each one at least', () => {
    let { state } = take(unusedBudget, 0, 1);
    for (const [process, maxConcurrency] of [
      ['b', 4],
      ['c', 2],
    ] as const) {
      const taken = take(state, 1_000, 1, process);
      expect(taken.block.maxConcurrency).toBe(maxConcurrency);
      state = taken.state;
    }
    for (const process of 'defghijkl'.slice(0, 6)) state = take(state, 1_000, 1, process).state;
    expect(take(state, 1_000, 1, 'z').block.maxConcurrency).toBe(1);
    expect(take(state, 11_000, 1, 'z').block.maxConcurrency).toBe(8);
  });

  it('forgets what a clock that was ahead has left behind', () => {
    const ahead = take(unusedBudget, 24 * 3_600_000, 10).state;
    const paused = { ...ahead, pausedUntilMs: startMs + 24 * 3_600_000 };
    expect(take(paused, 0, 10).block).toMatchObject({ calls: 10, maxConcurrency: 8 });
  });

  it('never gives more than its limit in any minute, and keeps its row small', () => {
    const asks = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 9_000 }),
        wanted: fc.integer({ min: 1, max: 12 }),
        processId: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(asks, (all) => {
        let state = unusedBudget;
        let atMs = 0;
        const given: { atMs: number; calls: number }[] = [];
        for (const { afterMs, wanted, processId } of all) {
          atMs += afterMs;
          const taken = ask(state, atMs, wanted, processId);
          if ('waitMs' in taken) expect(taken.waitMs).toBeGreaterThan(0);
          else {
            state = taken.state;
            given.push({ atMs, calls: taken.block.calls });
          }
          // Calls of a block start up to 2 s after it was given.
          const recent = given.filter((block) => block.atMs + 2_000 > atMs - 60_000);
          expect(recent.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(10);
          expect(state.blocks.length).toBeLessThanOrEqual(10);
        }
      }),
      { seed: 20_260_911 },
    );
  });
});

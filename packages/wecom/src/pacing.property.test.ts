import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createManualClock } from '../test/clocks.ts';
import { createPacer } from './pacing.ts';

const calls = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 20_000 }), takesMs: fc.integer({ min: 0, max: 90_000 }) }),
  { minLength: 1, maxLength: 25 },
);

test('no limit is exceeded and every call is served in order, for any calls', async () => {
  await fc.assert(
    fc.asyncProperty(
      calls,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 6 }),
      async (plan, maxConcurrency, maxCallsPerMinute) => {
        const clock = createManualClock();
        const pacer = createPacer({ maxConcurrency, maxCallsPerMinute, clock });
        const starts: { readonly call: number; readonly atMs: number }[] = [];
        let inFlight = 0;
        let maxInFlight = 0;
        const serve = async (call: number, takesMs: number): Promise<void> => {
          const slot = await pacer.acquire();
          starts.push({ call, atMs: clock.elapsedMs() });
          inFlight += 1;
          maxInFlight = Math.max(maxInFlight, inFlight);
          await clock.sleep(takesMs);
          inFlight -= 1;
          slot.release();
        };
        const served: Promise<void>[] = [];
        for (const [call, { afterMs, takesMs }] of plan.entries()) {
          await clock.advance(afterMs);
          served.push(serve(call, takesMs));
        }
        await clock.advance(plan.length * 150_000);
        await Promise.all(served);
        expect(starts.map(({ call }) => call)).toEqual(plan.map((_, call) => call));
        expect(maxInFlight).toBeLessThanOrEqual(maxConcurrency);
        for (const [index, { atMs }] of starts.entries()) {
          const earlier = starts[index - maxCallsPerMinute];
          if (earlier !== undefined) expect(atMs - earlier.atMs).toBeGreaterThanOrEqual(60_000);
        }
      },
    ),
    { numRuns: 60, seed: Number(process.env.PROPERTY_SEED ?? 20_260_911) },
  );
});

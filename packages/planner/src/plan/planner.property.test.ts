import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardLimits, history, hostileCorp, RUNS, reading, runs } from '../test/arbitraries.ts';
import { buildReading, buildSnapshot, digest } from '../test/corp.ts';
import { expectSound, liveThrough, presentOf } from '../test/expectations.ts';
import { applyChanges } from '../testing/reference-directory.ts';
import { applyRun, createMirror, planRun } from '../testing/reference-mirror.ts';
import { planDirectory } from '../testing/reference-plan.ts';

const recentRemovals = fc.record({
  members: fc.integer({ min: 0, max: 4 }),
  departments: fc.integer({ min: 0, max: 4 }),
});

describe('a planner', () => {
  it('makes the same plan when members with an unchanged hash are left out, after any history of runs', () => {
    fc.assert(
      fc.property(runs, (past) => {
        let mirror = createMirror();
        for (const { reading, limits, sequel } of past) {
          const snapshot = buildReading(reading);
          const plan = planRun(mirror, snapshot, { digest, limits });
          const { changes, fingerprint, heldReasons } = planDirectory(mirror.directory, snapshot, {
            digest,
            limits,
          });
          expect(plan.changes).toEqual(changes);
          expect([plan.fingerprint, plan.heldReasons]).toEqual([fingerprint, heldReasons]);
          mirror = applyRun(mirror, plan, sequel);
          expectSound(mirror.directory);
        }
      }),
      RUNS,
    );
  });

  it('leaves members out: what was applied in full and is answered again is not compared', () => {
    fc.assert(
      fc.property(history, hostileCorp, guardLimits, (past, corp, limits) => {
        const snapshot = buildSnapshot(corp);
        const start = { directory: liveThrough(past), hashes: new Map() };
        const mirror = applyRun(start, planRun(start, snapshot, { digest, limits }), 'approve');
        const settled = applyRun(mirror, planRun(mirror, snapshot, { digest, limits }), 'approve');
        const again = planRun(settled, snapshot, { digest, limits });
        expect([again.changes, again.unchangedHashes]).toEqual([[], new Map()]);
        for (const key of snapshot.memberKeys())
          expect(settled.hashes.get(key)).toBe(snapshot.memberHash(key));
      }),
      RUNS,
    );
  });

  it('keeps within the limits what does not wait, and counts what does', () => {
    fc.assert(
      fc.property(history, reading, guardLimits, recentRemovals, (past, read, limits, recent) => {
        const before = liveThrough(past);
        const plan = planDirectory(before, buildReading(read), {
          digest,
          limits,
          recentRemovals: recent,
        });
        const unheld = plan.changes.filter((change) => !plan.isHeld(change));
        const after = applyChanges(before, unheld);
        expectSound(after);
        for (const [entity, table] of [
          ['member', 'members'],
          ['department', 'departments'],
        ] as const) {
          const removed = unheld.filter((change) => change.entity === entity && change.kind === 'remove');
          const held = plan.changes.filter((change) => change.entity === entity && plan.isHeld(change));
          expect(plan.unheldRemovals[table]).toBe(removed.length);
          expect(plan.held[table]).toBe(held.length);
          if (held.length > 0) expect(plan.heldReasons.length).toBeGreaterThan(0);
          const share = Math.floor(
            (presentOf<{ presence: string }>(before[table]).length * limits.maxPercent) / 100,
          );
          const limit = Math.min(limits.maxCount, Math.max(limits.floor, share));
          if (removed.length > 0) expect(removed.length + recent[table]).toBeLessThanOrEqual(limit);
        }
      }),
      RUNS,
    );
  });
});

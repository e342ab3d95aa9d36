import { createPlanTotalizer, type Digest } from '@orgmirror/planner';
import type { ExecuteLarge } from '../../platform/database/database.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { MadePlan } from './make-plan.ts';
import { createPlanWriter, type PlannedChange } from './plan-writer.ts';

export interface PlanRecorderOptions {
  executeLarge: ExecuteLarge;
  secretBox: SecretBox;
  digest: Digest;
  lease: Lease;
}

/**
 * Stores a plan that was judged already, in plan order, and sums it up at the end: an undo, or one member's.
 */
export function openPlanRecorder({ digest, ...options }: PlanRecorderOptions, revision: bigint) {
  const writer = createPlanWriter(options.executeLarge, options.secretBox, options.lease);
  const totals = createPlanTotalizer({ digest, baseRevision: String(revision) });
  return {
    add: async (planned: PlannedChange): Promise<void> => {
      totals.add(planned.change, planned.held);
      await writer.write(planned);
    },
    finish: async (): Promise<MadePlan> => {
      await writer.finish();
      return { ...totals.finish(), baseRevision: revision, heldReasons: [], unchangedHashes: new Map() };
    },
  };
}

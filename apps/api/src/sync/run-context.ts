import type { Lease } from '../runs/fenced-transaction.ts';
import type { MeasurePhase } from '../runs/measure-phases.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import type { SyncRun } from '../runs/sync-run-repository.ts';

/** A run under way. */
export interface RunContext {
  dependencies: SyncDependencies;
  run: SyncRun;
  lease: Lease;
  /** Fires when the run is cancelled or its lease is lost. */
  signal: AbortSignal;
  measure: MeasurePhase;
}

import type { SyncRunStatus } from '@orgmirror/contracts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';

export interface PhaseLog {
  /** Logs and counts how long the phase took, in milliseconds, and logs the process's memory after it. */
  end(phase: SyncRunStatus): void;
}

/** Measures the phases of a run, from one end to the next. */
export function logPhases(
  { logger, metrics }: Pick<SyncDependencies, 'logger' | 'metrics'>,
  runId: string,
): PhaseLog {
  let startedAt = performance.now();
  return {
    end: (phase) => {
      const durationMs = Math.round(performance.now() - startedAt);
      const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
      metrics.countPhase(phase, durationMs);
      logger.info({ runId, phase, durationMs, residentMb }, 'sync phase ended');
      startedAt = performance.now();
    },
  };
}

import type { SyncRunStatus } from '@orgmirror/contracts';
import type { Logger } from 'pino';

export interface PhaseLog {
  /** Logs how long the phase took, in milliseconds, and the process's memory after it. */
  end(phase: SyncRunStatus): void;
}

/** Measures the phases of a run, from one end to the next. */
export function logPhases(logger: Logger, runId: string): PhaseLog {
  let startedAt = performance.now();
  return {
    end: (phase) => {
      const durationMs = Math.round(performance.now() - startedAt);
      const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
      logger.info({ runId, phase, durationMs, residentMb }, 'sync phase ended');
      startedAt = performance.now();
    },
  };
}

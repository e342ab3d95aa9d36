import type { SyncRunStatus } from '@orgmirror/contracts';
import type { SyncDependencies } from './sync-dependencies.ts';

/**
 * Works on a phase of a run; logs, counts and traces how long it took, and logs the process's memory after it. One
 * that failed is traced only.
 */
export type MeasurePhase = <Result>(phase: SyncRunStatus, work: () => Promise<Result>) => Promise<Result>;

/** Measures the phases of a run. */
export const measurePhases =
  (
    { logger, metrics, tracing }: Pick<SyncDependencies, 'logger' | 'metrics' | 'tracing'>,
    runId: string,
  ): MeasurePhase =>
  (phase, work) =>
    tracing.trace(`sync ${phase}`, {}, async () => {
      const startedAt = performance.now();
      const result = await work();
      const durationMs = Math.round(performance.now() - startedAt);
      const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
      metrics.countPhase(phase, durationMs);
      logger.info({ runId, phase, durationMs, residentMb }, 'sync phase ended');
      return result;
    });

import { noticeChannels } from '@orgmirror/contracts';
import type { Dependencies } from './dependencies.ts';
import { fillMobileDigests } from './directory/sensitive/fill-mobile-digests.ts';
import { runExports } from './exports/run-exports.ts';
import { purgeExpiredStates } from './identity/sign-in/purge-expired-states.ts';
import { deliverNotices } from './notices/deliver-notices.ts';
import { detectNotices } from './notices/detect-notices.ts';
import { type ClockWatch, createClockWatch } from './platform/clock-watch.ts';
import { runInBackground } from './platform/database/background-work.ts';
import { logFailure } from './platform/database/log-failure.ts';
import { startInterval } from './platform/jobs/start-interval.ts';
import { purgeExpired } from './purge-expired.ts';
import { sweepStaleRuns } from './runs/sweep-stale-runs.ts';
import { executeRun } from './sync/execute-run.ts';
import { processEvents } from './triggers/process-events.ts';
import { startDueRuns } from './triggers/start-due-runs.ts';

/** Works on jobs, and starts the background tasks. */
export async function startWork(dependencies: Dependencies): Promise<() => Promise<void>> {
  const { config, queue, logger, timing, now } = dependencies;
  const clock = createClockWatch({ now, elapsedMs: () => performance.now(), logger });
  const sweep = () => {
    clock.look();
    return runInBackground(() => sweepStaleRuns(dependencies)).catch((error: unknown) => {
      logFailure(logger, error, 'stale runs could not be swept'); // the next sweep comes soon
    });
  };
  if (config.role !== 'api') await queue.work((runId) => executeRun(dependencies, runId));
  await sweep();
  const timer = setInterval(sweep, timing.staleRunsIntervalMs);
  const stops = config.role === 'api' ? [] : startBackgroundTasks(dependencies, clock);
  return async () => {
    clearInterval(timer);
    await Promise.all(stops.map((stop) => stop()));
    await queue.stop();
  };
}

/** What workers do by the clock; any number of them may do it at once. */
function startBackgroundTasks(dependencies: Dependencies, clock: ClockWatch): (() => Promise<void>)[] {
  const { logger, timing } = dependencies;
  const log = (message: string) => (error: unknown) => logFailure(logger, error, message);
  return [
    startInterval(
      () => startDueRuns(dependencies),
      timing.dueRunsIntervalMs,
      log('due syncs could not be started'),
    ),
    startInterval(
      () => processEvents(dependencies),
      timing.eventsIntervalMs,
      log('events could not be processed'),
    ),
    startInterval(
      () => detectNotices(dependencies),
      timing.noticesIntervalMs,
      log('what needs a person could not be looked for'),
    ),
    // Each channel by itself: a server that hangs holds up no other.
    ...noticeChannels.map((channel) =>
      startInterval(
        () => deliverNotices(dependencies, channel),
        timing.noticesIntervalMs,
        log('notices could not be sent'),
      ),
    ),
    startInterval(
      () => runExports(dependencies),
      timing.exportsIntervalMs,
      log('lists could not be exported'),
    ),
    startInterval(
      () => fillMobileDigests(dependencies),
      timing.purgeIntervalMs,
      log('stored mobiles could not be made searchable'),
    ),
    startInterval(
      () => purgeExpiredStates(dependencies),
      timing.signInStatesIntervalMs,
      log('expired sign-ins could not be purged'),
    ),
    startInterval(
      async () => {
        // By a clock that is ahead everything is past its retention.
        if (clock.isSteady()) await purgeExpired(dependencies);
      },
      timing.purgeIntervalMs,
      log('expired rows could not be purged'),
    ),
  ];
}

import { noticeChannels } from '@orgmirror/contracts';
import type { Dependencies } from './dependencies.ts';
import { renewSearchTexts } from './directory/search/renew-search-texts.ts';
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

/** What a task does now and then, how often, and what the log says when it fails. */
type Task = [work: () => Promise<void>, intervalMs: number, failure: string];

/**
 * Between the first looks of two tasks, and so between all that follow: together they would take every connection of
 * the pool, which Postgres opens anew at each start.
 */
const staggerMs = 50;

/** What workers do by the clock; any number of them may do it at once. */
function startBackgroundTasks(dependencies: Dependencies, clock: ClockWatch): (() => Promise<void>)[] {
  const { logger, timing } = dependencies;
  const tasks: Task[] = [
    [() => startDueRuns(dependencies), timing.dueRunsIntervalMs, 'due syncs could not be started'],
    [() => processEvents(dependencies), timing.eventsIntervalMs, 'events could not be processed'],
    [
      () => detectNotices(dependencies),
      timing.noticesIntervalMs,
      'what needs a person could not be looked for',
    ],
    // Each channel by itself: a server that hangs holds up no other.
    ...noticeChannels.map(
      (channel): Task => [
        () => deliverNotices(dependencies, channel),
        timing.noticesIntervalMs,
        'notices could not be sent',
      ],
    ),
    [() => runExports(dependencies), timing.exportsIntervalMs, 'lists could not be exported'],
    [
      () => fillMobileDigests(dependencies),
      timing.purgeIntervalMs,
      'stored mobiles could not be made searchable',
    ],
    [
      () => renewSearchTexts(dependencies),
      timing.purgeIntervalMs,
      'search texts of the former release could not be renewed',
    ],
    [
      () => purgeExpiredStates(dependencies),
      timing.signInStatesIntervalMs,
      'expired sign-ins could not be purged',
    ],
    [
      async () => {
        // By a clock that is ahead everything is past its retention.
        if (clock.isSteady()) await purgeExpired(dependencies);
      },
      timing.purgeIntervalMs,
      'expired rows could not be purged',
    ],
  ];
  return tasks.map(([work, intervalMs, failure], index) =>
    startInterval(work, intervalMs, (error) => logFailure(logger, error, failure), index * staggerMs),
  );
}

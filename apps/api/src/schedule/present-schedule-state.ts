import type { ScheduleState } from '@orgmirror/contracts';
import * as z from 'zod';
import type { Prisma, WecomConnection } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { listNextScheduledRuns } from './next-scheduled-runs.ts';

const shownStarts = 3;
const runOf = z.object({ runId: z.string() });

/** The state of the schedule at an instant: the next starts, and why there are none. */
export function presentScheduleState(connection: WecomConnection, at: Date, locale: Locale): ScheduleState {
  const { pausedAt, pausedError, backOffUntil, backOffError, consecutiveFailures } = connection;
  const paused = presentScheduleError(pausedError, locale);
  const backOff = presentScheduleError(backOffError, locale);
  return {
    nextRunsAt: listNextScheduledRuns(connection, at, shownStarts).map((start) => start.toISOString()),
    paused: pausedAt && paused && { since: pausedAt.toISOString(), error: paused },
    backOff:
      backOffUntil && backOffUntil > at && backOff
        ? { until: backOffUntil.toISOString(), failures: consecutiveFailures, error: backOff }
        : null,
  };
}

/** The run that paused the schedule, and since when; null while it goes on. */
export function findPause({ pausedAt, pausedError }: WecomConnection): { runId: string; at: string } | null {
  if (pausedAt === null || pausedError === null) return null;
  return { runId: runOf.parse(pausedError).runId, at: pausedAt.toISOString() };
}

/** The stored error in the reader's language; its request is the run that failed. */
function presentScheduleError(stored: Prisma.JsonValue, locale: Locale) {
  const error = readStoredError(stored);
  return error && presentProblem(error, locale, runOf.parse(stored).runId);
}

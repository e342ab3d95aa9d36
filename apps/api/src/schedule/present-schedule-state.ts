import type { ScheduleState } from '@orgmirror/contracts';
import * as z from 'zod';
import type { Prisma, WecomConnection } from '../platform/database/generated/client.ts';
import { readStoredError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentProblem } from '../platform/http/present-problem.ts';
import { listComingStarts } from './coming-starts.ts';

const shownStarts = 3;
const runOf = z.object({ runId: z.string() });

/** How the schedule stands at an instant: the next starts, and why they do not come. */
export function presentScheduleState(connection: WecomConnection, at: Date, locale: Locale): ScheduleState {
  const { pausedAt, pausedError, backOffUntil, backOffError, failuresInARow } = connection;
  const paused = presentTrouble(pausedError, locale);
  const backOff = presentTrouble(backOffError, locale);
  return {
    nextRunsAt: listComingStarts(connection, at, shownStarts).map((start) => start.toISOString()),
    paused: pausedAt && paused && { since: pausedAt.toISOString(), error: paused },
    backOff:
      backOffUntil && backOffUntil > at && backOff
        ? { until: backOffUntil.toISOString(), failures: failuresInARow, error: backOff }
        : null,
  };
}

/** The kept error in the reader's language; its request is the run that failed. */
function presentTrouble(kept: Prisma.JsonValue, locale: Locale) {
  const error = readStoredError(kept);
  return error && presentProblem(error, locale, runOf.parse(kept).runId);
}

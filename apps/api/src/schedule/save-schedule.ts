import { type BodyOf, type endpoints, type Schedule, schedule } from '@orgmirror/contracts';
import {
  findConnection,
  type SavedConnection,
  updateSyncSettings,
} from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Prisma } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { clearBackoff } from './clear-backoff.ts';

type ScheduleInput = Pick<
  BodyOf<typeof endpoints.saveSyncSettings>,
  'enabled' | 'schedule' | 'timeZone' | 'resume'
>;

/**
 * Saves another schedule.
 * @throws AppError `settings.incomplete` before the connection was saved
 */
export async function saveSchedule(
  { prisma, now }: { prisma: Prisma.TransactionClient; now: Now },
  planned: Schedule,
): Promise<void> {
  const saved = await findConnection(prisma);
  if (saved === null) throw new AppError('settings.incomplete');
  await updateSyncSettings(prisma, reschedule(saved, { schedule: planned }, now()));
}

/**
 * What to write for another schedule: one that is new, or begins to count again, has its first start in the
 * future.
 */
export function reschedule(
  saved: SavedConnection,
  input: ScheduleInput,
  at: Date,
): Prisma.WecomConnectionUpdateManyMutationInput {
  const planned = schedule.parse(input.schedule ?? saved.schedule);
  const timeZone = input.timeZone ?? saved.timeZone;
  const changed =
    timeZone !== saved.timeZone || JSON.stringify(planned) !== JSON.stringify(schedule.parse(saved.schedule));
  const switchedOn = input.enabled === true && !saved.syncEnabled;
  return {
    ...((input.resume || planned.kind === 'off') && clearBackoff(saved, at)),
    // The same settings saved again must not put off the next start.
    ...(changed && { schedule: planned, timeZone }),
    ...((changed || switchedOn) && { lastScheduledAt: at }),
  };
}

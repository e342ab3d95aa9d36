import { type ErrorCode, errorCodes, schedule } from '@orgmirror/contracts';
import { findErrorEntry } from '@orgmirror/wecom';
import * as z from 'zod';
import type { Now } from '../platform/clock.ts';
import {
  Prisma,
  type PrismaClient,
  type SyncRun,
  type WecomConnection,
} from '../platform/database/generated/client.ts';
import { clearBackoff } from './clear-backoff.ts';

const minuteMs = 60_000;
const minBackOffMs = 5 * minuteMs;
export const maxBackOffMs = 6 * 60 * minuteMs;

/** What this file asks of a run's stored error; the rest of it is kept as it is. */
const storedError = z.looseObject({
  code: z.enum(errorCodes),
  wecom: z.looseObject({ errcode: z.number() }).optional(),
});

/**
 * Updates the schedule after a run that read, or tried to read, the directory: a success ends a pause or
 * back-off; a refusal that only an admin can resolve pauses; any other failure of a scheduled run backs off,
 * 5 minutes first, then twice as long each time, 6 hours at most. The failure of a run that was started by
 * hand changes nothing.
 *
 * `settingsVersion` is that of the settings the run began with: its failure says nothing about newer ones.
 * Null: unknown.
 */
export async function updateScheduleAfterRun(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  runId: string,
  settingsVersion: number | null,
): Promise<void> {
  const run = await prisma.syncRun.findUnique({ where: { id: runId } });
  if (run === null || run.mode === 'undo' || run.trigger === 'check') return;
  const connection = await prisma.wecomConnection.findFirst({ where: { corpRowId: run.corpRowId } });
  if (connection === null) return;
  const { id, version } = connection;
  const isOutdated = settingsVersion !== null && settingsVersion !== version;
  const hasRead = run.status === 'succeeded' || run.status === 'awaitingApproval';
  // A cancelled run says nothing about WeCom.
  const hasFailed = run.status === 'failed' && !isOutdated;
  const data = hasRead
    ? clearBackoff(connection, now())
    : hasFailed
      ? describeFailure(run, connection, now())
      : null;
  if (data) await prisma.wecomConnection.updateMany({ where: { id, version }, data });
}

/** What a failure means for the schedule; null for nothing. */
function describeFailure(
  run: SyncRun,
  connection: WecomConnection,
  at: Date,
): Prisma.WecomConnectionUpdateManyMutationInput | null {
  if (schedule.parse(connection.schedule).kind === 'off') return null;
  const error = storedError.parse(run.error);
  const stored = { ...error, runId: run.id } as Prisma.InputJsonObject; // plain JSON: it comes from a JSON column
  if (needsAdmin(error))
    return { pausedError: stored, pausedAt: at, backOffError: Prisma.DbNull, backOffUntil: null };
  if (run.trigger !== 'schedule') return null;
  const backOffMs = Math.min(minBackOffMs * 2 ** connection.consecutiveFailures, maxBackOffMs);
  return {
    consecutiveFailures: { increment: 1 },
    backOffError: stored,
    backOffUntil: new Date(at.getTime() + backOffMs),
  };
}

const adminCodes: readonly ErrorCode[] = ['settings.secret_unreadable', 'wecom.app_disabled'];
const adminKinds: readonly string[] = ['credentials', 'ip', 'agent', 'permission', 'corp'];

/** Whether trying again is pointless until an admin changes something, here or in WeCom. */
function needsAdmin({ code, wecom }: z.infer<typeof storedError>): boolean {
  if (wecom === undefined) return adminCodes.includes(code);
  const { kind, retry } = findErrorEntry(wecom.errcode);
  return retry === 'stop' || adminKinds.includes(kind);
}

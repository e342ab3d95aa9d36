import { type ErrorCode, errorCodes } from '@orgmirror/contracts';
import { findErrorEntry } from '@orgmirror/wecom';
import * as z from 'zod';
import { findConnection, type SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Prisma, PrismaClient, SyncRun } from '../platform/database/generated/client.ts';
import { type FoundNotice, recordNotice } from './record-notice.ts';

const hourMs = 3_600_000;
/** What began longer ago is no news; longer than an approval can wait. */
const newsMs = 96 * hourMs;
/** So long before its end an approval is about to expire. */
const expiryWarningMs = 12 * hourMs;

/**
 * Finds what needs a person in what runs, events and the schedule have stored, and records a notice of each.
 * They know nothing of notices: if this fails, a sync goes on, and what a killed process did not tell
 * is found by the next look.
 */
export async function detectNotices({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  const connection = await findConnection(prisma);
  if (connection === null) return;
  const at = now();
  const found = [
    ...findPause(connection),
    ...(await findRunNotices(prisma, connection.corpRowId, at)),
    ...(await findFailedEvents(prisma, connection.corpRowId, at)),
  ];
  const known = await prisma.notice.findMany({
    where: { source: { in: found.map(({ source }) => source) } },
    select: { source: true },
  });
  const knownSources = new Set(known.map(({ source }) => source));
  for (const notice of found) if (!knownSources.has(notice.source)) await recordNotice(prisma, notice, at);
}

/** What this file asks of a stored error. */
const storedError = z.looseObject({
  code: z.enum(errorCodes),
  wecom: z.looseObject({ errcode: z.number() }).optional(),
});

const topicOf = (error: Prisma.JsonValue): string => {
  const { code, wecom } = storedError.parse(error);
  return wecom === undefined ? code : `${code} ${wecom.errcode}`;
};

/** Source of the notice of a pause that began then. */
export const pauseSource = (pausedAt: Date): string => `sync.paused ${pausedAt.toISOString()}`;

function findPause({ pausedAt, pausedError }: SavedConnection): FoundNotice[] {
  if (pausedAt === null || pausedError === null) return [];
  return [
    {
      source: pauseSource(pausedAt),
      kind: 'sync.paused',
      topic: `sync.paused ${topicOf(pausedError)}`,
      error: pausedError,
    },
  ];
}

async function findRunNotices(prisma: PrismaClient, corpRowId: number, at: Date): Promise<FoundNotice[]> {
  const runs = await prisma.syncRun.findMany({
    where: {
      corpRowId,
      startedAt: { gte: new Date(at.getTime() - newsMs) },
      OR: [
        { status: { in: ['failed', 'awaitingApproval'] } },
        { status: 'succeeded', drift: { not: { equals: null } } },
      ],
    },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, status: true, error: true, held: true, heldUntil: true, drift: true },
  });
  return runs.flatMap((run) => [...describeFailure(run), ...describeHeld(run, at), ...describeDrift(run)]);
}

type FoundRun = Pick<SyncRun, 'id' | 'status' | 'error' | 'held' | 'heldUntil' | 'drift'>;

const secretCodes: readonly ErrorCode[] = ['settings.secret_unreadable'];

function describeFailure({ id, status, error }: FoundRun): FoundNotice[] {
  if (status !== 'failed' || error === null) return [];
  const { code, wecom } = storedError.parse(error);
  const isOfSecret =
    secretCodes.includes(code) ||
    (wecom !== undefined && findErrorEntry(wecom.errcode).kind === 'credentials');
  const kind = isOfSecret ? 'secret.rejected' : 'run.failed';
  return [{ source: `run.failed ${id}`, kind, topic: `${kind} ${topicOf(error)}`, error, runId: id }];
}

const heldCounts = z.object({ departments: z.number(), members: z.number() });

function describeHeld({ id, status, held, heldUntil }: FoundRun, at: Date): FoundNotice[] {
  if (status !== 'awaitingApproval' || heldUntil === null) return [];
  const { departments, members } = heldCounts.parse(held);
  if (departments + members === 0) return []; // a preview waits as well: the one who asked for it knows
  const values = { departments, members };
  const topic = `${departments} ${members}`;
  const remainingMs = heldUntil.getTime() - at.getTime();
  const hours = Math.max(1, Math.round(remainingMs / hourMs));
  const notices: FoundNotice[] = [
    { source: `run.held ${id}`, kind: 'run.held', topic: `run.held ${topic}`, values, runId: id },
  ];
  if (remainingMs <= expiryWarningMs)
    notices.push({
      source: `approval.expiring ${id}`,
      kind: 'approval.expiring',
      topic: `approval.expiring ${topic}`,
      values: { ...values, hours },
      runId: id,
    });
  return notices;
}

const driftCounts = z.object({ departments: z.number(), members: z.number(), memberships: z.number() });

function describeDrift({ id, drift }: FoundRun): FoundNotice[] {
  if (drift === null) return [];
  const { departments, members, memberships } = driftCounts.parse(drift);
  const changes = departments + members + memberships;
  if (changes === 0) return [];
  return [
    {
      source: `drift.found ${id}`,
      kind: 'drift.found',
      topic: 'drift.found',
      values: { changes },
      runId: id,
    },
  ];
}

/** Of many events one is enough: the day's others would be repeats. */
async function findFailedEvents(prisma: PrismaClient, corpRowId: number, at: Date): Promise<FoundNotice[]> {
  const failed = await prisma.callbackEvent.findFirst({
    where: { corpRowId, status: 'failed', receivedAt: { gte: new Date(at.getTime() - newsMs) } },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  if (failed === null) return [];
  return [{ source: `events.failed ${failed.id}`, kind: 'events.failed', topic: 'events.failed' }];
}

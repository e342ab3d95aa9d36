import type { Activity, MemberTotals, Overview } from '@orgmirror/contracts';
import { findConnection } from '../connection/wecom-connection-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import type { CallbackStats } from '../events/callback-stats.ts';
import { presentCallbacks } from '../events/present-callbacks.ts';
import { findEnabledProvider } from '../identity/auth-providers/auth-provider-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentSyncRun } from '../runs/present-sync-run.ts';
import { readSyncState } from '../runs/read-sync-state.ts';
import { findActiveRun, findRun, listRuns } from '../runs/sync-run-repository.ts';
import { presentScheduleState } from '../schedule/present-schedule-state.ts';
import { presentConnectionState } from '../settings/present-connection-state.ts';
import type { RevisionCache } from './cache-by-revision.ts';
import { countMembers, nobody } from './count-members.ts';
import { findConcerns, judge } from './find-concerns.ts';
import { listRights } from './list-rights.ts';
import { findLastMemberSignIn, listSignIns } from './list-sign-ins.ts';
import { emptyActivity, readActivity } from './read-activity.ts';
import { readVersions } from './read-versions.ts';

export interface OverviewDependencies {
  prisma: PrismaClient;
  database: Pick<Database, 'embedded'>;
  callbacks: { stats: CallbackStats };
  now: Now;
}

/** What changes with the directory only, and costs the most. */
export interface OverviewCaches {
  totals: RevisionCache<MemberTotals>;
  activity: RevisionCache<Activity>;
}

const shownDecisions = 5;
const defaultTimeZone = 'Asia/Shanghai';

/** Whether all is well, in a dozen short queries. */
export async function readOverview(
  { prisma, database, now }: OverviewDependencies,
  caches: OverviewCaches,
  { locale, origin }: { locale: Locale; origin: string },
): Promise<Overview> {
  const at = now();
  const saved = await findConnection(prisma);
  const [connection, callback, provider, lastSignInAt, sync, pending, active] = await Promise.all([
    presentConnectionState(prisma, saved, locale),
    presentCallbacks(prisma, saved?.corpRowId, origin),
    findEnabledProvider(prisma),
    findLastMemberSignIn(prisma),
    readSyncState(prisma, saved, at),
    saved === null
      ? []
      : listRuns(prisma, saved.corpRowId, { status: 'awaitingApproval', limit: shownDecisions - 1 }),
    saved === null ? null : findActiveRun(prisma, saved.corpRowId),
  ]);
  const waiting = pending.map((run) => presentSyncRun(run, locale));
  const lastRow = sync.lastFullSync && (await findRun(prisma, sync.lastFullSync.runId));
  const lastFull = lastRow && presentSyncRun(lastRow, locale);
  const state = {
    isConfigured: saved !== null,
    syncEnabled: saved?.syncEnabled ?? false,
    connection,
    schedule: saved
      ? presentScheduleState(saved, at, locale)
      : { nextRunsAt: [], paused: null, backOff: null },
    callback,
    sync,
    lastFull,
    held: waiting.filter(({ mode }) => mode !== 'preview'),
  };
  const concerns = findConcerns(state, at);
  const [directory, signIns, versions] = await Promise.all([
    readDirectory(prisma, caches, { timeZone: saved?.timeZone ?? defaultTimeZone, at }),
    listSignIns(prisma),
    readVersions(prisma, database),
  ]);
  return {
    verdict: judge(state, concerns),
    concerns,
    sync: {
      ...sync,
      drift: lastFull?.drift ?? null,
      active: active && { runId: active.id, status: presentSyncRun(active, locale).status },
    },
    decisions: waiting.map(presentDecision),
    rights: listRights({ saved, connection, callback, provider, lastSignInAt }),
    ...directory,
    signIns,
    versions,
  };
}

/** Members and changes; the day is part of what is cached, since a new one begins without any change. */
async function readDirectory(
  prisma: PrismaClient,
  caches: OverviewCaches,
  { timeZone, at }: { timeZone: string; at: Date },
): Promise<Pick<Overview, 'people' | 'activity'>> {
  const corp = await findCurrentCorp(prisma);
  if (corp === undefined) return { people: nobody, activity: emptyActivity(timeZone) };
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  const [totals, activity] = await Promise.all([
    caches.totals(corp, '', () => countMembers(prisma, corp.id)),
    caches.activity(corp, `${timeZone} ${today}`, () => readActivity(prisma, corp.id, { timeZone, at })),
  ]);
  return { people: totals, activity };
}

const presentDecision = (run: ReturnType<typeof presentSyncRun>): Overview['decisions'][number] => ({
  runId: run.id,
  mode: run.mode,
  held: run.held,
  subjects: Object.values(run.subjects ?? {}).reduce((sum, count) => sum + count, 0),
  startedBy: run.startedBy,
  waitingSince: run.waitingSince,
  heldUntil: run.heldUntil,
});

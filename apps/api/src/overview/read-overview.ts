import type { Activity, MemberTotals, Overview } from '@orgmirror/contracts';
import { findConnection, type SavedConnection } from '../connection/wecom-connection-repository.ts';
import type { CurrentCorp } from '../directory/departments/current-corp.ts';
import type { CallbackStats } from '../events/callback-stats.ts';
import { presentCallbacks } from '../events/present-callbacks.ts';
import { findEnabledProvider } from '../identity/auth-providers/auth-provider-repository.ts';
import { listFailingChannels } from '../notices/list-failing-channels.ts';
import type { Now } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Locale } from '../platform/http/locale.ts';
import { presentFindings, presentSyncRun } from '../runs/present-sync-run.ts';
import { readSyncState } from '../runs/read-sync-state.ts';
import { findActiveStatus, listRuns } from '../runs/sync-run-repository.ts';
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

/** Whether all is well, in a score of short queries, nearly all of them at once. */
export async function readOverview(
  dependencies: OverviewDependencies,
  caches: OverviewCaches,
  { locale, origin }: { locale: Locale; origin: string },
): Promise<Overview> {
  const { prisma, database, now } = dependencies;
  const at = now();
  const saved = await findConnection(prisma);
  const [wecom, syncs, directory, failingChannels, signIns, versions] = await Promise.all([
    readWecom(prisma, saved, { locale, origin }),
    readSyncs(prisma, saved, { locale, at }),
    readDirectory(prisma, caches, saved?.corp, { timeZone: saved?.timeZone ?? defaultTimeZone, at }),
    listFailingChannels(prisma),
    listSignIns(prisma),
    readVersions(prisma, database),
  ]);
  const state = {
    isConfigured: saved !== null,
    syncEnabled: saved?.syncEnabled ?? false,
    connection: wecom.connection,
    schedule: saved ? presentScheduleState(saved, at, locale) : { paused: null },
    callback: wecom.callback,
    sync: syncs.state,
    lastFull: syncs.lastFull,
    held: syncs.waiting.filter(({ mode }) => mode !== 'preview'),
    failingChannels,
  };
  const concerns = findConcerns(state, at);
  return {
    verdict: judge(state, concerns),
    concerns,
    sync: { ...syncs.state, drift: syncs.lastFull?.drift ?? null, active: syncs.active },
    decisions: syncs.waiting.map(presentDecision),
    rights: listRights({ saved, ...wecom }),
    ...directory,
    signIns,
    versions,
  };
}

/** What WeCom lets this server do. */
async function readWecom(
  prisma: PrismaClient,
  saved: SavedConnection | null,
  { locale, origin }: { locale: Locale; origin: string },
) {
  const [connection, callback, provider, lastSignInAt] = await Promise.all([
    presentConnectionState(prisma, saved, locale),
    presentCallbacks(prisma, saved?.corpRowId, origin),
    findEnabledProvider(prisma),
    findLastMemberSignIn(prisma),
  ]);
  return { connection, callback, provider, lastSignInAt };
}

/** How fresh the directory is, what waits for a decision, and what is under way. */
async function readSyncs(
  prisma: PrismaClient,
  saved: SavedConnection | null,
  { locale, at }: { locale: Locale; at: Date },
) {
  const [{ state, last }, pending, active] = await Promise.all([
    readSyncState(prisma, saved, at),
    saved === null
      ? []
      : listRuns(prisma, saved.corpRowId, { status: 'awaitingApproval', limit: shownDecisions - 1 }),
    saved === null ? null : findActiveStatus(prisma, saved.corpRowId),
  ]);
  const waiting = pending.map((run) => presentSyncRun(run, locale));
  return { state, lastFull: last && presentFindings(last), waiting, active };
}

/** Members and changes; the day is part of what is cached, since a new one begins without any change. */
async function readDirectory(
  prisma: PrismaClient,
  caches: OverviewCaches,
  corp: CurrentCorp | undefined,
  { timeZone, at }: { timeZone: string; at: Date },
): Promise<Pick<Overview, 'people' | 'activity'>> {
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

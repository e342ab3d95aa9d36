import type {
  CallbackEndpoint,
  CallbackSettings,
  Concern,
  ConnectionState,
  NoticeChannel,
  Overview,
  ScheduleState,
  SyncRun,
  SyncState,
} from '@orgmirror/contracts';

/** A full sync longer ago than this is stale, unless the next one is planned. */
const staleAfterMs = 7 * 86_400_000;

type EventSource = Pick<CallbackEndpoint, 'configured' | 'verifiedAt' | 'failed'>;

/** What the verdict rests on. */
export interface State {
  isConfigured: boolean;
  syncEnabled: boolean;
  connection: ConnectionState;
  schedule: Pick<ScheduleState, 'paused'>;
  callback: Pick<CallbackSettings, 'agentWarning'> & Record<'app' | 'contacts', EventSource>;
  sync: SyncState;
  /** Of the last full sync. */
  lastFull: Pick<SyncRun, 'id' | 'warnings'> | null;
  /** Runs whose removals wait for approval. */
  held: readonly Pick<SyncRun, 'id' | 'held' | 'heldUntil'>[];
  /** Channels of notices that fail. */
  failingChannels: readonly NoticeChannel[];
}

const concern = (
  code: Concern['code'],
  severity: Concern['severity'],
  facts: Partial<Omit<Concern, 'code' | 'severity'>> = {},
): Concern => ({ code, severity, detail: null, runId: null, count: null, at: null, ...facts });

/** What is not as it should be at an instant, the most severe first. */
export function findConcerns(state: State, at: Date): Concern[] {
  if (!state.isConfigured) return [concern('notConfigured', 'warning')];
  const concerns = [
    ...findSetupConcerns(state),
    ...findCallConcerns(state),
    ...findSyncConcerns(state, at),
    ...findEventConcerns(state),
    ...findNoticeConcerns(state),
  ];
  const order = ['error', 'warning', 'info'];
  return concerns.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

export function judge({ isConfigured, sync }: State, concerns: readonly Concern[]): Overview['verdict'] {
  if (!isConfigured || sync.lastFullSync === null) return 'notSetUp';
  return concerns.some(({ severity }) => severity !== 'info') ? 'needsPerson' : 'healthy';
}

function findSetupConcerns({ syncEnabled, sync }: State): Concern[] {
  if (!syncEnabled) return [concern('syncOff', 'warning')];
  return sync.lastFullSync === null ? [concern('neverSynced', 'warning')] : [];
}

/** A failed sync that WeCom refused is told once, by what WeCom said. */
function findCallConcerns({ connection, schedule, callback }: State): Concern[] {
  const failure = findCurrentFailure(connection);
  const { paused } = schedule;
  const { agentWarning } = callback;
  return [
    ...(failure
      ? [concern('callsFail', 'error', { detail: failure.title, at: failure.at, runId: failure.runId })]
      : []),
    ...(paused ? [concern('schedulePaused', 'error', { detail: paused.error.title, at: paused.since })] : []),
    ...(agentWarning ? [concern('appSuspended', 'error', { at: agentWarning.at })] : []),
  ];
}

/** The latest call, when it failed. */
export function findCurrentFailure({
  lastFailure,
  lastSuccess,
}: ConnectionState): ConnectionState['lastFailure'] {
  if (lastFailure === null || lastSuccess === null) return lastFailure;
  return Date.parse(lastFailure.at) > Date.parse(lastSuccess.at) ? lastFailure : null;
}

function findSyncConcerns({ sync, lastFull, held }: State, at: Date): Concern[] {
  const { lastFullSync, nextSyncAt, differences } = sync;
  const waiting = held.map(({ id, held: { departments, members }, heldUntil }) =>
    concern('held', 'warning', { runId: id, count: departments + members, at: heldUntil }),
  );
  const known = new Set<string>();
  const others = differences.flatMap(({ kind, runId, at: since }) => {
    if (kind === 'held' || known.has(kind)) return [];
    known.add(kind);
    return [concern(kind, kind === 'failed' ? 'error' : 'warning', { runId, at: since })];
  });
  const isStale =
    lastFullSync !== null && nextSyncAt === null && at.getTime() - Date.parse(lastFullSync.at) > staleAfterMs;
  const warnings = lastFull?.warnings ?? [];
  return [
    ...waiting,
    ...others,
    ...(isStale ? [concern('stale', 'warning', { at: lastFullSync.at })] : []),
    ...(lastFull && warnings.length > 0
      ? [
          concern('anomalies', 'info', {
            runId: lastFull.id,
            count: warnings.reduce((sum, { count }) => sum + count, 0),
          }),
        ]
      : []),
  ];
}

function findEventConcerns({ callback: { app, contacts } }: State): Concern[] {
  const failed = app.failed + contacts.failed;
  const isUnverified = [app, contacts].some(({ configured, verifiedAt }) => configured && !verifiedAt);
  return [
    ...(failed > 0 ? [concern('eventsFailed', 'warning', { count: failed })] : []),
    ...(isUnverified ? [concern('callbackUnverified', 'warning')] : []),
  ];
}

const findNoticeConcerns = ({ failingChannels: { length: count } }: State): Concern[] =>
  count > 0 ? [concern('noticesFail', 'warning', { count })] : [];

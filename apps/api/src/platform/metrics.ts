import type { ErrorCode } from '@orgmirror/contracts';
import type { CallEvent } from '@orgmirror/wecom';
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { findRoute } from './request-route.ts';

/** Numbers about what is stored, the same from every process; times in Unix seconds, null when there is none. */
export interface StoredState {
  /** Runs that have not ended, by status. */
  openRuns: Record<string, number>;
  lastFullSyncAt: number | null;
  /** When the oldest run was queued that no worker has begun. */
  oldestQueuedAt: number | null;
  isSchedulePaused: boolean;
  /** Events by status. */
  events: Record<string, number>;
  oldestWaitingEventAt: number | null;
  /** Notices by how they fare on a channel. */
  noticeDeliveries: Record<string, number>;
  /** The longest that an event took from its receipt until it was processed, of those of the last minutes. */
  eventDelaySeconds: number | null;
  /** When the lease of a run that has not ended was last renewed. */
  leaseRenewedAt: number | null;
  /** What the last full sync that counted it found and no event had brought, by entity. */
  drift: Record<string, number>;
  presentMembers: number;
  presentDepartments: number;
  sessions: number;
}

/** Connections of the process to the database. */
export interface PoolState {
  open: number;
  idle: number;
  /** Statements that wait for one. */
  waiting: number;
}

/** What Prometheus reads; one for the life of a process. No label tells of a person. */
export interface Metrics {
  countRequest: RequestHandler;
  countCall(event: CallEvent): void;
  /** A phase of a run that has ended. */
  countPhase(phase: string, durationMs: number): void;
  /** A run that has ended here, or waits for approval from now on. */
  countRun(run: { trigger: string; mode: string; status: string }): void;
  /** Somebody who signed in, by account or by WeCom, or who could not: then the error code. */
  countSignIn(method: 'account' | 'wecom', result: 'succeeded' | ErrorCode): void;
  /** Reads what is stored at each scrape from now on. */
  watch(sources: { readState: () => Promise<StoredState>; readPool: () => PoolState }): void;
  serve: RequestHandler;
}

const secondsOfRequests = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const secondsOfPhases = [0.1, 0.5, 1, 5, 15, 60, 180, 600, 1_800];

/** Creates the metrics of a process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = createRequestMetrics(registry);
  const calls = createCallMetrics(registry);
  const phases = new Histogram({
    name: 'orgmirror_sync_phase_duration_seconds',
    help: 'Phases of syncs that ended in this process',
    labelNames: ['phase'],
    buckets: secondsOfPhases,
    registers: [registry],
  });
  const runs = new Counter({
    name: 'orgmirror_sync_runs_total',
    help: 'Runs that ended in this process or were held, by how they began and ended',
    labelNames: ['trigger', 'mode', 'status'],
    registers: [registry],
  });
  const signIns = new Counter({
    name: 'orgmirror_sign_ins_total',
    help: 'Sign-ins at this process by method, and whether they succeeded or with what code they were refused',
    labelNames: ['method', 'result'],
    registers: [registry],
  });
  let refresh = async () => {}; // nothing is stored before the database is open
  return {
    countRequest: requests,
    countCall: calls,
    countPhase: (phase, durationMs) => phases.observe({ phase }, durationMs / 1_000),
    countRun: ({ trigger, mode, status }) => runs.inc({ trigger, mode, status }),
    countSignIn: (method, result) => signIns.inc({ method, result }),
    watch: (sources) => {
      refresh = createStateMetrics(registry, sources);
    },
    serve: async (_req, res) => {
      await refresh();
      res.type(registry.contentType).send(await registry.metrics());
    },
  };
}

function createRequestMetrics(registry: Registry): RequestHandler {
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'HTTP requests by method, pattern of the path and status',
    labelNames,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'HTTP requests by method and pattern of the path, streams aside',
    labelNames: ['method', 'route'],
    buckets: secondsOfRequests,
    registers: [registry],
  });
  return (req, res, next) => {
    const startedAt = performance.now();
    res.on('finish', () => {
      const [method, route] = [req.method, findRoute(req, res) ?? 'other'];
      requests.inc({ method, route, status: res.statusCode });
      if (res.getHeader('Content-Type') !== 'text/event-stream')
        durations.observe({ method, route }, (performance.now() - startedAt) / 1_000);
    });
    next();
  };
}

function createCallMetrics(registry: Registry): (event: CallEvent) => void {
  const registers = [registry];
  const calls = new Counter({
    name: 'orgmirror_wecom_calls_total',
    help: 'Calls to WeCom by endpoint, outcome and errcode',
    labelNames: ['endpoint', 'outcome', 'errcode'],
    registers,
  });
  const durations = new Histogram({
    name: 'orgmirror_wecom_call_duration_seconds',
    help: 'Time until WeCom answered',
    labelNames: ['endpoint'],
    buckets: secondsOfRequests,
    registers,
  });
  const waits = new Counter({
    name: 'orgmirror_wecom_wait_seconds_total',
    help: 'Time that calls waited: for the budget (pacing), before a retry (backOff), for a limit window (limitWindow)',
    labelNames: ['reason'],
    registers,
  });
  const refusedTokens = new Counter({
    name: 'orgmirror_wecom_tokens_refused_total',
    help: 'Access tokens that WeCom refused before their time',
    registers,
  });
  return (event) => {
    if (event.kind === 'tokenRefused') return refusedTokens.inc();
    if (event.kind === 'wait') return waits.inc({ reason: event.reason }, event.durationMs / 1_000);
    const { endpoint, outcome, errcode } = event;
    calls.inc({ endpoint, outcome, errcode: errcode ?? '' });
    durations.observe({ endpoint }, event.durationMs / 1_000);
  };
}

/** @returns what reads the stored numbers anew */
function createStateMetrics(
  registry: Registry,
  { readState, readPool }: Parameters<Metrics['watch']>[0],
): () => Promise<void> {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `orgmirror_${name}`, help, labelNames, registers });
  const isUp = gauge('database_up', 'Whether the stored numbers could be read');
  const openRuns = gauge('sync_runs_open', 'Runs that have not ended, by status', ['status']);
  const lastSync = gauge('last_full_sync_timestamp_seconds', 'End of the last complete full sync');
  const oldestQueued = gauge('sync_queue_oldest_timestamp_seconds', 'When the oldest waiting run was queued');
  const paused = gauge(
    'sync_schedule_paused',
    '1 while a refusal that only an admin can mend stops the schedule',
  );
  const events = gauge('events', 'Stored events of WeCom by status', ['status']);
  const oldestEvent = gauge('event_oldest_waiting_timestamp_seconds', 'When the oldest waiting event came');
  const eventDelay = gauge(
    'event_delay_seconds',
    'The longest that an event of the last 15 minutes took from its receipt until it was processed',
  );
  const leaseRenewed = gauge(
    'sync_lease_renewed_timestamp_seconds',
    'When the lease of the run under way was last renewed; every 8 seconds while its process works',
  );
  const drift = gauge('drift', 'Changes that the last full sync found and no event had brought', ['entity']);
  const deliveries = gauge('notice_deliveries', 'Notices by how they fare on a channel', ['status']);
  const members = gauge('members_present', 'Members who are present');
  const departments = gauge('departments_present', 'Departments that are present');
  const sessions = gauge('sessions', 'Sessions that have not ended');
  const pool = gauge('database_connections', 'Connections of this process to the database', ['state']);

  return async () => {
    const { open, idle, waiting } = readPool();
    pool.set({ state: 'idle' }, idle);
    pool.set({ state: 'busy' }, open - idle);
    pool.set({ state: 'wanted' }, waiting);
    const state = await readState().catch(() => undefined); // /readyz says why; the process's own numbers are served
    isUp.set(state === undefined ? 0 : 1);
    if (state === undefined) return;
    for (const [label, counts, of] of [
      ['status', state.openRuns, openRuns],
      ['status', state.events, events],
      ['status', state.noticeDeliveries, deliveries],
      ['entity', state.drift, drift],
    ] as const) {
      of.reset();
      for (const [name, count] of Object.entries(counts)) of.set({ [label]: name }, count);
    }
    setOrRemove(lastSync, state.lastFullSyncAt);
    setOrRemove(oldestQueued, state.oldestQueuedAt);
    setOrRemove(oldestEvent, state.oldestWaitingEventAt);
    setOrRemove(eventDelay, state.eventDelaySeconds);
    setOrRemove(leaseRenewed, state.leaseRenewedAt);
    paused.set(state.isSchedulePaused ? 1 : 0);
    members.set(state.presentMembers);
    departments.set(state.presentDepartments);
    sessions.set(state.sessions);
  };
}

/** What there is not has no sample: 0 would be 1970. */
function setOrRemove(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}

import { concernCodes } from '@orgmirror/contracts';
import { describe, expect, it } from 'vitest';
import { findConcerns, judge, type State } from './find-concerns.ts';

const at = '2026-11-27T08:00:00.000Z';
const earlier = '2026-11-26T08:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString();
const unused = { configured: false, verifiedAt: null, failed: 0 };
const run = 'run-1';

const well: State = {
  isConfigured: true,
  syncEnabled: true,
  connection: { lastSuccess: { at, by: 'sync', runId: run }, lastFailure: null },
  schedule: { paused: null },
  callback: { app: unused, contacts: unused, agentWarning: null },
  sync: { lastFullSync: { runId: run, at }, nextSyncAt: null, differences: [], needsPerson: null },
  lastFull: { id: run, warnings: [] },
  held: [],
  failingChannels: [],
};
const sync = (changes: Partial<State['sync']>): Pick<State, 'sync'> => ({
  sync: { ...well.sync, ...changes },
});
const difference = (kind: State['sync']['differences'][number]['kind']) =>
  sync({ differences: [{ kind, runId: run, at }] });
const error = {
  type: 'about:blank',
  title: 'Secret 不正确',
  status: 400,
  detail: '',
  code: 'wecom.refused' as const,
  requestId: '',
};
const refusal = { at, by: 'sync' as const, runId: run, title: 'IP 不在名单中', detail: '' };

/** A state for each code, and whether it turns the verdict. */
const states: Record<(typeof concernCodes)[number], [change: Partial<State>, needsPerson: boolean]> = {
  notConfigured: [{ isConfigured: false }, false],
  syncOff: [{ syncEnabled: false }, true],
  neverSynced: [sync({ lastFullSync: null }), false],
  callsFail: [
    { connection: { lastSuccess: { at: earlier, by: 'sync', runId: run }, lastFailure: refusal } },
    true,
  ],
  schedulePaused: [{ schedule: { paused: { since: at, error } } }, true],
  appSuspended: [
    { callback: { ...well.callback, agentWarning: { event: 'close_inactive_agent', at } } },
    true,
  ],
  held: [{ held: [{ id: run, held: { departments: 1, members: 66 }, heldUntil: at }] }, true],
  failed: [difference('failed'), true],
  partial: [difference('partial'), true],
  notRemoved: [difference('notRemoved'), true],
  undone: [difference('undone'), true],
  stale: [sync({ lastFullSync: { runId: run, at: daysAgo(8) } }), true],
  eventsFailed: [
    { callback: { ...well.callback, contacts: { configured: true, verifiedAt: at, failed: 2 } } },
    true,
  ],
  callbackUnverified: [{ callback: { ...well.callback, app: { ...unused, configured: true } } }, true],
  noticesFail: [{ failingChannels: ['email', 'webhook'] }, true],
  anomalies: [{ lastFull: { id: run, warnings: [{ code: 'orphans', count: 5, examples: [] }] } }, false],
};

const find = (change: Partial<State>) => findConcerns({ ...well, ...change }, new Date(at));

describe('what is not as it should be', () => {
  it('is nothing when all is well', () => {
    expect([find({}), judge(well, [])]).toEqual([[], 'healthy']);
  });

  it.each(concernCodes)('%s is found by itself', (code) => {
    const [change, needsPerson] = states[code];
    const concerns = find(change);
    expect(concerns.map((concern) => concern.code)).toEqual([code]);
    expect(judge({ ...well, ...change }, concerns) === 'needsPerson').toBe(needsPerson);
  });

  it('is no stale sync while the next one is planned, or within a week', () => {
    expect(find(sync({ lastFullSync: { runId: run, at: daysAgo(8) }, nextSyncAt: at }))).toEqual([]);
    expect(find(sync({ lastFullSync: { runId: run, at: daysAgo(6.9) } }))).toEqual([]);
  });

  it('is no refusal once a later call was answered', () => {
    const lastFailure = { ...refusal, at: earlier };
    expect(find({ connection: { ...well.connection, lastFailure } })).toEqual([]);
  });

  it('begins with what is most severe', () => {
    const all = find({ ...states.eventsFailed[0], ...states.anomalies[0], ...states.schedulePaused[0] });
    expect(all.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info']);
  });
});

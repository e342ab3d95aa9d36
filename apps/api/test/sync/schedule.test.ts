import { endpoints, type Schedule, type SyncRun, type WecomSettings } from '@orgmirror/contracts';
import { sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/main.ts';
import { acceptSecret } from '../support/accept-secret.ts';
import { connectionStringOf, openSql } from '../support/query-database.ts';
import { createSmallCorp } from '../support/small-corp.ts';
import { admin, hurriedTiming, startTestServer, type TestServer } from '../support/start-test-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Longer than a worker takes to look at its clock again. */
const someLooksMs = 500;
const credentials = { agentId: sampleApp.agentid, secret: sampleApp.secret };

let server: TestServer;
let clockMs = Date.parse('2027-03-01T00:00:00Z');
const now = () => new Date(clockMs);
/** When the story began, and the runs of the stories before it. */
let storyBeganMs: number;
let earlierRuns: number;

beforeAll(async () => {
  server = await startTestServer({
    wecom: { corp: createSmallCorp([[1, 0]], [['ann', 1]]) },
    now,
    timing: hurriedTiming(),
  });
  await server.configure();
});
afterAll(() => server.stop());

/** Every story begins at midnight UTC, with a schedule that is off and a WeCom that answers. */
beforeEach(async () => {
  server.wecom.faults.clear();
  Object.assign(server.wecom.apps[0]!, { trustedIps: ['127.0.0.1'], enabled: true });
  const off = { schedule: { kind: 'off' }, enabled: true, timeZone: 'Asia/Shanghai' } as const;
  await server.api.call(endpoints.saveSyncSettings, { body: off });
  storyBeganMs = Math.ceil(clockMs / dayMs) * dayMs;
  await pass(storyBeganMs - clockMs);
  earlierRuns = (await listAllRuns()).length;
});

/** Moves the server's clock; a session that may end by it is begun again. */
async function pass(ms: number): Promise<void> {
  clockMs += ms;
  if (ms > hourMs) await server.api.call(endpoints.signIn, { body: admin });
}

/** So many minutes after the story began. */
const after = (minutes: number) => new Date(storyBeganMs + minutes * minuteMs).toISOString();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const set = (schedule: Schedule) => server.api.call(endpoints.saveSyncSettings, { body: { schedule } });
const readSettings = (): Promise<WecomSettings> => server.api.call(endpoints.getWecomSettings);
const readNeed = async () => (await server.api.call(endpoints.getSyncState)).needsPerson;
const listAllRuns = async (): Promise<SyncRun[]> =>
  (await server.api.call(endpoints.listSyncRuns, { query: { limit: 200 } })).items;
/** The runs of this story, newest first. */
const listRuns = async (): Promise<SyncRun[]> => {
  const runs = await listAllRuns();
  return runs.slice(0, runs.length - earlierRuns);
};

/** Waits until so many runs have ended, then a little longer, for one too many. */
async function expectRuns(count: number): Promise<SyncRun[]> {
  let runs = await listRuns();
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; runs = await listRuns()) {
    if (runs.length >= count && runs.every(({ finishedAt }) => finishedAt !== null)) break;
    await sleep(25);
  }
  expect(runs.map(({ trigger, status }) => `${trigger} ${status}`)).toHaveLength(count);
  return runs;
}

async function expectNoFurther(count: number): Promise<void> {
  await sleep(someLooksMs);
  expect(await listRuns()).toHaveLength(count);
}

describe('a schedule', () => {
  it('is off at first, and shows its next starts in the corp’s time zone once it is on', async () => {
    const fresh = await readSettings();
    expect(fresh).toMatchObject({ schedule: { kind: 'off' }, timeZone: 'Asia/Shanghai', retentionDays: 180 });
    expect(fresh.scheduleState).toEqual({ nextRunsAt: [], paused: null, backOff: null });

    const daily = await set({ kind: 'daily', at: '02:30' });
    expect(daily.scheduleState.nextRunsAt).toEqual([
      '2027-03-01T18:30:00.000Z',
      '2027-03-02T18:30:00.000Z',
      '2027-03-03T18:30:00.000Z',
    ]);
    const moved = await server.api.call(endpoints.saveSyncSettings, {
      body: { timeZone: 'America/New_York', schedule: { kind: 'weekdays', at: '02:30', weekdays: [7] } },
    });
    // On the 14th the clocks of New York go from 02:00 to 03:00.
    expect(moved.scheduleState.nextRunsAt).toEqual([
      '2027-03-07T07:30:00.000Z',
      '2027-03-14T07:00:00.000Z',
      '2027-03-21T06:30:00.000Z',
    ]);
    expect((await set({ kind: 'off' })).scheduleState.nextRunsAt).toEqual([]);
    const { items } = await server.api.call(endpoints.listAuditEntries, {
      query: { action: 'settings.sync', limit: 2 },
    });
    expect(items[1]).toMatchObject({
      before: { schedule: { kind: 'daily', at: '02:30' }, timeZone: 'Asia/Shanghai' },
      after: { schedule: { kind: 'weekdays', at: '02:30', weekdays: [7] }, timeZone: 'America/New_York' },
    });
  });

  it('starts a run when it is due, not when it is switched on, and saying the same again does not put it off', async () => {
    await set({ kind: 'everyHours', hours: 6 });
    await expectNoFurther(0);
    await pass(5 * hourMs);
    const { scheduleState } = await set({ kind: 'everyHours', hours: 6 });
    expect(scheduleState.nextRunsAt[0]).toBe(after(6 * 60));
    await pass(hourMs);
    const [run] = await expectRuns(1);
    expect(run).toMatchObject({ trigger: 'schedule', mode: 'apply', startedBy: null, status: 'succeeded' });
    expect((await readSettings()).scheduleState.nextRunsAt[0]).toBe(after(12 * 60));
    await expectNoFurther(1);
  });

  it('starts nothing while syncing is off, and makes nothing of that up', async () => {
    await set({ kind: 'everyHours', hours: 1 });
    const off = await server.api.call(endpoints.saveSyncSettings, { body: { enabled: false } });
    expect(off).toMatchObject({ schedule: { kind: 'everyHours' }, scheduleState: { nextRunsAt: [] } });
    await pass(3 * hourMs);
    await expectNoFurther(0);
    const on = await server.api.call(endpoints.saveSyncSettings, { body: { enabled: true } });
    expect(on.scheduleState.nextRunsAt[0]).toBe(after(4 * 60));
    await expectNoFurther(0);
  });

  it('makes up once for all starts that were missed while the server was down', async () => {
    await set({ kind: 'daily', at: '10:00' });
    await server.restart({}, () => {
      clockMs += 5 * dayMs;
    });
    await server.api.call(endpoints.signIn, { body: admin });
    await expectRuns(1);
    expect((await readSettings()).scheduleState.nextRunsAt[0]).toBe(after(5 * 24 * 60 + 2 * 60));
    await expectNoFurther(1);
  });

  it('is started by one of many processes', async () => {
    const workers: RunningServer[] = [];
    try {
      for (let count = 0; count < 3; count++) workers.push(await startWorker());
      await set({ kind: 'everyHours', hours: 1 });
      await pass(hourMs);
      await expectRuns(1);
      await expectNoFurther(1);
    } finally {
      for (const worker of workers) await worker.stop();
    }
  });

  /** One more process on the same database, the embedded one included. */
  const startWorker = (): Promise<RunningServer> =>
    startServer({
      print: () => undefined,
      now,
      timing: hurriedTiming(),
      env: {
        ...server.database.env,
        DATABASE_URL: connectionStringOf(server.database),
        LOG_LEVEL: 'silent',
        ROLE: 'worker',
        WECOM_API_BASE_URL: server.wecom.baseUrl,
      },
    });

  it('counts a start that falls due during another run as done', async () => {
    await set({ kind: 'everyHours', hours: 1 });
    server.wecom.faults.add({ endpoint: 'user/list', effect: { kind: 'hold' } });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await pass(hourMs);
    const claimed = () =>
      openSql(server.database)<{ at: Date }>('SELECT scheduled_up_to AS at FROM wecom_connection');
    await expect.poll(claimed).toEqual([{ at: new Date(after(60)) }]);
    server.wecom.faults.clear();
    expect(await server.waitForRun(id)).toMatchObject({ trigger: 'manual', status: 'succeeded' });
    await expectNoFurther(1);
    expect((await readSettings()).scheduleState.nextRunsAt[0]).toBe(after(2 * 60));
  });
});

describe('a schedule that cannot be', () => {
  it.each<[string, unknown, string]>([
    ['no weekday', { schedule: { kind: 'weekdays', at: '02:00', weekdays: [] } }, 'schedule.weekdays'],
    ['every 0 hours', { schedule: { kind: 'everyHours', hours: 0 } }, 'schedule.hours'],
    ['25 o’clock', { schedule: { kind: 'daily', at: '25:00' } }, 'schedule.at'],
    ['an unknown kind', { schedule: { kind: 'never' } }, 'schedule.kind'],
    ['an unknown zone', { timeZone: 'Asia/Atlantis' }, 'timeZone'],
    ['an offset in place of a zone', { timeZone: '+08:00' }, 'timeZone'],
    ['a retention of 0 days', { retentionDays: 0 }, 'retentionDays'],
  ])('is refused by name of the field: %s', async (_, body, path) => {
    const before = await readSettings();
    const answer = await server.api.request('PATCH', '/settings/wecom/sync', { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'request.invalid', errors: [expect.objectContaining({ path })] },
    });
    expect(await readSettings()).toEqual(before);
  });
});

describe('failures', () => {
  it('back off, twice as long each time and 6 hours at most, and a success forgets them', async () => {
    await set({ kind: 'everyHours', hours: 12 });
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 45029 } });
    await pass(12 * hourMs);
    let minutesPassed = 12 * 60;
    const backOffMinutes = [5, 10, 20, 40, 80, 160, 320, 360, 360];
    for (const [index, minutes] of backOffMinutes.entries()) {
      const failures = index + 1;
      await expectRuns(failures);
      await expect.poll(async () => (await readSettings()).scheduleState.backOff?.failures).toBe(failures);
      minutesPassed += minutes;
      const until = after(minutesPassed);
      expect((await readSettings()).scheduleState).toMatchObject({
        nextRunsAt: [until, expect.any(String), expect.any(String)],
        paused: null,
        backOff: { until, failures, error: { code: 'wecom.refused', wecom: { errcode: 45029 } } },
      });
      if (failures === backOffMinutes.length) server.wecom.faults.clear();
      await pass(minutes * minuteMs);
    }
    const [latest] = await expectRuns(backOffMinutes.length + 1);
    expect(latest).toMatchObject({ trigger: 'schedule', status: 'succeeded' });
    const { backOff, nextRunsAt } = (await readSettings()).scheduleState;
    expect([backOff, nextRunsAt[0]]).toEqual([null, after(minutesPassed + 12 * 60)]);
  }, 120_000);

  it('start nothing before the back-off ends, and are forgotten after a run by hand', async () => {
    await set({ kind: 'everyHours', hours: 1 });
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 45029 } });
    await pass(hourMs);
    await expectRuns(1);
    await pass(4 * minuteMs);
    await expectNoFurther(1);
    const [failed] = await listRuns();
    expect(await readNeed()).toMatchObject({ kind: 'failed', runId: failed?.id });
    server.wecom.faults.clear();
    expect((await server.sync()).status).toBe('succeeded');
    expect(await readNeed()).toBeNull();
    await expect
      .poll(async () => (await readSettings()).scheduleState)
      .toMatchObject({
        backOff: null,
        nextRunsAt: [after(2 * 60 + 4), expect.any(String), expect.any(String)],
      });
  });

  it('of a run by hand do not hold up the schedule', async () => {
    await set({ kind: 'everyHours', hours: 1 });
    server.wecom.faults.add({ endpoint: 'department/list', effect: { kind: 'errcode', errcode: 45029 } });
    expect((await server.sync()).status).toBe('failed');
    await sleep(500);
    expect((await readSettings()).scheduleState).toMatchObject({ paused: null, backOff: null });
    expect(await readNeed()).toBeNull();
  });
});

describe('a clock that was ahead and is set back', () => {
  const aheadMs = 400 * dayMs;
  /** By the server's own clock, which is the machine's no longer. */
  const setBack = async () => {
    clockMs -= aheadMs;
    await server.api.call(endpoints.signIn, { body: admin });
  };

  it('leaves the next start where it was', async () => {
    await set({ kind: 'everyHours', hours: 6 });
    await pass(aheadMs);
    await expectRuns(1); // by that clock it was long due
    await setBack();
    const readNext = async () => Date.parse((await readSettings()).scheduleState.nextRunsAt[0] ?? '');
    await expect.poll(readNext).toBeLessThanOrEqual(clockMs + 6 * hourMs);
    await pass(6 * hourMs);
    await expectRuns(2);
  });

  it('leaves a back-off within its six hours', async () => {
    await set({ kind: 'everyHours', hours: 24 });
    const sql = openSql(server.database);
    const until = new Date(clockMs + aheadMs);
    await sql('UPDATE wecom_connection SET back_off_until = $1, failures_in_a_row = 1', [until]);
    const read = async () => {
      const [row] = await sql<{ until: Date }>('SELECT back_off_until AS until FROM wecom_connection');
      return row?.until.getTime();
    };
    await expect.poll(read).toBeLessThanOrEqual(clockMs);
  });

  it('keeps nobody waiting at the sign-in, and no session alive', async () => {
    const sql = openSql(server.database);
    const body = { ...admin, password: 'wrong' };
    const guess = async () => (await server.anonymous().request('POST', '/session', { body })).status;
    for (let attempt = 0; attempt < 10; attempt++) await guess();
    expect(await guess()).toBe(429);
    await sql(`UPDATE rate_limit SET expire = expire + interval '400 days'`);
    expect(await guess()).toBe(401);
    const client = server.anonymous();
    clockMs += aheadMs;
    await client.call(endpoints.signIn, { body: admin });
    clockMs -= aheadMs;
    expect((await client.request('GET', '/session')).status).toBe(401);
  });
});

describe('a refusal that only an admin can mend', () => {
  const expectPaused = (paused: boolean) =>
    expect.poll(async () => (await readSettings()).scheduleState.paused !== null).toBe(paused);

  /** Lets the next scheduled start be refused; the schedule is paused afterwards. */
  async function pause(): Promise<WecomSettings> {
    await set({ kind: 'everyHours', hours: 1 });
    server.wecom.apps[0]!.trustedIps = ['203.0.113.7'];
    await pass(hourMs);
    await expectRuns(1);
    await expectPaused(true);
    return readSettings();
  }

  it('pauses with the reason in the reader’s language, and nothing starts', async () => {
    const { scheduleState } = await pause();
    expect(scheduleState).toMatchObject({
      nextRunsAt: [],
      backOff: null,
      paused: {
        since: after(60),
        error: { code: 'wecom.refused', wecom: { errcode: 60020, egressIp: '127.0.0.1' } },
      },
    });
    expect(scheduleState.paused!.error.detail).toMatch(/\p{Script=Han}/u);
    const english = await server.api.request('GET', '/settings/wecom', {
      headers: { 'accept-language': 'en' },
    });
    expect((english.body as WecomSettings).scheduleState.paused!.error.detail).not.toMatch(/\p{Script=Han}/u);
    const [run] = await listRuns();
    expect(scheduleState.paused!.error.requestId).toBe(run!.id);
    expect(await readNeed()).toEqual({ kind: 'paused', runId: run!.id, at: after(60) });
    await pass(dayMs);
    await expectNoFurther(1);
  });

  it('is over when an admin resumes, with the next start in the future', async () => {
    await pause();
    server.wecom.apps[0]!.trustedIps = ['127.0.0.1'];
    await pass(5 * hourMs);
    const { scheduleState } = await server.api.call(endpoints.saveSyncSettings, { body: { resume: true } });
    expect(scheduleState.paused).toBeNull();
    expect(scheduleState.nextRunsAt[0]).toBe(after(7 * 60));
    await expectNoFurther(1);
    expect(await readNeed()).toMatchObject({ kind: 'failed' }); // no sync has succeeded yet
    await pass(hourMs);
    const [latest] = await expectRuns(2);
    expect(latest).toMatchObject({ trigger: 'schedule', status: 'succeeded' });
    expect(await readNeed()).toBeNull();
  });

  it('is over when the settings are saved', async () => {
    await pause();
    const saved = await server.api.call(endpoints.saveWecomSettings, {
      body: { ...credentials, corpId: server.wecom.corpid },
    });
    expect(saved.scheduleState).toMatchObject({ paused: null });
    expect(saved.scheduleState.nextRunsAt[0]).toBe(after(2 * 60));
  });

  it('is over when a run by hand succeeds', async () => {
    await pause();
    expect((await server.sync()).error?.code).toBe('wecom.refused');
    expect((await readSettings()).scheduleState.paused).not.toBeNull();
    server.wecom.apps[0]!.trustedIps = ['127.0.0.1'];
    expect((await server.sync()).status).toBe('succeeded');
    await expectPaused(false);
  });

  it('pauses for a disabled app and for a secret that cannot be read', async () => {
    await set({ kind: 'everyHours', hours: 1 });
    server.wecom.apps[0]!.enabled = false;
    await pass(hourMs);
    await expectRuns(1);
    await expectPaused(true);
    server.wecom.apps[0]!.enabled = true;
    await server.api.call(endpoints.saveSyncSettings, { body: { resume: true } });

    await server.restart(acceptSecret('another secret that is long enough to be taken'));
    await server.api.call(endpoints.signIn, { body: admin });
    await pass(hourMs);
    await expectRuns(2);
    await expectPaused(true);
    const { paused } = (await readSettings()).scheduleState;
    expect(paused?.error.code).toBe('settings.secret_unreadable');
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, type SyncRun } from '@orgmirror/contracts';
import type { ResponseErrorKind, TransportErrorKind } from '@orgmirror/wecom';
import { createApp, deleteDepartment, sampleApp } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDepartment, createSmallCorp, crowd, move } from '../support/small-corp.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const crowded = crowd(6, 20);

/** The clock of the server's WeCom client and of the simulator: a wait is over at once, for all who wait. */
function createSkippingClock() {
  let skippedMs = 0;
  const nowMs = () => Date.now() + skippedMs;
  return {
    nowMs,
    elapsedMs: () => performance.now() + skippedMs,
    sleep: async (durationMs: number, signal?: AbortSignal) => {
      const endsAtMs = nowMs() + durationMs;
      await new Promise((resolve) => setImmediate(resolve));
      skippedMs += Math.max(0, endsAtMs - nowMs());
      signal?.throwIfAborted();
    },
  };
}

// The simulator refuses by itself, as WeCom does; what the document says is then done in WeCom or in the environment.
describe('docs/operations.md, “When a sync stays partial”', () => {
  const clock = createSkippingClock();
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [20, 1],
      [30, 1],
    ],
    [['ann', 10], ...crowded, ['eve', 30]],
  );
  const app = createApp({
    agentid: sampleApp.agentid,
    secret: sampleApp.secret,
    scope: { partyIds: [10, 20, 30], userids: [], tagIds: [] },
  });
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer({
      wecom: { corp, apps: [app], now: clock.nowMs },
      wecomTiming: { clock },
    });
    await server.configure();
    expect(await server.sync()).toMatchObject({ complete: true, counts: { members: { create: 8 } } });
  });
  afterAll(() => server.stop());

  /** Nobody left although something could not be read; the remedy makes the next sync complete. */
  const expectPartial = (run: SyncRun, codes: readonly string[]) => {
    expect(run).toMatchObject({
      status: 'succeeded',
      complete: false,
      counts: { members: { remove: 0 }, departments: { remove: 0 } },
    });
    expect([...new Set(run.manifest?.departmentsFailed.map(({ code }) => code))]).toEqual(codes);
  };
  const expectComplete = async (counts: object = {}) =>
    expect(await server.sync()).toMatchObject({ status: 'succeeded', complete: true, ...counts });

  /** Changes WeCom while a sync knows which departments there are, and not yet who is in them. */
  async function syncWhile(change: () => void): Promise<SyncRun> {
    const { faults, stats } = server.wecom;
    stats.reset();
    faults.add({ endpoint: 'user/list', effect: { kind: 'hold' } });
    const { id } = await server.api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await expect.poll(() => stats.snapshot().calls['user/list'] ?? 0, { interval: 5 }).toBeGreaterThan(0);
    change();
    faults.clear();
    return server.waitForRun(id);
  }

  it('ends it with a department that left the scope: its parent is chosen', async () => {
    const run = await syncWhile(() => {
      app.scope = { ...app.scope, partyIds: [10, 30] };
    });
    expectPartial(run, ['60011']);
    app.scope = { ...app.scope, partyIds: [1] };
    await expectComplete({ counts: { members: { create: 0, update: 0, remove: 0 } } });
  });

  it('ends it with a department that was deleted meanwhile: another sync is started', async () => {
    addDepartment(corp, 40, 1);
    await server.sync();
    expectPartial(await syncWhile(() => deleteDepartment(corp, 40)), ['60003']);
    await expectComplete({ counts: { departments: { remove: 1 } } });
  });

  it('ends it with a department that is too large for an answer: it is split', async () => {
    server.wecom.settings.membersPerAnswer = 4;
    expectPartial(await server.sync(), ['45029']);
    addDepartment(corp, 21, 20);
    for (const [userid] of crowded.slice(0, 3)) move(corp, userid, 21);
    await expectComplete({ counts: { memberships: { create: 3, remove: 3 } } });
    server.wecom.settings.membersPerAnswer = null;
  });

  it('ends it with too many calls at once: WECOM_MAX_CONCURRENCY is lowered', async () => {
    server.wecom.settings.parallelCalls = 1;
    server.wecom.settings.latencyMs = 20; // else no two of them meet
    expectPartial(await server.sync(), ['45033']);
    await server.restart({ WECOM_MAX_CONCURRENCY: '1' });
    await expectComplete();
    Object.assign(server.wecom.settings, { parallelCalls: 300, latencyMs: 0 });
  });

  it('ends it with too many calls a minute: WECOM_MAX_CALLS_PER_MINUTE is lowered', async () => {
    const run = await syncWhile(() => {
      server.wecom.settings.callsPerMinute = 1;
    });
    expectPartial(run, ['45009']);
    await server.restart({ WECOM_MAX_CALLS_PER_MINUTE: '1' });
    await expectComplete();
  });

  /** All that a failure of a read may be named by without an errcode; an export that fails makes no read partial. */
  const kinds = {
    timeout: true,
    refused: true,
    dns: true,
    tls: true,
    proxy: true,
    reset: true,
    http: true,
    notJson: true,
    shape: true,
    tooLarge: true,
    notFound: true,
    redirect: true,
  } satisfies Record<TransportErrorKind | Exclude<ResponseErrorKind, `export${string}`>, true>;
  const errcodes = ['-1', '40014', '42001', '45009', '45029', '45033', '60003', '60011', '60123', '81011'];

  it('says of every cause what to do', async () => {
    const text = await readFile(join(import.meta.dirname, '../../../../docs/operations.md'), 'utf8');
    const [, section = ''] = /^## When a sync stays partial\n(.*?)^## /ms.exec(text) ?? [];
    const codes = section
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`(.+?)`/g)].map(([, code]) => code));
    expect(codes).toEqual(expect.arrayContaining([...Object.keys(kinds), ...errcodes]));
  });
});

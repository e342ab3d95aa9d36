import { endpoints } from '@orgmirror/contracts';
import { createApp, sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorp, readMirror } from '../support/compare-mirror.ts';
import { expectMemberCounts } from '../support/expect-counts.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { type Choices, createChoices, generateCorp, generateHistory } from '../support/random-history.ts';
import { dumpMirror, onlyCounts } from '../support/read-directory.ts';
import { readWithLeavers, rebuildFromRecord } from '../support/rebuild-directory.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';
import { chooseCount, sweepSeed } from '../support/sweep.ts';
import { usesPostgres } from '../support/test-database.ts';

/** 200 in all: each database lives through a hundred of its own. */
const histories = chooseCount({ sample: 5, whole: 100 });
const seed = usesPostgres ? sweepSeed : sweepSeed + 100;

describe('random histories', () => {
  let server: TestServer;
  let sql: Sql;
  beforeAll(async () => {
    server = await startTestServer();
    sql = openSql(server.database);
    await server.configure();
    await server.wecom.close(); // each corp gets a WeCom of its own at the same address
    server.wecom.close = async () => undefined;
    await server.api.call(endpoints.saveSyncSettings, {
      body: { removalGuard: { maxCount: 100_000, maxPercent: 100, windowHours: 1 } },
    });
  });
  afterAll(() => server.stop());

  it('are mirrored, and what was recorded rebuilds the mirror', { timeout: 900_000 }, async () => {
    let corps = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => liveThrough(createChoices(draw), `wwrandom${++corps}`)),
      { numRuns: histories, seed, interruptAfterTimeLimit: 800_000 },
    );
  });

  async function liveThrough(choices: Choices, corpId: string): Promise<void> {
    const corp = generateCorp(choices);
    const app = createApp({
      agentid: sampleApp.agentid,
      secret: sampleApp.secret,
      createdAfter20220620: choices.below(2) === 0,
    });
    const port = Number(new URL(server.wecom.baseUrl).port);
    const wecom = await startWecomSimulator({ corpid: corpId, corp, apps: [app], port });
    try {
      const { agentid: agentId, secret } = sampleApp;
      await server.api.call(endpoints.saveWecomSettings, {
        body: { corpId, agentId, secret, confirmCorpChange: true },
      });
      for (let round = 0; round <= 1 + choices.below(2); round++) {
        if (round > 0) generateHistory(corp, choices, 1 + choices.below(12));
        await mirror();
        expect(await readMirror(sql, corpId), `round ${round}`).toEqual(readCorp(corp));
        await expectMemberCounts(sql, corp, corpId, `round ${round}`);
      }
      if (choices.below(4) === 0) await expectNothingToDo();
      expect(await rebuildFromRecord(sql, corpId)).toEqual(await readWithLeavers(sql, corpId));
    } finally {
      await wecom.close();
    }
  }

  /**
   * Syncs, and approves what the guard holds: the last member or department of a small corp may have gone.
   */
  async function mirror(): Promise<void> {
    let run = await server.sync();
    if (run.status === 'awaitingApproval') {
      await server.api.call(endpoints.approveSyncRun, {
        params: { id: run.id },
        body: { planFingerprint: run.planFingerprint ?? '' },
      });
      run = await server.waitForRun(run.id);
    }
    expect(run).toMatchObject({ status: 'succeeded', complete: true });
  }

  async function expectNothingToDo(): Promise<void> {
    const before = await dumpMirror(sql);
    expect((await server.sync()).counts).toEqual(onlyCounts({}));
    expect(await dumpMirror(sql)).toEqual(before);
  }
});

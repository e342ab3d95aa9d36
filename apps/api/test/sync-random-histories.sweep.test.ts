import { endpoints } from '@orgmirror/contracts';
import { createApp, sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorp, readMirror } from './support/compare-mirror.ts';
import { expectMemberCounts } from './support/expect-counts.ts';
import { openSql, type Sql } from './support/query-database.ts';
import { createSeededRandom, generateCorp, generateHistory } from './support/random-history.ts';
import { dumpMirror, onlyCounts } from './support/read-directory.ts';
import { readWithLeavers, rebuildFromRecord } from './support/rebuild-directory.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';
import { chooseCases } from './support/sweep.ts';
import { usesPostgres } from './support/test-database.ts';

/** 200 in all: each database lives through a hundred of its own. */
const corpCount = 100;
const corpsPerTest = 10;
const beginning = usesPostgres ? corpCount : 0;

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

  const firstSeeds = Array.from(
    { length: corpCount / corpsPerTest },
    (_, index) => beginning + index * corpsPerTest,
  );
  it.each(chooseCases(firstSeeds, 1))(
    'are mirrored, and what was recorded rebuilds the mirror (seeds from %i)',
    { timeout: 180_000 },
    async (first) => {
      for (let seed = first; seed < first + corpsPerTest; seed++) await liveThrough(seed);
    },
  );

  async function liveThrough(seed: number): Promise<void> {
    const random = createSeededRandom(seed);
    const corp = generateCorp(random);
    const corpId = `wwrandom${seed}`;
    const app = createApp({
      agentid: sampleApp.agentid,
      secret: sampleApp.secret,
      createdAfter20220620: random.below(2) === 0,
    });
    const port = Number(new URL(server.wecom.baseUrl).port);
    const wecom = await startWecomSimulator({ corpid: corpId, corp, apps: [app], port });
    try {
      const { agentid: agentId, secret } = sampleApp;
      await server.api.call(endpoints.saveWecomSettings, {
        body: { corpId, agentId, secret, confirmCorpChange: true },
      });
      for (let round = 0; round <= 1 + random.below(2); round++) {
        if (round > 0) generateHistory(corp, random, 1 + random.below(12));
        await mirror(seed);
        expect(await readMirror(sql, corpId), `seed ${seed}, round ${round}`).toEqual(readCorp(corp));
        await expectMemberCounts(sql, corp, corpId, `seed ${seed}, round ${round}`);
      }
      if (seed % 4 === 0) await expectNothingToDo(seed);
      expect(await rebuildFromRecord(sql, corpId), `seed ${seed}`).toEqual(
        await readWithLeavers(sql, corpId),
      );
    } finally {
      await wecom.close();
    }
  }

  /**
   * Syncs, and approves what the guard holds: the last member or department of a small corp may have gone.
   */
  async function mirror(seed: number): Promise<void> {
    let run = await server.sync();
    if (run.status === 'awaitingApproval') {
      await server.api.call(endpoints.approveSyncRun, {
        params: { id: run.id },
        body: { planFingerprint: run.planFingerprint ?? '' },
      });
      run = await server.waitForRun(run.id);
    }
    expect(run, `seed ${seed}`).toMatchObject({ status: 'succeeded', complete: true });
  }

  async function expectNothingToDo(seed: number): Promise<void> {
    const before = await dumpMirror(sql);
    expect((await server.sync()).counts, `seed ${seed}`).toEqual(onlyCounts({}));
    expect(await dumpMirror(sql)).toEqual(before);
  }
});

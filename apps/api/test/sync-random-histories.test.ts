import { endpoints } from '@orgmirror/contracts';
import { applyChanges, type Change, createDirectory, type Directory } from '@orgmirror/directory';
import { type Corp, createApp, sampleApp, startWecomSimulator } from '@orgmirror/wecom-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectMemberCounts } from './support/expect-counts.ts';
import { openSql, type Sql } from './support/query-database.ts';
import { createDice, rollCorp, rollHistory } from './support/random-history.ts';
import { dumpMirror, onlyCounts, readStoredDirectory } from './support/read-directory.ts';
import { startTestServer, type TestServer } from './support/start-test-server.ts';

/** 200 in all: each database lives through a hundred of its own. */
const corpCount = 100;
const corpsPerTest = 10;
const beginning = process.env.TEST_DATABASE === 'postgres' ? corpCount : 0;

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
  it.each(firstSeeds)(
    'are mirrored, and what was recorded rebuilds the mirror (seeds from %i)',
    { timeout: 180_000 },
    async (first) => {
      for (let seed = first; seed < first + corpsPerTest; seed++) await liveThrough(seed);
    },
  );

  async function liveThrough(seed: number): Promise<void> {
    const dice = createDice(seed);
    const corp = rollCorp(dice);
    const corpId = `wwrandom${seed}`;
    const app = createApp({
      agentid: sampleApp.agentid,
      secret: sampleApp.secret,
      createdAfter20220620: dice.below(2) === 0,
    });
    const port = Number(new URL(server.wecom.baseUrl).port);
    const wecom = await startWecomSimulator({ corpid: corpId, corp, apps: [app], port });
    try {
      const { agentid: agentId, secret } = sampleApp;
      await server.api.call(endpoints.saveWecomSettings, {
        body: { corpId, agentId, secret, confirmCorpChange: true },
      });
      for (let round = 0; round <= 1 + dice.below(2); round++) {
        if (round > 0) rollHistory(corp, dice, 1 + dice.below(12));
        await mirror(seed);
        expect(await readMirror(corpId), `seed ${seed}, round ${round}`).toEqual(readCorp(corp));
        await expectMemberCounts(sql, corp, corpId, `seed ${seed}, round ${round}`);
      }
      if (seed % 4 === 0) await expectNothingToDo(seed);
      expect(await replay(corpId), `seed ${seed}`).toEqual(await readWithLeavers(corpId));
    } finally {
      await wecom.close();
    }
  }

  /** Syncs, and approves what the guard holds: the last member or department of a small corp may have gone. */
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

  /** What WeCom holds, in the words of the mirror. */
  function readCorp(corp: Corp) {
    const departments = [...corp.departments.values()]
      .map(({ id, name, parentid, order, leaders }) => ({
        id,
        name,
        parentId: parentid === 0 ? null : parentid,
        sortOrder: order,
        leaderUserIds: leaders,
      }))
      .sort((a, b) => a.id - b.id);
    const members = [...corp.members.values()]
      .map(({ userid, name, position, status, memberships, mainDepartmentId }) => ({
        userId: userid,
        name,
        position,
        status,
        mainDepartmentId,
        memberships: memberships
          .map(({ departmentId, order, isLeader }) => ({
            departmentId,
            sortOrder: order,
            isLeader,
            isMain: departmentId === mainDepartmentId,
          }))
          .sort((a, b) => a.departmentId - b.departmentId),
      }))
      .sort(byKey);
    return { departments, members };
  }

  async function readMirror(corpId: string) {
    const { departments, members } = await readStoredDirectory(sql, corpId);
    return {
      departments: departments
        .filter(({ presence }) => presence === 'present')
        .map(({ id, name, parentId, sortOrder, leaderUserIds }) => ({
          id,
          name,
          parentId,
          sortOrder,
          leaderUserIds,
        })),
      members: members
        .filter(({ presence }) => presence === 'present')
        .map(({ userId, name, position, status, mainDepartmentId, memberships }) => ({
          userId,
          name,
          position,
          status,
          mainDepartmentId,
          memberships,
        }))
        .sort(byKey),
    };
  }

  /** Everything recorded for the corp since its beginning, applied one by one. */
  async function replay(corpId: string) {
    const rows = await sql<Record<string, never>>(
      `SELECT c.entity, c.kind, c.key, c.user_key AS "memberKey", c.department_id::float8 AS "departmentId", c.name,
              c.before, c.after
       FROM sync_change c JOIN sync_run r ON r.id = c.run_id JOIN corp ON corp.id = r.corp_row_id
       WHERE corp.corp_id = $1 AND r.status = 'succeeded' ORDER BY r.started_at, c.seq`,
      [corpId],
    );
    return present(applyChanges(createDirectory(), rows as unknown as Change[])); // as plan-writer.ts wrote them
  }

  const present = ({ departments, members }: Directory) => ({
    departments: [...departments.values()]
      .map(({ id, parentId, name, sortOrder, leaderUserIds, presence }) => ({
        id,
        parentId,
        name,
        sortOrder,
        leaderUserIds,
        presence,
      }))
      .sort((a, b) => a.id - b.id),
    members: [...members.values()]
      .map(({ key, userId, fields, presence, disabledBy, mainDepartmentId, memberships }) => ({
        key,
        userId,
        name: fields.name,
        position: fields.position,
        status: fields.status,
        presence,
        disabledBy,
        mainDepartmentId,
        memberships,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  });

  async function readWithLeavers(corpId: string) {
    const { departments, members } = await readStoredDirectory(sql, corpId);
    return {
      departments: departments.map(({ localId: _, nameEn: __, path: ___, ...department }) => department),
      members: members.map(({ localId: _, hasLeftAt: __, ...member }) => member),
    };
  }
});

const byKey = (a: { userId: string }, b: { userId: string }) =>
  a.userId.toLowerCase() < b.userId.toLowerCase() ? -1 : 1;

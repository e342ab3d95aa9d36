import { endpoints, type WecomEvent } from '@orgmirror/contracts';
import {
  type Corp,
  createDepartment,
  deleteDepartment,
  generateCorp,
  hireMember,
  moveMember,
  removeMember,
  sampleApp,
  startWecomSimulator,
  updateDepartment,
} from '@orgmirror/wecom-simulator';
import { expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { connectCallbacks } from '../support/connect-callbacks.ts';
import { findFreePort } from '../support/find-free-port.ts';
import { openSql, type Sql } from '../support/query-database.ts';
import { readStoredDirectory } from '../support/read-directory.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { admin } from '../support/start-test-server.ts';
import { chooseCount, sweepSeed } from '../support/sweep.ts';
import { createTestDatabase } from '../support/test-database.ts';

const departments = 30;
/** Each event is sent twice: 10,000 deliveries in all. */
const edits = chooseCount({ sample: 100, whole: 5_000 });

/** A generator of numbers in [0, 1) that gives the same every time. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Makes one edit of the kinds that WeCom tells of. */
function edit(corp: Corp, random: () => number, serial: number): void {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const ids = [...corp.departments.keys()];
  const userids = [...corp.members.values()].map(({ userid }) => userid);
  const kind = random();
  if (kind < 0.25)
    hireMember(corp, { userid: `h${serial}`, name: `新人${serial}`, departmentIds: [pick(ids)] });
  else if (kind < 0.45 && userids.length > 200) removeMember(corp, pick(userids));
  else if (kind < 0.9) moveMember(corp, pick(userids), random() < 0.2 ? [pick(ids), pick(ids)] : [pick(ids)]);
  else if (kind < 0.95)
    createDepartment(corp, { id: 1_000 + serial, name: `部门${serial}`, parentid: pick(ids) });
  else {
    const own = pick(ids.filter((id) => id >= 1_000).concat(ids));
    const isEmpty = corp.childrenOf(own).size + corp.membersOf(own).size === 0;
    if (own >= 1_000 && isEmpty) deleteDepartment(corp, own);
    else if (own !== 1) tryToMove(corp, own, pick(ids));
  }
}

function tryToMove(corp: Corp, id: number, parentid: number): void {
  try {
    updateDepartment(corp, id, { parentid });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'VendorError')) throw error; // below itself, or the name is taken
  }
}

/** The tree as WeCom has it. */
const describeCorp = (corp: Corp) => ({
  departments: [...corp.departments.values()]
    .map(({ id, parentid }) => `${id} below ${corp.departments.has(parentid) ? parentid : null}`)
    .sort(),
  members: [...corp.members.values()]
    .map(
      ({ userid, memberships }) =>
        `${userid} in ${memberships.map(({ departmentId }) => departmentId).sort()}`,
    )
    .sort(),
});

/** The tree as it lies here. */
async function describeMirror(sql: Sql): Promise<ReturnType<typeof describeCorp>> {
  const { departments: stored, members } = await readStoredDirectory(sql);
  return {
    departments: stored
      .filter(({ presence }) => presence === 'present')
      .map(({ id, parentId }) => `${id} below ${parentId}`)
      .sort(),
    members: members
      .filter(({ presence }) => presence === 'present')
      .map(
        ({ userId, memberships }) =>
          `${userId} in ${memberships.map(({ departmentId }) => departmentId).sort()}`,
      )
      .sort(),
  };
}

async function listEvents(api: ApiClient, status: WecomEvent['status']): Promise<WecomEvent[]> {
  return (await api.call(endpoints.listWecomEvents, { query: { status, limit: 1 } })).items;
}

it(`${2 * edits} events, repeated and in any order, survive two kills: nothing is lost, nothing is left`, async () => {
  const random = createRandom(sweepSeed);
  const corp = generateCorp({ departments, members: 500, seed: sweepSeed });
  const wecom = await startWecomSimulator({ corp, settings: { callsPerMinute: 10_000_000 } });
  const database = await createTestDatabase();
  const env = {
    PORT: String(await findFreePort()),
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    WECOM_API_BASE_URL: wecom.baseUrl,
    WECOM_MAX_CALLS_PER_MINUTE: '1000000',
    ...database.env,
  };
  let server: SpawnedServer = await spawnServer(env);
  const api = createApiClient(server.url);
  try {
    await api.call(endpoints.signIn, { body: admin });
    const credentials = { corpId: wecom.corpid, agentId: sampleApp.agentid, secret: sampleApp.secret };
    await api.call(endpoints.saveWecomSettings, { body: credentials });
    const removalGuard = { maxCount: 100_000, maxPercent: 100 };
    await api.call(endpoints.saveSyncSettings, { body: { enabled: true, removalGuard } });
    await api.call(endpoints.startSyncRun, { body: { mode: 'apply' } });
    await connectCallbacks({ api, wecom });
    Object.assign(wecom.callbacks.delivery, {
      copies: 2,
      shuffled: true,
      parallel: 16,
      tries: 60, // WeCom gives up sooner, and the daily reconcile finds the rest
      retryDelayMs: 1_000,
    });

    for (const part of [1, 2, 3]) {
      for (let count = 0; count < edits / 3; count++) {
        edit(corp, random, part * edits + count);
        if (count % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 20)); // events travel meanwhile
      }
      if (part === 3) break;
      await server.kill();
      server = await spawnServer(env);
    }
    await wecom.callbacks.idle();
    expect(wecom.callbacks.stats()).toMatchObject({ lost: 0 });
    expect(wecom.callbacks.stats().delivered).toBeGreaterThan(1.6 * edits);
    await expect.poll(() => listEvents(api, 'waiting'), { timeout: 240_000, interval: 1_000 }).toEqual([]);

    expect(await listEvents(api, 'failed')).toEqual([]);
    expect(await describeMirror(openSql(database))).toEqual(describeCorp(corp));
  } finally {
    await server.stop();
    await wecom.close();
    await database.remove();
  }
}, 600_000);

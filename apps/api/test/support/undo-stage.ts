import { type BodyOf, endpoints, type Problem, type SyncRun, type UndoEffect } from '@orgmirror/contracts';
import { type Corp, createApp, sampleApp } from '@orgmirror/wecom-simulator';
import { expect } from 'vitest';
import type { ApiClient } from './api-client.ts';
import { type DirectoryDump, dumpDirectory } from './dump-directory.ts';
import { openSql, type Sql } from './query-database.ts';
import { createSmallCorp } from './small-corp.ts';
import { startTestServer, type TestServer } from './start-test-server.ts';

type UndoBody = BodyOf<typeof endpoints.undoSyncRun>;

/** A server with what the stories about undoing do over and over. */
export interface UndoStage {
  server: TestServer;
  corp: Corp;
  sql: Sql;
  dump(): Promise<DirectoryDump>;
  readRun(id: string): Promise<SyncRun>;
  /** Approves what the run holds and waits for its end. */
  approve(run: SyncRun): Promise<SyncRun>;
  /** What an undo of the run would do. */
  readEffect(run: SyncRun): Promise<UndoEffect>;
  /** Confirms the number of removals, unless a body is given. */
  startUndo(run: SyncRun, body?: UndoBody): Promise<SyncRun>;
  /** Undoes the run and expects that to succeed. */
  undo(run: Pick<SyncRun, 'id'>): Promise<SyncRun>;
  refuseUndo(run: SyncRun, body?: UndoBody): Promise<Problem>;
  /** The guard holds what is removed, taken back and removed again within a day: forgets the first time. */
  resetGuardWindow(): Promise<unknown>;
  setMobile(userid: string, mobile: string): void;
}

/** A small corp, synced by an app from before 2022-06-20, which is given mobile, e-mail and the like. */
export async function startUndoStage(): Promise<UndoStage & { first: SyncRun }> {
  const corp = createSmallCorp(
    [
      [1, 0],
      [10, 1],
      [11, 10],
      [20, 1],
      [21, 20],
    ],
    [
      ['ann', 1],
      ['bob', 10],
      ['cai', 11, 20],
      ['dan', 20],
      ['eve', 21],
    ],
  );
  const { agentid, secret } = sampleApp;
  const app = createApp({ agentid, secret, createdAfter20220620: false, trustedIps: null });
  const server = await startTestServer({ wecom: { corp, apps: [app] } });
  await server.configure();
  const first = await server.sync();
  expect(first.status).toBe('succeeded');
  return { ...createStage(server, corp), first };
}

/** Starts an undo the way an admin does: with the number of removals that the guard asks for. */
export async function startConfirmedUndo(api: ApiClient, { id }: Pick<SyncRun, 'id'>): Promise<SyncRun> {
  const params = { id };
  const { removals } = await api.call(endpoints.getUndoEffect, { params });
  const body = { confirmedRemovals: removals.departments + removals.members };
  return api.call(endpoints.undoSyncRun, { params, body });
}

function createStage(server: TestServer, corp: Corp): UndoStage {
  const { api } = server;
  const sql = openSql(server.database);
  const paramsOf = ({ id }: Pick<SyncRun, 'id'>) => ({ params: { id } });
  const stage: UndoStage = {
    server,
    corp,
    sql,
    dump: () => dumpDirectory(server),
    readRun: (id) => api.call(endpoints.getSyncRun, { params: { id } }),
    approve: async (run) => {
      const body = { planFingerprint: run.planFingerprint ?? '' };
      await api.call(endpoints.approveSyncRun, { ...paramsOf(run), body });
      return server.waitForRun(run.id);
    },
    readEffect: (run) => api.call(endpoints.getUndoEffect, paramsOf(run)),
    startUndo: (run, body) =>
      body === undefined
        ? startConfirmedUndo(api, run)
        : api.call(endpoints.undoSyncRun, { ...paramsOf(run), body }),
    undo: async (run) => {
      const { id } = await startConfirmedUndo(api, run);
      const ended = await server.waitForRun(id);
      expect(ended).toMatchObject({ mode: 'undo', status: 'succeeded', error: null, undoOf: run.id });
      return ended;
    },
    refuseUndo: (run, body) => api.refused(endpoints.undoSyncRun, { ...paramsOf(run), body }),
    resetGuardWindow: () => sql('UPDATE sync_run SET unapproved_removals = NULL'),
    setMobile: (userid, mobile) => {
      const member = corp.findMember(userid);
      if (member === undefined) throw new Error(`There is no member ${userid}.`);
      corp.putMember({ ...member, extras: { ...member.extras, mobile } });
    },
  };
  return stage;
}

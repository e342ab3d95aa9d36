import { endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import type { Lifecycle } from '../platform/lifecycle.ts';
import { createStreamLimit } from './limit-streams.ts';
import { listChanges, presentSyncChange } from './list-changes.ts';
import { countByDepartment, listSubjects } from './list-subjects.ts';
import { presentNames, presentSubject, readDepartmentNames, readSubjectContext } from './present-subjects.ts';
import { presentSyncRun } from './present-sync-run.ts';
import { readSyncState } from './read-sync-state.ts';
import { streamRun } from './stream-run.ts';
import { findRun, listRuns, type SyncRun } from './sync-run-repository.ts';

const runCursor = z.tuple([cursorInstant, z.uuid()]);
const changeCursor = z.tuple([z.int().min(0).max(2_147_483_647)]);

/** Reads a run. @throws AppError `resource.not_found` */
export async function requireRun(prisma: PrismaClient, id: string): Promise<SyncRun> {
  const run = await findRun(prisma, id);
  if (run === null) throw new AppError('resource.not_found');
  return run;
}

export interface HistoryDependencies {
  prisma: PrismaClient;
  lifecycle: Lifecycle;
  sessions: { isLive(sessionId: string): Promise<boolean> };
  now: Now;
}

export function registerHistoryRoutes(
  router: Router,
  { prisma, lifecycle, sessions, now }: HistoryDependencies,
): void {
  mountEndpoint(router, endpoints.listSyncRuns, async ({ query, locale }) => {
    const connection = await prisma.wecomConnection.findFirst({ select: { corpRowId: true } });
    if (connection === null) return { items: [], nextCursor: null };
    const list = '/sync-runs';
    const after = decodeCursor(list, query.cursor, runCursor);
    const rows = await listRuns(prisma, connection.corpRowId, { ...query, after });
    return cutPage(
      rows,
      { list, limit: query.limit },
      (run) => [run.startedAt.toISOString(), run.id],
      (run) => presentSyncRun(run, locale),
    );
  });

  mountEndpoint(router, endpoints.getSyncState, async () => {
    const connection = await prisma.wecomConnection.findFirst();
    return (await readSyncState(prisma, connection, now())).state;
  });

  mountEndpoint(router, endpoints.getSyncRun, async ({ params, locale }) =>
    presentSyncRun(await requireRun(prisma, params.id), locale),
  );

  mountEndpoint(router, endpoints.listSyncChanges, async ({ params, query }) => {
    const run = await requireRun(prisma, params.id);
    const list = `/sync-runs/${run.id}/changes`;
    const [after] = decodeCursor(list, query.cursor, changeCursor) ?? [-1];
    const rows = await listChanges(prisma, run, { ...query, after });
    return cutPage(
      rows,
      { list, limit: query.limit },
      ({ seq }) => [seq],
      (change) => presentSyncChange(change, run),
    );
  });

  mountEndpoint(router, endpoints.listSyncSubjects, async ({ params, query }) => {
    const run = await requireRun(prisma, params.id);
    const list = `/sync-runs/${run.id}/subjects`;
    const [after] = decodeCursor(list, query.cursor, changeCursor) ?? [-1];
    const rows = await listSubjects(prisma, run, { ...query, after });
    const context = await readSubjectContext(prisma, run, rows.slice(0, query.limit));
    const page = cutPage(
      rows,
      { list, limit: query.limit },
      ({ seq }) => [seq],
      (row) => presentSubject(row, run, context),
    );
    return { ...page, names: presentNames(context) };
  });

  mountEndpoint(router, endpoints.countSubjectDepartments, async ({ params, query }) => {
    const run = await requireRun(prisma, params.id);
    const counts = await countByDepartment(prisma, run, query.section);
    const ids = counts.map(({ departmentId }) => departmentId);
    const { departments } = await readDepartmentNames(prisma, run, ids);
    return { items: counts.map((row) => ({ ...row, name: departments.get(row.departmentId) ?? '' })) };
  });

  const limitStreams = createStreamLimit();
  mountEndpoint(router, endpoints.streamSyncRun, async ({ params, session, locale, req, res }) => {
    const isSessionLive = () => sessions.isLive(session.sessionId);
    const { stopping } = lifecycle;
    const run = await requireRun(prisma, params.id);
    await limitStreams(session.sessionId, () =>
      streamRun({ prisma, isSessionLive, req, res, locale, stopping }, run),
    );
  });
}

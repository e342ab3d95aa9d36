import { endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import type { RecordAudit } from '../audit/record-audit.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { nameOf } from '../platform/http/signed-in.ts';
import { approveRun, cancelRun, rejectRun } from '../runs/decide-run.ts';
import { presentSyncRun } from '../runs/present-sync-run.ts';
import { requireRun } from '../runs/routes.ts';
import type { SyncQueue } from '../runs/sweep-stale-runs.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import { checkMember } from './check-member/check-member.ts';
import { startSyncRun } from './start-sync-run.ts';
import { startUndo } from './undo/start-undo.ts';

export interface SyncRouteDependencies extends SyncDependencies {
  queue: SyncQueue;
  recordAudit: RecordAudit;
}

export function registerSyncRoutes(router: Router, dependencies: SyncRouteDependencies): void {
  const { prisma, recordAudit } = dependencies;

  mountEndpoint(router, endpoints.startSyncRun, async ({ body, session, ip, locale, res }) => {
    const run = await startSyncRun(dependencies, { mode: body.mode, startedBy: nameOf(session.user) });
    await recordAudit({ session, ip }, { action: 'sync.start', target: run.id, after: { mode: body.mode } });
    res.location(`/api/v1/sync-runs/${run.id}`);
    return presentSyncRun(run, locale);
  });

  mountEndpoint(router, endpoints.approveSyncRun, async ({ params, body, session, ip, locale }) => {
    const run = await requireRun(prisma, params.id);
    await approveRun(dependencies, run, body.planFingerprint);
    await recordAudit({ session, ip }, { action: 'sync.approve', target: run.id, after: { held: run.held } });
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });

  mountEndpoint(router, endpoints.rejectSyncRun, async ({ params, session, ip, locale }) => {
    const run = await requireRun(prisma, params.id);
    await rejectRun(dependencies, run);
    await recordAudit({ session, ip }, { action: 'sync.reject', target: run.id, after: { held: run.held } });
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });

  mountEndpoint(router, endpoints.undoSyncRun, async ({ params, session, ip, locale, res }) => {
    const target = await requireRun(prisma, params.id);
    const run = await startUndo(dependencies, target, { startedBy: nameOf(session.user) });
    await recordAudit({ session, ip }, { action: 'sync.undo', target: run.id, after: { undoOf: target.id } });
    res.location(`/api/v1/sync-runs/${run.id}`);
    return presentSyncRun(run, locale);
  });

  mountEndpoint(router, endpoints.cancelSyncRun, async ({ params, session, ip, locale }) => {
    const run = await requireRun(prisma, params.id);
    await cancelRun(dependencies, run);
    await recordAudit({ session, ip }, { action: 'sync.cancel', target: run.id });
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });

  mountEndpoint(router, endpoints.checkMember, async ({ params, body, session, ip, locale }) => {
    const userId = params.wecomUserId;
    const apply = body.apply ?? false;
    const startedBy = nameOf(session.user);
    const check = await checkMember(dependencies, { userId, apply, startedBy, locale });
    const failed = check.steps.some(({ status }) => status === 'failed');
    await recordAudit(
      { session, ip },
      {
        action: 'member.check',
        target: userId,
        result: failed ? 'failed' : 'succeeded',
        after: { apply, changes: check.changes.length, runId: check.runId },
      },
    );
    return check;
  });
}

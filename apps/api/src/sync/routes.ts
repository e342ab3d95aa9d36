import { type AuditAction, endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import { type AuditActor, recordAudit, recordWithoutChange } from '../audit/record-audit.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { nameOf } from '../platform/http/signed-in.ts';
import { approveRun, cancelRun, rejectRun } from '../runs/decide-run.ts';
import { presentSyncRun } from '../runs/present-sync-run.ts';
import { requireRun } from '../runs/routes.ts';
import type { SyncQueue } from '../runs/sweep-stale-runs.ts';
import type { SyncDependencies } from '../runs/sync-dependencies.ts';
import { checkMember } from './check-member/check-member.ts';
import { startSyncRun } from './start-sync-run.ts';
import { findUndoEffect, startUndo } from './undo/start-undo.ts';

export interface SyncRouteDependencies extends SyncDependencies {
  queue: SyncQueue;
}

export function registerSyncRoutes(router: Router, dependencies: SyncRouteDependencies): void {
  registerStartRoutes(router, dependencies);
  registerDecisionRoutes(router, dependencies);
  registerCheckRoute(router, dependencies);
}

function registerStartRoutes(router: Router, dependencies: SyncRouteDependencies): void {
  const { prisma } = dependencies;

  mountEndpoint(router, endpoints.startSyncRun, async ({ body: { mode }, session, actor, locale, res }) => {
    const request = { mode, startedBy: nameOf(session.user) };
    const run = await startSyncRun(dependencies, request, (transaction, { id }) =>
      recordAudit(transaction, actor, { action: 'sync.start', target: id, after: { mode } }),
    );
    res.location(`/api/v1/sync-runs/${run.id}`);
    return presentSyncRun(run, locale);
  });

  mountEndpoint(router, endpoints.getUndoEffect, async ({ params }) =>
    findUndoEffect(dependencies, await requireRun(prisma, params.id)),
  );

  mountEndpoint(router, endpoints.undoSyncRun, async ({ params, body, session, actor, locale, res }) => {
    const target = await requireRun(prisma, params.id);
    const request = { startedBy: nameOf(session.user), confirmedRemovals: body?.confirmedRemovals };
    const run = await recordingRefusal(prisma, { actor, action: 'sync.undo', target: target.id }, () =>
      startUndo(dependencies, target, request, (transaction, { id }, { removals }) =>
        recordAudit(transaction, actor, {
          action: 'sync.undo',
          target: id,
          after: { undoOf: target.id, ...removals },
        }),
      ),
    );
    res.location(`/api/v1/sync-runs/${run.id}`);
    return presentSyncRun(run, locale);
  });
}

function registerDecisionRoutes(router: Router, dependencies: SyncRouteDependencies): void {
  const { prisma } = dependencies;

  mountEndpoint(router, endpoints.approveSyncRun, async ({ params, body, session, actor, locale }) => {
    const run = await requireRun(prisma, params.id);
    const about = { actor, action: 'sync.approve', target: run.id } as const;
    await recordingRefusal(prisma, about, () =>
      approveRun(dependencies, run, { ...body, decidedBy: nameOf(session.user) }, (transaction) =>
        recordAudit(transaction, about.actor, { ...about, after: { held: run.held } }),
      ),
    );
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });

  mountEndpoint(router, endpoints.rejectSyncRun, async ({ params, session, actor, locale }) => {
    const run = await requireRun(prisma, params.id);
    const about = { actor, action: 'sync.reject', target: run.id } as const;
    await recordingRefusal(prisma, about, () =>
      rejectRun(dependencies, run, nameOf(session.user), (transaction) =>
        recordAudit(transaction, about.actor, { ...about, after: { held: run.held } }),
      ),
    );
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });

  mountEndpoint(router, endpoints.cancelSyncRun, async ({ params, actor, locale }) => {
    const run = await requireRun(prisma, params.id);
    const about = { actor, action: 'sync.cancel', target: run.id } as const;
    await recordingRefusal(prisma, about, () =>
      cancelRun(dependencies, run, (transaction) => recordAudit(transaction, about.actor, about)),
    );
    return presentSyncRun(await requireRun(prisma, run.id), locale);
  });
}

/** Who tried to decide what, and why it was refused, is in the log as well. */
async function recordingRefusal<Result>(
  prisma: PrismaClient,
  { actor, action, target }: { actor: AuditActor; action: AuditAction; target: string },
  decide: () => Promise<Result>,
): Promise<Result> {
  try {
    return await decide();
  } catch (error) {
    if (error instanceof AppError)
      await recordWithoutChange(prisma, actor, {
        action,
        target,
        result: 'failed',
        after: { error: error.code },
      });
    throw error;
  }
}

function registerCheckRoute(router: Router, dependencies: SyncRouteDependencies): void {
  const { prisma } = dependencies;
  mountEndpoint(router, endpoints.checkMember, async ({ params, body, session, actor, locale }) => {
    const userId = params.wecomUserId;
    const apply = body.apply ?? false;
    const startedBy = nameOf(session.user);
    let isRecorded = false;
    const check = await checkMember(dependencies, {
      userId,
      apply,
      startedBy,
      locale,
      record: async (transaction, { runId, changes }) => {
        await recordAudit(transaction, actor, {
          action: 'member.sync',
          target: userId,
          after: { apply, changes, runId },
        });
        isRecorded = true;
      },
    });
    const failed = check.steps.some(({ status }) => status === 'failed');
    if (!isRecorded || failed)
      await recordWithoutChange(prisma, actor, {
        action: isRecorded ? 'member.sync' : 'member.check',
        target: userId,
        result: failed ? 'failed' : 'succeeded',
        after: { apply, changes: check.changes.length, runId: check.runId },
      });
    return check;
  });
}

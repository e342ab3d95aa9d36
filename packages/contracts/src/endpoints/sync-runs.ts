import * as z from 'zod';
import { instant, pageOf, pageQuery, problem } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

export const syncRunStatuses = [
  'queued',
  'reading',
  'planning',
  'awaitingApproval',
  'applying',
  'succeeded',
  'failed',
  'cancelled',
  'rejected',
] as const;
export const syncRunStatus = z.enum(syncRunStatuses).meta({ id: 'SyncRunStatus' });
export type SyncRunStatus = z.infer<typeof syncRunStatus>;

const count = z.number().int();

export const syncRunCounts = z
  .object({
    departments: z.object({ create: count, update: count, move: count, remove: count, restore: count }),
    members: z.object({ create: count, update: count, remove: count, restore: count }),
    memberships: z.object({ create: count, update: count, remove: count }),
  })
  .meta({ id: 'SyncRunCounts' });
export type SyncRunCounts = z.infer<typeof syncRunCounts>;

export const syncRunWarning = z
  .object({
    code: z.string(),
    count: z.number().int(),
    examples: z.array(z.object({ key: z.string(), detail: z.string().optional() })),
  })
  .meta({ id: 'SyncRunWarning' });

export const heldReason = z
  .object({
    code: z.string(),
    count: z.number().int().optional(),
    limit: z.number().int().optional(),
    keys: z.array(z.string()).optional(),
  })
  .meta({ id: 'HeldReason' });

/**
 * What was asked and answered: the evidence that the read was whole. By export, `departmentsAsked` are those of
 * department/list and `departmentsAnswered` those that export/department names too; it is used only when they are equal.
 */
export const manifest = z
  .object({
    departmentsAsked: count,
    departmentsAnswered: count,
    departmentsFailed: z.array(z.object({ id: z.number().int(), code: z.string(), message: z.string() })),
    /** Members and tags that are visible on their own. */
    othersFailed: z.array(
      z.object({ kind: z.enum(['member', 'tag']), key: z.string(), code: z.string(), message: z.string() }),
    ),
    membersSeen: count,
    /** Members present here whom a complete answer did not name; null when that was not looked for. */
    missing: z
      .object({
        found: count,
        /** Re-read one by one, which is done for at most 200: WeCom says they are gone. */
        confirmed: count,
        /** WeCom answered with the member after all: they stay. */
        contradicted: count,
        /** The re-read failed: the run is partial and removes nobody. */
        unconfirmed: count,
      })
      .nullish(),
    apiCalls: count,
    retries: count,
    waits: count,
  })
  .meta({ id: 'SyncManifest' });
export type SyncManifest = z.infer<typeof manifest>;

export const syncRun = z
  .object({
    id: z.string(),
    mode: z.enum(['apply', 'preview', 'undo']),
    /** `check`: one person, from their page. `callback`: WeCom's events. */
    trigger: z.enum(['manual', 'schedule', 'check', 'callback']),
    /** `targeted`: read again what events named, and nothing else. */
    scope: z.enum(['full', 'targeted']),
    /** How WeCom was read: department by department, or by its export; null before, and for an undo. */
    source: z.enum(['departments', 'export']).nullable(),
    /** The run that this one takes back. */
    undoOf: z.string().nullable(),
    /** The run that took this one back. */
    undoneBy: z.string().nullable(),
    status: syncRunStatus,
    progress: z.object({
      departmentsTotal: count,
      departmentsRead: count,
      membersRead: count,
      apiCalls: count,
    }),
    /** Whether everything that was asked was answered; null until the read has ended. */
    complete: z.boolean().nullable(),
    manifest: manifest.nullable(),
    counts: syncRunCounts,
    held: z.object({ departments: count, members: count }),
    heldReasons: z.array(heldReason),
    warnings: z.array(syncRunWarning),
    error: problem.nullable(),
    /**
     * Of a complete, full run while events are received: changes that none of them had brought, e.g. renames, of which WeCom
     * sends none; null when that was not counted.
     */
    drift: z.object({ departments: count, members: count, memberships: count }).nullable(),
    planFingerprint: z.string().nullable(),
    /** Until when what is held can be approved; null when nothing is. */
    heldUntil: instant.nullable(),
    startedBy: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'SyncRun' });
export type SyncRun = z.infer<typeof syncRun>;

export const syncChange = z
  .object({
    entity: z.enum(['department', 'member', 'membership']),
    key: z.string(),
    name: z.string(),
    kind: z.enum(['create', 'update', 'move', 'remove', 'restore']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    /** Waits for approval; not applied. */
    held: z.boolean(),
  })
  .meta({ id: 'SyncChange' });
export type SyncChange = z.infer<typeof syncChange>;

const runParams = z.object({ id: z.uuid() });

export const startSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs',
  summary: 'Start a sync in the background',
  access: ['admin'],
  body: z.strictObject({ mode: z.enum(['apply', 'preview']) }),
  answer: { status: 202, schema: syncRun },
  errors: ['sync.disabled', 'sync.already_running', 'settings.incomplete'],
});

export const listSyncRuns = defineEndpoint({
  method: 'get',
  path: '/sync-runs',
  summary: 'Sync history, newest first',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({ status: syncRunStatus.optional() }),
  answer: { status: 200, schema: pageOf(syncRun) },
});

export const getSyncRun = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id',
  summary: 'One run with its progress, counts, warnings and error',
  access: ['admin', 'auditor'],
  params: runParams,
  answer: { status: 200, schema: syncRun },
  errors: ['resource.not_found'],
});

export const listSyncChanges = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/changes',
  summary: 'What a run changes or changed, before and after',
  access: ['admin', 'auditor'],
  params: runParams,
  query: pageQuery.extend({
    entity: syncChange.shape.entity.optional(),
    kind: syncChange.shape.kind.optional(),
    held: z.stringbool().optional(),
    q: z.string().trim().max(200).optional(),
  }),
  answer: { status: 200, schema: pageOf(syncChange) },
  errors: ['resource.not_found'],
});

export const approveSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/approve',
  summary: 'Apply what waits for approval, exactly the plan that the fingerprint names',
  access: ['admin'],
  params: runParams,
  body: z.strictObject({ planFingerprint: z.string().min(1).max(200) }),
  answer: { status: 202, schema: syncRun },
  errors: [
    'resource.not_found',
    'plan.stale',
    'sync.held_expired',
    'sync.not_awaiting_approval',
    'sync.already_running',
  ],
});

export const rejectSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/reject',
  summary: 'Throw away what waits for approval',
  access: ['admin'],
  params: runParams,
  answer: { status: 202, schema: syncRun },
  errors: ['resource.not_found', 'sync.not_awaiting_approval'],
});

export const cancelSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/cancel',
  summary: 'Stop a run; nothing that it planned is applied',
  access: ['admin'],
  params: runParams,
  answer: { status: 202, schema: syncRun },
  errors: ['resource.not_found', 'sync.not_cancellable'],
});

export const undoSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/undo',
  summary: 'Take back what a run changed, as a run of its own',
  access: ['admin'],
  params: runParams,
  answer: { status: 202, schema: syncRun },
  errors: ['resource.not_found', 'undo.conflict', 'undo.not_possible', 'sync.already_running'],
});

export const streamSyncRun = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/events',
  summary: 'Server-Sent Events: `progress` with the run while it goes on, `finished` with its end',
  access: ['admin', 'auditor'],
  params: runParams,
  answer: { status: 200, schema: 'text/event-stream' },
  errors: ['resource.not_found'],
});

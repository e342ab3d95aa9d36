import * as z from 'zod';
import { instant, problem } from '../common.ts';

/** All statuses of a run, in the order in which a run can pass them. */
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

/** Status of a run. */
export const syncRunStatus = z
  .enum(syncRunStatuses)
  .meta({ id: 'SyncRunStatus', description: 'Status of a run.' });
/** Value of {@link syncRunStatus}. */
export type SyncRunStatus = z.infer<typeof syncRunStatus>;

const count = z.number().int();

/** Planned changes of a run by kind; applied ones once the run has succeeded. */
export const syncRunCounts = z
  .object({
    departments: z.object({ create: count, update: count, move: count, remove: count, restore: count }),
    members: z.object({ create: count, update: count, remove: count, restore: count }),
    memberships: z.object({ create: count, update: count, remove: count }),
  })
  .meta({
    id: 'SyncRunCounts',
    description: 'Planned changes of a run by kind; applied ones once the run has succeeded.',
  });
/** Value of {@link syncRunCounts}. */
export type SyncRunCounts = z.infer<typeof syncRunCounts>;

/** Something unusual in the data of WeCom, with the number of cases and a few examples. */
export const syncRunWarning = z
  .object({
    code: z.string(),
    count: z.number().int(),
    examples: z.array(z.object({ key: z.string(), detail: z.string().optional() })),
  })
  .meta({
    id: 'SyncRunWarning',
    description: 'Something unusual in the data of WeCom, with the number of cases and a few examples.',
  });

/** Why the removal guard holds removals, with the limit that was exceeded. */
export const heldReason = z
  .object({
    code: z.string(),
    count: z.number().int().optional(),
    limit: z.number().int().optional(),
    keys: z.array(z.string()).optional().describe('Userids in lower case.'),
    members: z
      .array(z.object({ wecomUserId: z.string(), name: z.string() }))
      .optional()
      .describe(
        'Those of `keys`, as they were called when the reason was found; runs of earlier releases lack it.',
      ),
  })
  .meta({
    id: 'HeldReason',
    description: 'Why the removal guard holds removals, with the limit that was exceeded.',
  });

/**
 * What was requested and answered: the evidence that the read was complete. In a read by export,
 * `departmentsAsked` counts department/list and `departmentsAnswered` export/department; the export is used
 * only when both are equal.
 */
export const manifest = z
  .object({
    departmentsAsked: count,
    departmentsAnswered: count,
    /** `name` is left out when it is not visible. */
    departmentsFailed: z.array(
      z.object({
        id: z.number().int(),
        name: z.string().optional(),
        code: z.string(),
        message: z.string(),
      }),
    ),
    /** Members and tags that are visible individually, outside any visible department. */
    othersFailed: z.array(
      z.object({ kind: z.enum(['member', 'tag']), key: z.string(), code: z.string(), message: z.string() }),
    ),
    membersSeen: count,
    /**
     * Members present here that the answers did not contain; in a partial read only those whom nothing that
     * failed could have named; null when not compared.
     */
    missing: z
      .object({
        found: count,
        /** WeCom confirmed the removal when the member was read individually (at most 200 are). */
        confirmed: count,
        /** WeCom returned the member when read individually: the member stays. */
        contradicted: count,
        /** The individual read failed, or the app may not see the member: they stay. */
        unconfirmed: count,
      })
      .nullish(),
    /**
     * Of a partial full read: start of the first of the consecutive full runs whose reads were partial; absent
     * or null otherwise.
     */
    partialSince: instant.nullish(),
    apiCalls: count,
    retries: count,
    waits: count,
  })
  .meta({
    id: 'SyncManifest',
    description: 'What was requested and answered: the evidence that the read was complete.',
  });
/** Value of {@link manifest}. */
export type SyncManifest = z.infer<typeof manifest>;

/** What happens to the members and departments of a run, by risk; each of them is in one section. */
export const subjectSections = ['held', 'leave', 'join', 'move', 'update', 'department'] as const;
/** A section of a run's members and departments. */
export const subjectSection = z.enum(subjectSections).meta({
  id: 'SubjectSection',
  description:
    'What happens to a member: `leave`, `join` (new or back), `move` (departments), `update` (data); to a department: `department`. `held`: waits for approval, or was never applied for want of it.',
});
/** Value of {@link subjectSection}. */
export type SubjectSection = z.infer<typeof subjectSection>;

/** One sync run: a full or targeted sync, a preview, or an undo. */
export const syncRun = z
  .object({
    id: z.string(),
    mode: z.enum(['apply', 'preview', 'undo']),
    /** `check`: one member, from their page. `callback`: WeCom's events. */
    trigger: z.enum(['manual', 'schedule', 'check', 'callback']),
    /** `targeted`: re-reads only what events named. */
    scope: z.enum(['full', 'targeted']),
    /** How WeCom was read: department by department, or by its export; null before, and for an undo. */
    source: z.enum(['departments', 'export']).nullable(),
    /** The run that this run undoes. */
    undoOf: z.string().nullable(),
    /** The run that undid this run. */
    undoneBy: z.string().nullable(),
    status: syncRunStatus,
    progress: z.object({
      departmentsTotal: count,
      departmentsRead: count,
      membersRead: count,
      apiCalls: count,
      work: z
        .object({ done: count, total: count })
        .nullable()
        .default(null)
        .describe(
          'Members compared, changes that an undo plans to take back, or changes applied, while a run does so; else null.',
        ),
    }),
    /** Whether every read succeeded; null until the read phase has ended. */
    complete: z.boolean().nullable(),
    manifest: manifest.nullable(),
    counts: syncRunCounts,
    /** Members and departments, each once, by section; null before the plan is stored. */
    subjects: z.record(subjectSection, count).nullable(),
    held: z.object({ departments: count, members: count }),
    heldReasons: z.array(heldReason),
    warnings: z.array(syncRunWarning),
    error: problem.nullable(),
    /**
     * Of a complete full run while events are received: changes that no event had announced, e.g. renames,
     * for which WeCom sends none; null when not counted.
     */
    drift: z.object({ departments: count, members: count, memberships: count }).nullable(),
    planFingerprint: z.string().nullable(),
    /** When the held changes expire; null when nothing is held. */
    heldUntil: instant.nullable(),
    /** Since when it waited for approval; null when it never did. */
    waitingSince: instant.nullable(),
    /** Who approved or rejected it, and when; null when nobody did. */
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    startedBy: z.string().nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'SyncRun', description: 'One sync run: a full or targeted sync, a preview, or an undo.' });
/** Value of {@link syncRun}. */
export type SyncRun = z.infer<typeof syncRun>;

const removalCounts = z.object({ departments: count, members: count });

/** What an undo of a run would do to departments and members, and whether it must be confirmed. */
export const undoEffect = z
  .object({
    /** Removed: the run had added or brought them back. */
    removals: removalCounts,
    /** Brought back: the run had removed them. */
    restorals: removalCounts,
    /** Staying, with the values and places of before. */
    reverts: removalCounts,
    /** Whether the removals exceed what the guard lets pass: then their number must be sent along. */
    mustConfirm: z.boolean(),
    /** Why; empty when nothing must be confirmed. */
    reasons: z.array(heldReason),
  })
  .meta({
    id: 'UndoEffect',
    description:
      'What an undo of a run would do to departments and members, and whether it must be confirmed.',
  });
/** Value of {@link undoEffect}. */
export type UndoEffect = z.infer<typeof undoEffect>;

/** One planned or applied change of a run. */
export const syncChange = z
  .object({
    entity: z.enum(['department', 'member', 'membership']),
    key: z.string(),
    name: z.string(),
    kind: z.enum(['create', 'update', 'move', 'remove', 'restore']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    /** Awaits approval; not applied. */
    held: z.boolean(),
  })
  .meta({ id: 'SyncChange', description: 'One planned or applied change of a run.' });
/** Value of {@link syncChange}. */
export type SyncChange = z.infer<typeof syncChange>;

/** A member or a department that a run changes, with all changes of it. */
export const syncSubject = z
  .object({
    entity: z.enum(['member', 'department']),
    /** The userid as WeCom spells it, or the department's id. */
    id: z.string(),
    name: z.string(),
    avatarUrl: z.string().nullable(),
    /** Whether it is, or was, in the directory here: then it has a page. */
    stored: z.boolean(),
    section: subjectSection,
    /** `planned`: not applied yet. `discarded`: never applied, since it was rejected or came too late. */
    outcome: z.enum(['applied', 'planned', 'held', 'discarded']),
    /** In plan order. */
    changes: z.array(syncChange),
  })
  .meta({
    id: 'SyncSubject',
    description: 'A member or a department that a run changes, with all changes of it.',
  });
/** Value of {@link syncSubject}. */
export type SyncSubject = z.infer<typeof syncSubject>;

/** The names of what the changes of a page mention by id. */
export const subjectNames = z.object({
  /** By WeCom id. */
  departments: z.record(z.string(), z.string()),
  /** By userid in lower case. */
  members: z.record(z.string(), z.string()),
});
/** Value of {@link subjectNames}. */
export type SubjectNames = z.infer<typeof subjectNames>;

/** Why the directory is not, or may not be, what WeCom had at the last full sync. */
export const syncDifference = z
  .object({
    /**
     * `partial`: some of it could not be read. `held`: removals await approval. `notRemoved`: removals were
     * rejected, or not approved in time. `undone`: a run was undone since. `failed`: a later full sync failed.
     */
    kind: z.enum(['partial', 'held', 'notRemoved', 'undone', 'failed']),
    runId: z.string(),
    at: instant,
  })
  .meta({
    id: 'SyncDifference',
    description: 'Why the directory is not, or may not be, what WeCom had at the last full sync.',
  });
/** Value of {@link syncDifference}. */
export type SyncDifference = z.infer<typeof syncDifference>;

/** How fresh the directory is. */
export const syncState = z
  .object({
    /** The last sync that read everything and was applied, or found nothing to change; null before the first. */
    lastFullSync: z.object({ runId: z.string(), at: instant }).nullable(),
    /** The next scheduled sync; null when none is planned. */
    nextSyncAt: instant.nullable(),
    /** Empty: the directory is what WeCom had at the last full sync, with the events since. Newest first. */
    differences: z.array(syncDifference),
    /**
     * The run by which the schedule was paused, or the last scheduled full sync when it failed and none has succeeded
     * since; null when neither is so.
     */
    needsPerson: z.object({ kind: z.enum(['paused', 'failed']), runId: z.string(), at: instant }).nullable(),
  })
  .meta({ id: 'SyncState', description: 'How fresh the directory is.' });
/** Value of {@link syncState}. */
export type SyncState = z.infer<typeof syncState>;

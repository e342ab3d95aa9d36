import * as z from 'zod';
import { departmentId, instant, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import {
  subjectNames,
  subjectSection,
  syncChange,
  syncRun,
  syncRunStatus,
  syncState,
  syncSubject,
  undoEffect,
} from '../schemas/sync-runs.ts';

const runParams = z.object({ id: z.uuid().describe('Id of the run.') });

/** `POST /sync-runs`: start a sync run. */
export const startSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs',
  summary: 'Start a sync run',
  description:
    'Answers at once with the queued run and its address in `Location`; follow it by polling or by the event stream. `preview` plans without applying.',
  access: ['admin'],
  body: z.strictObject({ mode: z.enum(['apply', 'preview']) }),
  answer: { status: 202, schema: syncRun },
  errors: ['sync.disabled', 'sync.already_running', 'settings.incomplete'],
});

/** `GET /sync-runs`: list the sync runs, newest first. */
export const listSyncRuns = defineEndpoint({
  method: 'get',
  path: '/sync-runs',
  summary: 'List the sync runs, newest first',
  description: 'Includes previews, undos, member checks and runs that events started.',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({
    status: syncRunStatus.optional(),
    mode: syncRun.shape.mode.optional(),
    trigger: syncRun.shape.trigger.optional(),
    startedBy: z.string().trim().max(200).optional().describe('A part of the name of who started it.'),
    startedFrom: instant.optional().describe('Started at or after this instant.'),
    startedBefore: instant.optional().describe('Started before this instant.'),
    changed: z.stringbool().optional().describe('Only runs that changed something, or that did not.'),
  }),
  answer: { status: 200, schema: pageOf(syncRun) },
});

/** `GET /sync-state`: tell how fresh the directory is. */
export const getSyncState = defineEndpoint({
  method: 'get',
  path: '/sync-state',
  summary: 'Tell how fresh the directory is',
  description:
    'The last sync that read everything, the next one, why the directory may differ from what WeCom had then, and whether the schedule needs a person.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: syncState },
});

/** `GET /sync-runs/:id`: get one sync run. */
export const getSyncRun = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id',
  summary: 'Get one sync run',
  description: 'With progress, counts, warnings, held removals and the error, if it failed.',
  access: ['admin', 'auditor'],
  params: runParams,
  answer: { status: 200, schema: syncRun },
  errors: ['resource.not_found'],
});

/** `GET /sync-runs/:id/changes`: list the changes of a run. */
export const listSyncChanges = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/changes',
  summary: 'List the changes of a run',
  description:
    'Planned or applied changes with the values before and after. `held=true` lists what awaits approval.',
  access: ['admin', 'auditor'],
  params: runParams,
  query: pageQuery.extend({
    entity: syncChange.shape.entity.optional(),
    kind: syncChange.shape.kind.optional(),
    held: z.stringbool().optional().describe('Only changes that are held, or that are not.'),
    q: z.string().trim().max(200).optional().describe('A part of the key or the name.'),
  }),
  answer: { status: 200, schema: pageOf(syncChange) },
  errors: ['resource.not_found'],
});

/** `GET /sync-runs/:id/subjects`: list the members and departments that a run changes. */
export const listSyncSubjects = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/subjects',
  summary: 'List the members and departments that a run changes',
  description:
    'Each once, with all its changes, in plan order, and the names of the departments and members that those mention.',
  access: ['admin', 'auditor'],
  params: runParams,
  query: pageQuery.extend({
    section: subjectSection.optional(),
    departmentId: departmentId
      .optional()
      .describe('Only members whose main department is or was this one, see `subject-departments`.'),
    q: z.string().trim().max(200).optional().describe('A part of the id or the name.'),
  }),
  answer: { status: 200, schema: pageOf(syncSubject).extend({ names: subjectNames }) },
  errors: ['resource.not_found'],
});

/** `GET /sync-runs/:id/subject-departments`: count the members of a section by department. */
export const countSubjectDepartments = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/subject-departments',
  summary: 'Count the members of a section by department',
  description:
    'By the main department that they leave, join or move to, the largest first; at most 100 departments.',
  access: ['admin', 'auditor'],
  params: runParams,
  query: z.object({ section: subjectSection }),
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(z.object({ departmentId: z.number().int(), name: z.string(), count: z.number().int() })),
    }),
  },
  errors: ['resource.not_found'],
});

/** `POST /sync-runs/:id/approve`: approve the held changes of a run. */
export const approveSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/approve',
  summary: 'Approve the held changes of a run',
  description:
    'Applies exactly the plan that `planFingerprint` names; a plan that has changed since answers `plan.stale`.',
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

/** `POST /sync-runs/:id/reject`: reject the held changes of a run. */
export const rejectSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/reject',
  summary: 'Reject the held changes of a run',
  description: 'The held changes are discarded; changes that were already applied stay.',
  access: ['admin'],
  params: runParams,
  answer: { status: 202, schema: syncRun },
  errors: ['resource.not_found', 'sync.not_awaiting_approval'],
});

/** `POST /sync-runs/:id/cancel`: cancel a run. */
export const cancelSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/cancel',
  summary: 'Cancel a run',
  description:
    'None of its planned changes are applied. A run that has ended answers `sync.not_cancellable`.',
  access: ['admin'],
  params: runParams,
  answer: { status: 202, schema: syncRun },
  errors: ['resource.not_found', 'sync.not_cancellable'],
});

/** `GET /sync-runs/:id/undo`: get what an undo of a run would do. */
export const getUndoEffect = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/undo',
  summary: 'Get what an undo of a run would do',
  description:
    'In numbers, judged by the removal guard. Refuses where the undo itself would, with the same codes.',
  access: ['admin'],
  params: runParams,
  answer: { status: 200, schema: undoEffect },
  errors: ['resource.not_found', 'undo.conflict', 'undo.not_possible'],
});

/** `POST /sync-runs/:id/undo`: undo a run. */
export const undoSyncRun = defineEndpoint({
  method: 'post',
  path: '/sync-runs/:id/undo',
  summary: 'Undo a run',
  description:
    'Starts a new run of mode `undo` that reverts the applied changes. Answers `undo.conflict` with the rows that a later run changed as well. Removals above the limits of the removal guard need their number in `confirmedRemovals`, else the answer is `undo.unconfirmed` with that number.',
  access: ['admin'],
  params: runParams,
  body: z
    .strictObject({
      confirmedRemovals: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe('Departments and members together that the caller knows will be removed.'),
    })
    .optional(),
  answer: { status: 202, schema: syncRun },
  errors: [
    'resource.not_found',
    'undo.conflict',
    'undo.not_possible',
    'undo.unconfirmed',
    'sync.already_running',
  ],
});

/** `GET /sync-runs/:id/events`: stream the progress of a run. */
export const streamSyncRun = defineEndpoint({
  method: 'get',
  path: '/sync-runs/:id/events',
  summary: 'Stream the progress of a run',
  description:
    'Server-Sent Events: `progress` carries the run while it is active, `finished` carries its end and closes the stream.',
  access: ['admin', 'auditor'],
  params: runParams,
  answer: { status: 200, schema: 'text/event-stream' },
  errors: ['resource.not_found', 'request.too_many_streams'],
});

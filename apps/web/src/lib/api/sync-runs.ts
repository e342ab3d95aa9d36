import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Starts a sync in the background. */
export const startSyncRun = defineCall<typeof endpoints.startSyncRun>('post', '/sync-runs');

/** Runs, newest first. */
export const listSyncRuns = defineCall<typeof endpoints.listSyncRuns>('get', '/sync-runs');

/** How fresh the directory is. */
export const getSyncState = defineCall<typeof endpoints.getSyncState>('get', '/sync-state');

/** One run. */
export const getSyncRun = defineCall<typeof endpoints.getSyncRun>('get', '/sync-runs/:id');

/** What a run changes or changed. */
export const listSyncChanges = defineCall<typeof endpoints.listSyncChanges>('get', '/sync-runs/:id/changes');

/** The members and departments that a run changes, each once. */
export const listSyncSubjects = defineCall<typeof endpoints.listSyncSubjects>(
  'get',
  '/sync-runs/:id/subjects',
);

/** How many members of a section leave, join or move to each department. */
export const countSubjectDepartments = defineCall<typeof endpoints.countSubjectDepartments>(
  'get',
  '/sync-runs/:id/subject-departments',
);

/** Applies exactly the plan that the fingerprint names. */
export const approveSyncRun = defineCall<typeof endpoints.approveSyncRun>('post', '/sync-runs/:id/approve');

/** Rejects the held changes. */
export const rejectSyncRun = defineCall<typeof endpoints.rejectSyncRun>('post', '/sync-runs/:id/reject');

/** Cancels a run. */
export const cancelSyncRun = defineCall<typeof endpoints.cancelSyncRun>('post', '/sync-runs/:id/cancel');

/** What an undo of a run would do. */
export const getUndoEffect = defineCall<typeof endpoints.getUndoEffect>('get', '/sync-runs/:id/undo');

/** Undoes a run, as a run of its own. */
export const undoSyncRun = defineCall<typeof endpoints.undoSyncRun>('post', '/sync-runs/:id/undo');

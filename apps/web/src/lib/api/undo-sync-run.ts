import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Takes back what a run changed, as a run of its own. */
export const undoSyncRun = defineCall<typeof endpoints.undoSyncRun>('post', '/sync-runs/:id/undo');

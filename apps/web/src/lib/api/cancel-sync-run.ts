import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Stops a run. */
export const cancelSyncRun = defineCall<typeof endpoints.cancelSyncRun>('post', '/sync-runs/:id/cancel');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Throws away what waits for approval. */
export const rejectSyncRun = defineCall<typeof endpoints.rejectSyncRun>('post', '/sync-runs/:id/reject');

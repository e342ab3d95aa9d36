import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Starts a sync in the background. */
export const startSyncRun = defineCall<typeof endpoints.startSyncRun>('post', '/sync-runs');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Applies exactly the plan that the fingerprint names. */
export const approveSyncRun = defineCall<typeof endpoints.approveSyncRun>('post', '/sync-runs/:id/approve');

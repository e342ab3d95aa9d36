import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Runs, newest first. */
export const listSyncRuns = defineCall<typeof endpoints.listSyncRuns>('get', '/sync-runs');

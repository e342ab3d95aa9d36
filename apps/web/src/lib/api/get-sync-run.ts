import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** One run. */
export const getSyncRun = defineCall<typeof endpoints.getSyncRun>('get', '/sync-runs/:id');

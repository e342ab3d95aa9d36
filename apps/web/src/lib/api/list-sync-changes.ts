import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** What a run changes or changed. */
export const listSyncChanges = defineCall<typeof endpoints.listSyncChanges>('get', '/sync-runs/:id/changes');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Switches syncing on or off; sets the removal guard, the schedule or the retention. */
export const saveSyncSettings = defineCall<typeof endpoints.saveSyncSettings>(
  'patch',
  '/settings/wecom/sync',
);

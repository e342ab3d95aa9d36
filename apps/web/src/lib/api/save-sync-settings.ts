import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Switches syncing on or off, or sets the removal guard. */
export const saveSyncSettings = defineCall<typeof endpoints.saveSyncSettings>(
  'patch',
  '/settings/wecom/sync',
);

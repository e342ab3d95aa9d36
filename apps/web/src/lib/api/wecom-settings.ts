import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The WeCom connection, without its secrets. */
export const getWecomSettings = defineCall<typeof endpoints.getWecomSettings>('get', '/settings/wecom');

/** Saves the connection; a secret that is left out is kept. */
export const saveWecomSettings = defineCall<typeof endpoints.saveWecomSettings>('put', '/settings/wecom');

/** Tries the connection; what is left out comes from the saved settings. */
export const testWecomSettings = defineCall<typeof endpoints.testWecomSettings>(
  'post',
  '/settings/wecom/test',
);

/** Switches syncing on or off; sets the removal guard, the schedule or the retention. */
export const saveSyncSettings = defineCall<typeof endpoints.saveSyncSettings>(
  'patch',
  '/settings/wecom/sync',
);

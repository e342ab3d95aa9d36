import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Sets or generates what an address for events is opened with; generated values are answered once. */
export const saveCallback = defineCall<typeof endpoints.saveCallback>(
  'put',
  '/settings/wecom/callbacks/:source',
);

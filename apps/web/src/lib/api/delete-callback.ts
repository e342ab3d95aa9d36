import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Takes no more events at an address. */
export const deleteCallback = defineCall<typeof endpoints.deleteCallback>(
  'delete',
  '/settings/wecom/callbacks/:source',
);

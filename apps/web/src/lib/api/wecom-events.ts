import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Sets or generates what an address for events is opened with; generated values are answered once. */
export const saveCallback = defineCall<typeof endpoints.saveCallback>(
  'put',
  '/settings/wecom/callbacks/:source',
);

/** Takes no more events at an address. */
export const deleteCallback = defineCall<typeof endpoints.deleteCallback>(
  'delete',
  '/settings/wecom/callbacks/:source',
);

/** Events that WeCom sent, the latest first. */
export const listWecomEvents = defineCall<typeof endpoints.listWecomEvents>('get', '/wecom-events');

/** One event with its decrypted text. */
export const getWecomEvent = defineCall<typeof endpoints.getWecomEvent>('get', '/wecom-events/:id');

/** Takes a failed event up again. */
export const replayWecomEvent = defineCall<typeof endpoints.replayWecomEvent>(
  'post',
  '/wecom-events/:id/replay',
);

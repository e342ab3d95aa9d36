import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Sets or generates the keys of a callback URL; generated keys are answered once. */
export const saveCallback = defineCall<typeof endpoints.saveCallback>(
  'put',
  '/settings/wecom/callbacks/:source',
);

/** Deletes the keys of a callback URL. */
export const deleteCallback = defineCall<typeof endpoints.deleteCallback>(
  'delete',
  '/settings/wecom/callbacks/:source',
);

/** Events that WeCom sent, the latest first. */
export const listWecomEvents = defineCall<typeof endpoints.listWecomEvents>('get', '/wecom-events');

/** How the events of the last 24 hours went. */
export const getEventHealth = defineCall<typeof endpoints.getEventHealth>('get', '/wecom-event-health');

/** One event with its decrypted text. */
export const getWecomEvent = defineCall<typeof endpoints.getWecomEvent>('get', '/wecom-events/:id');

/** Processes a failed event again. */
export const replayWecomEvent = defineCall<typeof endpoints.replayWecomEvent>(
  'post',
  '/wecom-events/:id/replay',
);

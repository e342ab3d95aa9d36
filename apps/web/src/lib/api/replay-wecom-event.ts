import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Takes a failed event up again. */
export const replayWecomEvent = defineCall<typeof endpoints.replayWecomEvent>(
  'post',
  '/wecom-events/:id/replay',
);

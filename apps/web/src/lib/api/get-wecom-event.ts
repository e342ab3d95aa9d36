import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** One event with its decrypted text. */
export const getWecomEvent = defineCall<typeof endpoints.getWecomEvent>('get', '/wecom-events/:id');

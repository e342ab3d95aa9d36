import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Events that WeCom sent, the latest first. */
export const listWecomEvents = defineCall<typeof endpoints.listWecomEvents>('get', '/wecom-events');

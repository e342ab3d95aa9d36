import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Whether all is well. */
export const getOverview = defineCall<typeof endpoints.getOverview>('get', '/overview');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** One member with their history. */
export const getMember = defineCall<typeof endpoints.getMember>('get', '/members/:wecomUserId');

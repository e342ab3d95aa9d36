import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Reads one person from WeCom and says, or does, what would change. */
export const checkMember = defineCall<typeof endpoints.checkMember>('post', '/members/:wecomUserId/check');

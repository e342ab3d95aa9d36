import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** One sensitive field in full; audited. */
export const revealMember = defineCall<typeof endpoints.revealMember>('post', '/members/:wecomUserId/reveal');

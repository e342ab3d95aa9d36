import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** One page of members. */
export const listMembers = defineCall<typeof endpoints.listMembers>('get', '/members');

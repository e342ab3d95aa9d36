import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** A member's role in this console, and whether they are barred from it. */
export const setMemberAccess = defineCall<typeof endpoints.setMemberAccess>(
  'put',
  '/members/:wecomUserId/access',
);

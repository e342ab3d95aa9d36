import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Not to be asked for sensitive fields again. */
export const declineAuthorisation = defineCall<typeof endpoints.declineAuthorisation>(
  'post',
  '/me/authorisation/decline',
);

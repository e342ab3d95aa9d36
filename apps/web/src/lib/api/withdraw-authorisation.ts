import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Erases the fields that I gave. */
export const withdrawAuthorisation = defineCall<typeof endpoints.withdrawAuthorisation>(
  'delete',
  '/me/authorised-fields',
);

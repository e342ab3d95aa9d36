import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Serves the verification file no longer. */
export const deleteVerificationFile = defineCall<typeof endpoints.deleteVerificationFile>(
  'delete',
  '/settings/auth-providers/:id/verification-file',
);

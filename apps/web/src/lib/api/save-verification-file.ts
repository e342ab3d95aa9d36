import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Serves WeCom’s verification file at the root of this site. */
export const saveVerificationFile = defineCall<typeof endpoints.saveVerificationFile>(
  'put',
  '/settings/auth-providers/:id/verification-file',
);

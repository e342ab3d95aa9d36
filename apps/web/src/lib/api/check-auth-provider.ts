import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Whether WeCom’s app trusts the domain. */
export const checkAuthProvider = defineCall<typeof endpoints.checkAuthProvider>(
  'post',
  '/settings/auth-providers/:id/check',
);

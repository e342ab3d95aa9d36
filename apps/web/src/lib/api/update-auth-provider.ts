import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Changes a way to sign in. */
export const updateAuthProvider = defineCall<typeof endpoints.updateAuthProvider>(
  'patch',
  '/settings/auth-providers/:id',
);

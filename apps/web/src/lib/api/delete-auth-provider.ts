import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Removes a way to sign in. */
export const deleteAuthProvider = defineCall<typeof endpoints.deleteAuthProvider>(
  'delete',
  '/settings/auth-providers/:id',
);

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Adds a way to sign in. */
export const createAuthProvider = defineCall<typeof endpoints.createAuthProvider>(
  'post',
  '/settings/auth-providers',
);

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The ways for members to sign in. */
export const listAuthProviders = defineCall<typeof endpoints.listAuthProviders>(
  'get',
  '/settings/auth-providers',
);

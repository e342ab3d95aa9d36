import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The authentication providers. */
export const listAuthProviders = defineCall<typeof endpoints.listAuthProviders>(
  'get',
  '/settings/auth-providers',
);

/** Adds an authentication provider. */
export const createAuthProvider = defineCall<typeof endpoints.createAuthProvider>(
  'post',
  '/settings/auth-providers',
);

/** Changes an authentication provider. */
export const updateAuthProvider = defineCall<typeof endpoints.updateAuthProvider>(
  'patch',
  '/settings/auth-providers/:id',
);

/** Deletes an authentication provider. */
export const deleteAuthProvider = defineCall<typeof endpoints.deleteAuthProvider>(
  'delete',
  '/settings/auth-providers/:id',
);

/** Serves WeCom’s verification file at the root of this site. */
export const saveVerificationFile = defineCall<typeof endpoints.saveVerificationFile>(
  'put',
  '/settings/auth-providers/:id/verification-file',
);

/** Serves the verification file no longer. */
export const deleteVerificationFile = defineCall<typeof endpoints.deleteVerificationFile>(
  'delete',
  '/settings/auth-providers/:id/verification-file',
);

/** Whether WeCom’s app trusts the domain. */
export const checkAuthProvider = defineCall<typeof endpoints.checkAuthProvider>(
  'post',
  '/settings/auth-providers/:id/check',
);

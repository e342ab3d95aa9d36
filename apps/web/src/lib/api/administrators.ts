import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who may see the console. */
export const listAdministrators = defineCall<typeof endpoints.listAdministrators>('get', '/administrators');

/** Adds a local account; the answer has the link for its owner. */
export const createLocalAccount = defineCall<typeof endpoints.createLocalAccount>(
  'post',
  '/administrators/accounts',
);

/** Lets a local account sign in or not. */
export const updateLocalAccount = defineCall<typeof endpoints.updateLocalAccount>(
  'patch',
  '/administrators/accounts/:id',
);

/** Makes the link that sets the password of an account. */
export const createPasswordReset = defineCall<typeof endpoints.createPasswordReset>(
  'post',
  '/administrators/accounts/:id/password-reset',
);

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** Who is signed in, with their profile and what they authorised. */
export const getMe = defineCall<typeof endpoints.getMe>('get', '/me');

/** Where I am signed in. */
export const listMySessions = defineCall<typeof endpoints.listMySessions>('get', '/me/sessions');

/** Signs one of my browsers out. */
export const endMySession = defineCall<typeof endpoints.endMySession>('delete', '/me/sessions/:id');

/** Signs me out everywhere, here too. */
export const endMySessions = defineCall<typeof endpoints.endMySessions>('delete', '/me/sessions');

/** Not to be asked for sensitive fields again. */
export const declineConsent = defineCall<typeof endpoints.declineConsent>(
  'post',
  '/me/authorisation/decline',
);

/** Erases the fields that I gave. */
export const withdrawConsent = defineCall<typeof endpoints.withdrawConsent>(
  'delete',
  '/me/authorised-fields',
);

/** Changes the password of my local account. */
export const changeMyPassword = defineCall<typeof endpoints.changeMyPassword>('put', '/me/password');

import type { endpoints } from '@orgmirror/contracts';
import { defineCall } from '../http/define-call.ts';

/** The signed-in user with profile and consent. */
export const getMe = defineCall<typeof endpoints.getMe>('get', '/me');

/** What I have set for the console. */
export const getPreferences = defineCall<typeof endpoints.getPreferences>('get', '/me/preferences');

/** Keeps parts of what I have set for the console. */
export const savePreferences = defineCall<typeof endpoints.savePreferences>('patch', '/me/preferences');

/** Where I am signed in. */
export const listMySessions = defineCall<typeof endpoints.listMySessions>('get', '/me/sessions');

/** Signs one of my browsers out. */
export const endMySession = defineCall<typeof endpoints.endMySession>('delete', '/me/sessions/:id');

/** Signs me out everywhere, here too. */
export const endMySessions = defineCall<typeof endpoints.endMySessions>('delete', '/me/sessions');

/** One of my own sensitive fields in full. */
export const revealMyField = defineCall<typeof endpoints.revealMyField>('post', '/me/reveal');

/** Declines to give sensitive fields. */
export const declineConsent = defineCall<typeof endpoints.declineConsent>(
  'post',
  '/me/authorisation/decline',
);

/** Withdraws my consent and deletes the fields that I gave. */
export const withdrawConsent = defineCall<typeof endpoints.withdrawConsent>(
  'delete',
  '/me/authorised-fields',
);

/** Changes the password of my local account. */
export const changeMyPassword = defineCall<typeof endpoints.changeMyPassword>('put', '/me/password');

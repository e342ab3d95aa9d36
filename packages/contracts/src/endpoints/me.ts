import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { revealableFields } from '../schemas/directory.ts';
import { me, sessionSummary } from '../schemas/me.ts';
import { preferences } from '../schemas/preferences.ts';
import { password } from '../schemas/session.ts';

/** `GET /me`: get my profile and my consent. */
export const getMe = defineEndpoint({
  method: 'get',
  path: '/me',
  summary: 'Get my profile and my consent',
  description:
    'The member’s own directory entry, and the sensitive fields that the member gave at sign-in, masked.',
  access: 'signedIn',
  answer: { status: 200, schema: me },
});

/** `GET /me/sessions`: list my sessions, newest first. */
export const listMySessions = defineEndpoint({
  method: 'get',
  path: '/me/sessions',
  summary: 'List my sessions, newest first',
  description: '`current` marks the session that sends the request.',
  access: 'signedIn',
  query: pageQuery,
  answer: { status: 200, schema: pageOf(sessionSummary) },
});

/** `DELETE /me/sessions/:id`: revoke one of my sessions. */
export const endMySession = defineEndpoint({
  method: 'delete',
  path: '/me/sessions/:id',
  summary: 'Revoke one of my sessions',
  description: 'The browser of that session is signed out with its next request.',
  access: 'signedIn',
  params: z.object({ id: z.uuid().describe('Id of the session.') }),
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

/** `DELETE /me/sessions`: revoke all my sessions. */
export const endMySessions = defineEndpoint({
  method: 'delete',
  path: '/me/sessions',
  summary: 'Revoke all my sessions',
  description: 'Includes the session that sends the request.',
  access: 'signedIn',
  answer: { status: 204, schema: null },
});

/** `POST /me/reveal`: reveal one of my own sensitive fields. */
export const revealMyField = defineEndpoint({
  method: 'post',
  path: '/me/reveal',
  summary: 'Reveal one of my own sensitive fields',
  description:
    'Answers the full value of what `GET /me` masks. Each call is recorded in the audit log, and counts as any reveal does: 100 in 10 minutes.',
  access: 'signedIn',
  rateClass: 'reveal',
  body: z.strictObject({ field: z.enum(revealableFields) }),
  answer: { status: 200, schema: z.object({ value: z.string() }) },
  errors: ['resource.not_found'],
});

/** `POST /me/authorisation/decline`: decline to give sensitive fields. */
export const declineConsent = defineEndpoint({
  method: 'post',
  path: '/me/authorisation/decline',
  summary: 'Decline to give sensitive fields',
  description: 'Records the decision, so that the console does not ask again.',
  access: 'signedIn',
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

/** `DELETE /me/authorised-fields`: withdraw my consent. */
export const withdrawConsent = defineEndpoint({
  method: 'delete',
  path: '/me/authorised-fields',
  summary: 'Withdraw my consent',
  description:
    'Deletes the fields that the member gave at sign-in; none are stored again until the member agrees.',
  access: 'signedIn',
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

/** `GET /me/preferences`: get what I have set for the console. */
export const getPreferences = defineEndpoint({
  method: 'get',
  path: '/me/preferences',
  summary: 'Get what I have set for the console',
  description: 'Each part is null until it has been set.',
  access: 'signedIn',
  answer: { status: 200, schema: preferences },
});

/** `PATCH /me/preferences`: keep what I have set for the console. */
export const savePreferences = defineEndpoint({
  method: 'patch',
  path: '/me/preferences',
  summary: 'Keep what I have set for the console',
  description: 'Replaces the parts that are sent; null resets one.',
  access: 'signedIn',
  body: preferences.partial(),
  answer: { status: 200, schema: preferences },
});

/** `PUT /me/password`: change the password of my local account. */
export const changeMyPassword = defineEndpoint({
  method: 'put',
  path: '/me/password',
  summary: 'Change the password of my local account',
  description:
    'Needs the current password; wrong ones are throttled as at sign-in. All other sessions of the account are revoked.',
  access: 'signedIn',
  body: z.strictObject({ currentPassword: z.string().max(1000), newPassword: password }),
  answer: { status: 204, schema: null },
  errors: ['sign_in.invalid_credentials', 'sign_in.throttled', 'resource.not_found'],
});

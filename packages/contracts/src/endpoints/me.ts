import * as z from 'zod';
import { instant, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { authorisableFields, memberDetail } from './directory.ts';
import { password, signedInUser } from './session.ts';

export const authorisation = z
  .object({
    /** Null: never asked. */
    decision: z.enum(['agreed', 'declined', 'withdrawn']).nullable(),
    decidedAt: instant.nullable(),
    /** Whether the enabled authentication asks for fields at all. */
    available: z.boolean(),
    /** What the member gave by OAuth2 sign-in, masked; gender as `male` or `female`, the avatar as its address. */
    fields: z.array(
      z.object({ field: z.enum(authorisableFields), value: z.string(), authorisedAt: instant }),
    ),
  })
  .meta({ id: 'Authorisation' });
export type Authorisation = z.infer<typeof authorisation>;

export const me = z
  .object({
    user: signedInUser,
    /** Null for a local account. */
    member: memberDetail.nullable(),
    authorisation: authorisation.nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const sessionSummary = z
  .object({
    id: z.string(),
    /** The session that asks. */
    current: z.boolean(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'SessionSummary' });
export type SessionSummary = z.infer<typeof sessionSummary>;

export const getMe = defineEndpoint({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in, with their profile and what they authorised',
  access: 'signedIn',
  answer: { status: 200, schema: me },
});

export const listMySessions = defineEndpoint({
  method: 'get',
  path: '/me/sessions',
  summary: 'Where I am signed in, the latest first',
  access: 'signedIn',
  query: pageQuery,
  answer: { status: 200, schema: pageOf(sessionSummary) },
});

export const endMySession = defineEndpoint({
  method: 'delete',
  path: '/me/sessions/:id',
  summary: 'Sign one of my browsers out',
  access: 'signedIn',
  params: z.object({ id: z.uuid() }),
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

export const endMySessions = defineEndpoint({
  method: 'delete',
  path: '/me/sessions',
  summary: 'Sign out everywhere, here too',
  access: 'signedIn',
  answer: { status: 204, schema: null },
});

export const declineAuthorisation = defineEndpoint({
  method: 'post',
  path: '/me/authorisation/decline',
  summary: 'Do not ask me for sensitive fields again',
  access: 'signedIn',
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

export const withdrawAuthorisation = defineEndpoint({
  method: 'delete',
  path: '/me/authorised-fields',
  summary: 'Erase the fields that I gave, and take none again until I agree',
  access: 'signedIn',
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

export const changeMyPassword = defineEndpoint({
  method: 'put',
  path: '/me/password',
  summary: 'Change the password of my local account; my other sessions end',
  access: 'signedIn',
  body: z.strictObject({ currentPassword: z.string().max(1000), newPassword: password }),
  answer: { status: 204, schema: null },
  errors: ['sign_in.invalid_credentials', 'sign_in.throttled', 'resource.not_found'],
});

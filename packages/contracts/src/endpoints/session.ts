import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { signedInUser } from '../schemas/session.ts';

const sessionAnswer = z.object({ user: signedInUser });

/** `GET /session`: get the signed-in user. */
export const getSession = defineEndpoint({
  method: 'get',
  path: '/session',
  summary: 'Get the signed-in user',
  description:
    'Answers 401 `session.required` when no session is active, so that a client can test its cookie. `version` is that of the server.',
  access: 'signedIn',
  answer: { status: 200, schema: sessionAnswer.extend({ version: z.string() }) },
});

/** `POST /session`: sign in with a local account. */
export const signIn = defineEndpoint({
  method: 'post',
  path: '/session',
  summary: 'Sign in with a local account',
  description:
    'Sets the session cookie (HttpOnly, SameSite=Lax). A wrong username and a wrong password get the same answer; repeated failures are throttled (429 with `Retry-After`).',
  access: 'anyone',
  body: z.strictObject({ username: z.string().max(200), password: z.string().max(1000) }),
  answer: { status: 200, schema: sessionAnswer },
  errors: ['sign_in.invalid_credentials', 'account.disabled', 'sign_in.throttled'],
});

/** `DELETE /session`: sign out. */
export const signOut = defineEndpoint({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  description: 'Revokes the session of the cookie and clears the cookie.',
  access: 'signedIn',
  answer: { status: 204, schema: null },
});

import * as z from 'zod';
import { role } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';

/** Of a local account; compared without case. */
export const username = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}._@-]+$/u, ruleTexts.username.en);

/** Of a local account: at least 12 characters. */
export const password = z.string().min(12).max(200);

export const signedInUser = z
  .object({
    id: z.string(),
    displayName: z.string(),
    role,
    kind: z.enum(['local', 'member']),
    wecomUserId: z.string().optional(),
  })
  .meta({ id: 'SignedInUser' });
export type SignedInUser = z.infer<typeof signedInUser>;

const sessionAnswer = z.object({ user: signedInUser });

export const getSession = defineEndpoint({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in',
  access: 'signedIn',
  answer: { status: 200, schema: sessionAnswer },
});

export const signIn = defineEndpoint({
  method: 'post',
  path: '/session',
  summary: 'Sign in with a local account',
  access: 'anyone',
  body: z.strictObject({ username: z.string().max(200), password: z.string().max(1000) }),
  answer: { status: 200, schema: sessionAnswer },
  errors: ['sign_in.invalid_credentials', 'sign_in.throttled'],
});

export const signOut = defineEndpoint({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  access: 'signedIn',
  answer: { status: 204, schema: null },
});

import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { password, signedInUser, username } from './session.ts';

export const getSetup = defineEndpoint({
  method: 'get',
  path: '/setup',
  summary: 'Whether the first admin has still to be created',
  access: 'anyone',
  answer: { status: 200, schema: z.object({ required: z.boolean() }) },
});

export const completeSetup = defineEndpoint({
  method: 'post',
  path: '/setup',
  summary: 'Create the first admin with the code that the server printed at start, and sign in',
  access: 'anyone',
  body: z.strictObject({ setupCode: z.string().trim().min(1).max(100), username, password }),
  answer: { status: 201, schema: z.object({ user: signedInUser }) },
  errors: ['setup.completed', 'setup.wrong_code', 'sign_in.throttled'],
});

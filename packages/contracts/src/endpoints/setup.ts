import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { password, signedInUser, username } from '../schemas/session.ts';

/** `GET /setup`: get whether the first admin has still to be created. */
export const getSetup = defineEndpoint({
  method: 'get',
  path: '/setup',
  summary: 'Get whether the first admin has still to be created',
  description: 'Public. After the first admin exists the answer stays `{ "required": false }`.',
  access: 'anyone',
  answer: { status: 200, schema: z.object({ required: z.boolean() }) },
});

/** `POST /setup`: create the first admin and sign in. */
export const completeSetup = defineEndpoint({
  method: 'post',
  path: '/setup',
  summary: 'Create the first admin and sign in',
  description:
    'Needs the setup code that the server prints at start. Works once: afterwards the answer is `setup.completed`.',
  access: 'anyone',
  body: z.strictObject({ setupCode: z.string().trim().min(1).max(100), username, password }),
  answer: { status: 201, schema: z.object({ user: signedInUser }) },
  errors: ['setup.completed', 'setup.wrong_code', 'sign_in.throttled'],
});

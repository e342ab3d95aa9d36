import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { signInOptions, signInPanel } from '../schemas/wecom-sign-in.ts';

/** Longer values are no paths of the console. */
const returnTo = z.string().max(2000).optional().describe('Path of the console to open after sign-in.');

/** `GET /sign-in/options`: list the available ways to sign in. */
export const getSignInOptions = defineEndpoint({
  method: 'get',
  path: '/sign-in/options',
  summary: 'List the available ways to sign in',
  description: 'Public and without secrets: what the sign-in page has to offer.',
  access: 'anyone',
  answer: { status: 200, schema: signInOptions },
});

/** `GET /sign-in/wecom/start`: redirect to the sign-in page of WeCom. */
export const startWecomSignIn = defineEndpoint({
  method: 'get',
  path: '/sign-in/wecom/start',
  summary: 'Redirect to the sign-in page of WeCom',
  description:
    '`mode=auto` chooses between the WeCom client and a desktop browser by `User-Agent`. `authorise=true` asks the member for their sensitive fields as well, if the enabled authentication has that scope.',
  access: 'anyone',
  query: z.object({
    mode: z
      .enum(['auto', 'inApp', 'web'])
      .default('auto')
      .describe('Inside the WeCom client, or in a browser.'),
    returnTo,
    authorise: z.stringbool().default(false).describe('Ask the member for the sensitive fields.'),
  }),
  answer: { status: 302, schema: null },
  errors: ['sign_in.unavailable'],
});

/** `GET /sign-in/wecom/callback`: receive the redirect from WeCom and finish the sign-in. */
export const finishWecomSignIn = defineEndpoint({
  method: 'get',
  path: '/sign-in/wecom/callback',
  summary: 'Receive the redirect from WeCom and finish the sign-in',
  description:
    'Redirects to the page that the sign-in started from, or to `/sign-in?error=CODE` when it fails. The state is bound to the browser that started the sign-in, works once and expires after 5 minutes.',
  access: 'anyone',
  query: z.object({
    code: z
      .string()
      .max(512)
      .optional()
      .describe('Authorization code of WeCom; missing when the member cancelled.'),
    state: z.string().max(128).optional().describe('State of the sign-in.'),
  }),
  answer: { status: 302, schema: null },
});

/** `POST /sign-in/wecom/panel`: start a sign-in with the embedded QR panel. */
export const createSignInPanel = defineEndpoint({
  method: 'post',
  path: '/sign-in/wecom/panel',
  summary: 'Start a sign-in with the embedded QR panel',
  description:
    'Answers the parameters for `createWWLoginPanel` of `@wecom/jssdk` and binds the state to this browser.',
  access: 'anyone',
  body: z.strictObject({ returnTo }),
  answer: { status: 200, schema: signInPanel },
  errors: ['sign_in.unavailable'],
});

import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';

/** Longer ones are no paths of the console. */
const returnTo = z.string().max(2000).optional();

export const signInOptions = z
  .object({
    /** Local accounts; always there, also at `/sign-in?local=1`. */
    local: z.boolean(),
    /** Null while no authentication is enabled. */
    wecom: z
      .object({
        name: z.string(),
        /** Inside the WeCom client. */
        inApp: z.boolean(),
        /** In a desktop browser, by QR code or quick sign-in. */
        web: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'SignInOptions' });
export type SignInOptions = z.infer<typeof signInOptions>;

export const getSignInOptions = defineEndpoint({
  method: 'get',
  path: '/sign-in/options',
  summary: 'Which ways to sign in there are',
  access: 'anyone',
  answer: { status: 200, schema: signInOptions },
});

export const startWecomSignIn = defineEndpoint({
  method: 'get',
  path: '/sign-in/wecom/start',
  summary: 'Go to WeCom’s page; `auto` chooses by User-Agent, `authorise` asks for the sensitive fields',
  access: 'anyone',
  query: z.object({
    mode: z.enum(['auto', 'inApp', 'web']).default('auto'),
    returnTo,
    authorise: z.stringbool().default(false),
  }),
  answer: { status: 302, schema: null },
  errors: ['sign_in.unavailable'],
});

export const finishWecomSignIn = defineEndpoint({
  method: 'get',
  path: '/sign-in/wecom/callback',
  summary: 'Where WeCom sends people back to; goes on into the console, or to `/sign-in?error=CODE`',
  access: 'anyone',
  query: z.object({ code: z.string().max(512).optional(), state: z.string().max(128).optional() }),
  answer: { status: 302, schema: null },
});

/** What `@wecom/jssdk`’s `createWWLoginPanel` takes. */
export const signInPanel = z
  .object({
    appId: z.string(),
    agentId: z.number().int(),
    redirectUri: z.string(),
    state: z.string(),
    /** The same page as a link, for when the panel does not load. */
    url: z.string(),
  })
  .meta({ id: 'SignInPanel' });
export type SignInPanel = z.infer<typeof signInPanel>;

export const createSignInPanel = defineEndpoint({
  method: 'post',
  path: '/sign-in/wecom/panel',
  summary: 'Begin a sign-in by the embedded panel in this browser',
  access: 'anyone',
  body: z.strictObject({ returnTo }),
  answer: { status: 200, schema: signInPanel },
  errors: ['sign_in.unavailable'],
});

import * as z from 'zod';

/** The available ways to sign in. */
export const signInOptions = z
  .object({
    /** Local accounts; always available, also at `/sign-in?local=1`. */
    local: z.boolean(),
    /** Null while no authentication provider is enabled. */
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
  .meta({ id: 'SignInOptions', description: 'The available ways to sign in.' });
/** Value of {@link signInOptions}. */
export type SignInOptions = z.infer<typeof signInOptions>;

/** Parameters for `createWWLoginPanel` of `@wecom/jssdk`. */
export const signInPanel = z
  .object({
    appId: z.string(),
    agentId: z.number().int(),
    redirectUri: z.string(),
    state: z.string(),
    /** The same page as a link, if the panel does not load. */
    url: z.string(),
  })
  .meta({ id: 'SignInPanel', description: 'Parameters for `createWWLoginPanel` of `@wecom/jssdk`.' });
/** Value of {@link signInPanel}. */
export type SignInPanel = z.infer<typeof signInPanel>;

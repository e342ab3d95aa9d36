import * as z from 'zod';
import { instant } from '../common.ts';

/** OAuth2 scope of a sign-in: identity only, or the sensitive fields as well. */
export const authScope = z.enum(['snsapi_base', 'snsapi_privateinfo']);
/** Value of {@link authScope}. */
export type AuthScope = z.infer<typeof authScope>;

/** A way for members to sign in. It uses the credentials of the WeCom connection. */
export const authProvider = z
  .object({
    id: z.string(),
    kind: z.literal('wecom-oauth2'),
    name: z.string(),
    description: z.string(),
    /** At most one provider is enabled. */
    enabled: z.boolean(),
    /** `snsapi_base` identifies the member; `snsapi_privateinfo` asks for the sensitive fields as well. */
    scope: authScope,
    /** Origin of the redirect URI; null: the public origin of the server. */
    returnOrigin: z.string().nullable(),
    /**
     * To enter in the WeCom admin console as the home page of the app; null before CorpID and AgentId are
     * saved.
     */
    authorizeUrl: z.string().nullable(),
    /** OAuth2 redirect URI. */
    redirectUri: z.string(),
    /** Trusted domain as the WeCom admin console expects it: host and port, without scheme. */
    trustedDomain: z.string(),
    /** Name of the `WW_verify_….txt` that is served at the root of this site. */
    verificationFileName: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({
    id: 'AuthProvider',
    description: 'A way for members to sign in. It uses the credentials of the WeCom connection.',
  });
/** Value of {@link authProvider}. */
export type AuthProvider = z.infer<typeof authProvider>;

/** Result of one step of the check of an authentication provider. */
export const authProviderCheck = z
  .object({
    id: z.enum(['agent', 'trustedDomain', 'verificationFile']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    errcode: z.number().int().optional(),
    egressIp: z.string().optional(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({
    id: 'AuthProviderCheck',
    description: 'Result of one step of the check of an authentication provider.',
  });
/** Value of {@link authProviderCheck}. */
export type AuthProviderCheck = z.infer<typeof authProviderCheck>;

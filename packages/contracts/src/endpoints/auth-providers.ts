import * as z from 'zod';
import { instant, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';

export const authScope = z.enum(['snsapi_base', 'snsapi_privateinfo']);
export type AuthScope = z.infer<typeof authScope>;

/** A way for members to sign in; its credentials are those of the WeCom connection. */
export const authProvider = z
  .object({
    id: z.string(),
    kind: z.literal('wecom-oauth2'),
    name: z.string(),
    description: z.string(),
    /** At most one provider is. */
    enabled: z.boolean(),
    /** `snsapi_base` asks nothing; `snsapi_privateinfo` asks the member for avatar, mobile, e-mail and the like. */
    scope: authScope,
    /** Origin that WeCom sends people back to; null: the server's own public one. */
    returnOrigin: z.string().nullable(),
    /** To paste into the WeCom console as the app's home page; null before CorpID and AgentId are saved. */
    authorizeUrl: z.string().nullable(),
    /** Where WeCom sends people back to. */
    redirectUri: z.string(),
    /** Trusted domain as the WeCom console wants it: host, with the port if there is one, without scheme. */
    trustedDomain: z.string(),
    /** The `WW_verify_….txt` that is served at the root of this site. */
    verificationFileName: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'AuthProvider' });
export type AuthProvider = z.infer<typeof authProvider>;

export const authProviderCheck = z
  .object({
    id: z.enum(['agent', 'trustedDomain', 'verificationFile']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    errcode: z.number().int().optional(),
    egressIp: z.string().optional(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'AuthProviderCheck' });
export type AuthProviderCheck = z.infer<typeof authProviderCheck>;

const name = z.string().trim().min(1).max(64);
const description = z.string().trim().max(500);
const isOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
};
/** Scheme, host and port only: what a browser calls an origin. */
const returnOrigin = z
  .string()
  .trim()
  .max(300)
  .refine(isOrigin, ruleTexts.origin.en)
  .transform((text) => new URL(text).origin);

const providerParams = z.object({ id: z.uuid() });
const changes = {
  name,
  description,
  enabled: z.boolean(),
  scope: authScope,
  returnOrigin: returnOrigin.nullable(),
};

export const listAuthProviders = defineEndpoint({
  method: 'get',
  path: '/settings/auth-providers',
  summary: 'The ways for members to sign in',
  access: ['admin'],
  query: pageQuery,
  answer: { status: 200, schema: pageOf(authProvider) },
});

export const createAuthProvider = defineEndpoint({
  method: 'post',
  path: '/settings/auth-providers',
  summary: 'Add WeCom OAuth2 sign-in; enabling it disables another one',
  access: ['admin'],
  body: z.strictObject({
    kind: z.literal('wecom-oauth2'),
    name,
    description: description.default(''),
    enabled: z.boolean().default(true),
    scope: authScope.default('snsapi_base'),
    returnOrigin: returnOrigin.nullish(),
  }),
  answer: { status: 201, schema: authProvider },
});

export const updateAuthProvider = defineEndpoint({
  method: 'patch',
  path: '/settings/auth-providers/:id',
  summary: 'Change a way to sign in; enabling it disables another one',
  access: ['admin'],
  params: providerParams,
  body: z
    .strictObject(changes)
    .partial()
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: authProvider },
  errors: ['resource.not_found'],
});

export const deleteAuthProvider = defineEndpoint({
  method: 'delete',
  path: '/settings/auth-providers/:id',
  summary: 'Remove a way to sign in; sessions that came by it go on',
  access: ['admin'],
  params: providerParams,
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

export const saveVerificationFile = defineEndpoint({
  method: 'put',
  path: '/settings/auth-providers/:id/verification-file',
  summary: 'Serve WeCom’s domain verification file at the root of this site',
  access: ['admin'],
  params: providerParams,
  body: z.strictObject({
    name: z.string().regex(/^WW_verify_[A-Za-z0-9]{1,64}\.txt$/, ruleTexts.verificationFile.en),
    content: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9]{1,256}$/, ruleTexts.verificationText.en),
  }),
  answer: { status: 200, schema: authProvider },
  errors: ['resource.not_found'],
});

export const deleteVerificationFile = defineEndpoint({
  method: 'delete',
  path: '/settings/auth-providers/:id/verification-file',
  summary: 'Serve the verification file no longer',
  access: ['admin'],
  params: providerParams,
  answer: { status: 200, schema: authProvider },
  errors: ['resource.not_found'],
});

export const checkAuthProvider = defineEndpoint({
  method: 'post',
  path: '/settings/auth-providers/:id/check',
  summary: 'Whether WeCom’s app trusts the domain that people are sent back to',
  access: ['admin'],
  params: providerParams,
  answer: { status: 200, schema: z.object({ ok: z.boolean(), checks: z.array(authProviderCheck) }) },
  errors: ['resource.not_found', 'settings.incomplete', 'settings.secret_unreadable'],
});

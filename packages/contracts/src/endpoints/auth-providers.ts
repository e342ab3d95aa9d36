import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { authProvider, authProviderCheck, authScope } from '../schemas/auth-providers.ts';

const name = z.string().trim().min(1).max(64);

const description = z.string().trim().max(500);

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
};

/** Scheme, host and port only. */
const returnOrigin = z
  .string()
  .trim()
  .max(300)
  .refine(isOrigin, ruleTexts.origin.en)
  .transform((text) => new URL(text).origin);

const providerParams = z.object({ id: z.uuid().describe('Id of the provider.') });

const changes = {
  name,
  description,
  enabled: z.boolean(),
  scope: authScope,
  returnOrigin: returnOrigin.nullable(),
};

/** `GET /settings/auth-providers`: list the authentication providers. */
export const listAuthProviders = defineEndpoint({
  method: 'get',
  path: '/settings/auth-providers',
  summary: 'List the authentication providers',
  description: 'Each with the addresses to enter in the WeCom admin console.',
  access: ['admin', 'auditor'],
  query: pageQuery,
  answer: { status: 200, schema: pageOf(authProvider) },
});

/** `POST /settings/auth-providers`: add an authentication provider. */
export const createAuthProvider = defineEndpoint({
  method: 'post',
  path: '/settings/auth-providers',
  summary: 'Add an authentication provider',
  description: 'At most one provider is enabled: enabling this one disables the other.',
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

/** `PATCH /settings/auth-providers/:id`: change an authentication provider. */
export const updateAuthProvider = defineEndpoint({
  method: 'patch',
  path: '/settings/auth-providers/:id',
  summary: 'Change an authentication provider',
  description: 'Only the given fields change. Enabling this provider disables the other.',
  access: ['admin'],
  params: providerParams,
  body: z
    .strictObject(changes)
    .partial()
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: authProvider },
  errors: ['resource.not_found'],
});

/** `DELETE /settings/auth-providers/:id`: delete an authentication provider. */
export const deleteAuthProvider = defineEndpoint({
  method: 'delete',
  path: '/settings/auth-providers/:id',
  summary: 'Delete an authentication provider',
  description: 'Existing sessions stay valid.',
  access: ['admin'],
  params: providerParams,
  answer: { status: 204, schema: null },
  errors: ['resource.not_found'],
});

/** `PUT /settings/auth-providers/:id/verification-file`: upload the domain verification file of WeCom. */
export const saveVerificationFile = defineEndpoint({
  method: 'put',
  path: '/settings/auth-providers/:id/verification-file',
  summary: 'Upload the domain verification file of WeCom',
  description: 'The file is served at the root of this site, where WeCom looks for it.',
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

/** `DELETE /settings/auth-providers/:id/verification-file`: delete the domain verification file. */
export const deleteVerificationFile = defineEndpoint({
  method: 'delete',
  path: '/settings/auth-providers/:id/verification-file',
  summary: 'Delete the domain verification file',
  description: 'The file is no longer served.',
  access: ['admin'],
  params: providerParams,
  answer: { status: 200, schema: authProvider },
  errors: ['resource.not_found'],
});

/** `POST /settings/auth-providers/:id/check`: check that the WeCom app trusts the return domain. */
export const checkAuthProvider = defineEndpoint({
  method: 'post',
  path: '/settings/auth-providers/:id/check',
  summary: 'Check that the WeCom app trusts the return domain',
  description:
    'Asks WeCom about the app and fetches the verification file. A failed check is part of the answer, not an error.',
  access: ['admin'],
  params: providerParams,
  answer: { status: 200, schema: z.object({ ok: z.boolean(), checks: z.array(authProviderCheck) }) },
  errors: ['resource.not_found', 'settings.incomplete', 'settings.secret_unreadable'],
});

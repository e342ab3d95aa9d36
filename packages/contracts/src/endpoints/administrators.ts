import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { administrator, passwordResetLink } from '../schemas/administrators.ts';
import { password, username } from '../schemas/session.ts';

const accountParams = z.object({ id: z.uuid().describe('Id of the local account.') });

/** `GET /administrators`: list who may see the console. */
export const listAdministrators = defineEndpoint({
  method: 'get',
  path: '/administrators',
  summary: 'List who may see the console',
  description:
    'Local accounts first, then members with the role of admin or auditor, each in the order in which they came. The role of a member is changed with `PUT /members/{wecomUserId}/access`.',
  access: ['admin', 'auditor'],
  query: pageQuery,
  answer: { status: 200, schema: pageOf(administrator) },
});

/** `POST /administrators/accounts`: add a local account. */
export const createLocalAccount = defineEndpoint({
  method: 'post',
  path: '/administrators/accounts',
  summary: 'Add a local account',
  description:
    'It has no password yet: its owner sets one with the link, which works once and is not shown again.',
  access: ['admin'],
  body: z.strictObject({ username, role: z.enum(['admin', 'auditor']) }),
  answer: { status: 201, schema: z.object({ account: administrator, link: passwordResetLink }) },
  errors: ['account.username_taken'],
});

/** `PATCH /administrators/accounts/:id`: disable or enable a local account, or change its role. */
export const updateLocalAccount = defineEndpoint({
  method: 'patch',
  path: '/administrators/accounts/:id',
  summary: 'Disable or enable a local account, or change its role',
  description:
    'A disabled account cannot sign in, loses all sessions and its link. A changed role counts from the next request on. The last admin stays one, and enabled: `access.last_admin`.',
  access: ['admin'],
  params: accountParams,
  body: z
    .strictObject({ enabled: z.boolean().optional(), role: z.enum(['admin', 'auditor']).optional() })
    .refine(({ enabled, role }) => enabled !== undefined || role !== undefined, ruleTexts.someField.en),
  answer: { status: 200, schema: administrator },
  errors: ['resource.not_found', 'access.last_admin'],
});

/** `POST /administrators/accounts/:id/password-reset`: make a link that sets the password of an account. */
export const createPasswordReset = defineEndpoint({
  method: 'post',
  path: '/administrators/accounts/:id/password-reset',
  summary: 'Make a link that sets the password of an account',
  description:
    'Works once within 24 hours, in place of an earlier one, and is not shown again. The sessions of the account are revoked, but for the one that sends the request.',
  access: ['admin'],
  params: accountParams,
  answer: { status: 201, schema: passwordResetLink },
  errors: ['resource.not_found'],
});

/** `POST /password-reset`: set a password with a link. */
export const completePasswordReset = defineEndpoint({
  method: 'post',
  path: '/password-reset',
  summary: 'Set a password with a link',
  description:
    'Takes the token of the link, which stands behind the `#` of its address. Revokes all sessions of the account. Unknown, used and expired tokens get the same answer; attempts are throttled as at sign-in.',
  access: 'anyone',
  body: z.strictObject({ token: z.string().min(1).max(200), newPassword: password }),
  answer: { status: 200, schema: z.object({ username: z.string() }) },
  errors: ['password_reset.invalid', 'sign_in.throttled'],
});

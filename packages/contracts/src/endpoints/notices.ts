import * as z from 'zod';
import { instant, pageOf, pageQuery, problem } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { noticeKinds } from '../notice-texts.ts';
import { ruleTexts } from '../rule-texts.ts';
import {
  mailSecurity,
  notice,
  noticeChannel,
  noticeRecipient,
  noticeSettings,
  noticeState,
  quietHours,
  toldKinds,
} from '../schemas/notices.ts';

/** Most recipients of one channel. */
const maxRecipients = 50;

const mailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, ruleTexts.mailAddress.en);

const host = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]*$/, ruleTexts.host.en);

const isWebhookUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
};

const isWebhookSecret = (text: string): boolean => {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Math.floor((base64.replaceAll('=', '').length * 3) / 4);
  return bytes >= 24 && bytes <= 64;
};

/** Names the fields of a channel that is on without them. */
const requireWhenOn =
  <Fields extends { enabled: boolean }>(...names: (keyof Fields & string)[]) =>
  (fields: Fields, context: z.RefinementCtx<Fields>): void => {
    for (const name of names) {
      const value: unknown = fields[name];
      const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
      if (fields.enabled && isEmpty)
        context.addIssue({ code: 'custom', path: [name], message: ruleTexts.neededWhenOn.en });
    }
  };

/** What the channel tells of. Left out: everything. */
const kinds = toldKinds.max(noticeKinds.length).optional();

const wecom = z.strictObject({
  enabled: z.boolean(),
  userIds: z.array(z.string().trim().min(1).max(64)).max(maxRecipients),
  kinds,
});

const email = z.strictObject({
  enabled: z.boolean(),
  host,
  port: z.number().int().min(1).max(65_535),
  security: mailSecurity,
  /** '' signs in to no account. */
  username: z.string().trim().max(254),
  /** Left out: the saved one stays, unless server or user change. */
  password: z.string().min(1).max(512).optional(),
  from: z.union([z.literal(''), mailAddress]),
  to: z.array(mailAddress).max(maxRecipients),
  kinds,
});

const webhook = z.strictObject({
  enabled: z.boolean(),
  url: z.union([z.literal(''), z.string().trim().max(2000).refine(isWebhookUrl, ruleTexts.webhookUrl.en)]),
  /** Standard Webhooks: `whsec_` and 24 to 64 bytes in Base64. Left out: the saved one stays. */
  secret: z.string().trim().max(200).refine(isWebhookSecret, ruleTexts.webhookSecret.en).optional(),
  kinds,
});

/** `GET /notices`: list what needed a person, newest first. */
export const listNotices = defineEndpoint({
  method: 'get',
  path: '/notices',
  summary: 'List what needed a person, newest first',
  description:
    'Kept for 90 days. What happens again within a day of the same is counted in `repeats`. `undelivered=true` lists those that some channel has not delivered, with the reason.',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({
    undelivered: z.enum(['true', 'false']).optional().describe('Only those that could not be delivered.'),
  }),
  answer: { status: 200, schema: pageOf(notice) },
});

/** `GET /notices/state`: count what the caller has not seen. */
export const getNoticeState = defineEndpoint({
  method: 'get',
  path: '/notices/state',
  summary: 'Count the notices that the caller has not seen',
  description: 'Cheap: the console asks for it on every page.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: noticeState },
});

/** `POST /notices/read`: mark notices as seen by the caller. */
export const markNoticesRead = defineEndpoint({
  method: 'post',
  path: '/notices/read',
  summary: 'Mark notices as seen by the caller',
  description: 'Everything up to and including `until`. Others still have it unseen.',
  access: ['admin', 'auditor'],
  body: z.strictObject({ until: instant }),
  answer: { status: 204, schema: null },
});

/** `GET /settings/notices`: get who is told, and by which way. */
export const getNoticeSettings = defineEndpoint({
  method: 'get',
  path: '/settings/notices',
  summary: 'Get who is told of what needs a person, and by which way',
  description:
    'Secrets are never part of the answer: `passwordSet` and `secretSet` say whether one is saved.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: noticeSettings },
});

/** `GET /settings/notices/recipients`: list or search who can be told by messages of the app. */
export const listNoticeRecipients = defineEndpoint({
  method: 'get',
  path: '/settings/notices/recipients',
  summary: 'List or search who can be told by messages of the app',
  description:
    'The saved recipients in their order, also those who left or whom the directory does not have; then the admins and auditors among the members, 50 at most. With `q`: present members whom `GET /members` would find by it, without attributes; admins and auditors first, then 20 others at most.',
  access: ['admin', 'auditor'],
  query: z.object({
    q: z.string().trim().max(200).optional().describe('Name, alias, userid, pinyin or initials.'),
  }),
  answer: { status: 200, schema: z.object({ items: z.array(noticeRecipient) }) },
});

/** `PUT /settings/notices`: save who is told, and by which way. */
export const saveNoticeSettings = defineEndpoint({
  method: 'put',
  path: '/settings/notices',
  summary: 'Save who is told of what needs a person, and by which way',
  description:
    'A secret that is left out is kept; another mail server or user needs the password again, so that a saved one is never sent elsewhere. `version` guards against concurrent changes. What waits is tried again at once.',
  access: ['admin'],
  body: z.strictObject({
    language: z.enum(['zh', 'en']),
    quietHours: quietHours.nullable(),
    wecom: wecom.superRefine(requireWhenOn('userIds')),
    email: email.superRefine(requireWhenOn('host', 'from', 'to')),
    webhook: webhook.superRefine(requireWhenOn('url')),
    version: z.number().int(),
  }),
  answer: { status: 200, schema: noticeSettings },
  errors: ['settings.version_conflict'],
});

/** `POST /settings/notices/test`: send a test by one channel. */
export const testNoticeChannel = defineEndpoint({
  method: 'post',
  path: '/settings/notices/test',
  summary: 'Send a test by one channel',
  description:
    'By the saved settings, at any hour. A failure is part of the answer: `problem` says why; with `ok` it says whom the test did not reach.',
  access: ['admin'],
  body: z.strictObject({ channel: noticeChannel }),
  answer: { status: 200, schema: z.object({ ok: z.boolean(), problem: problem.nullable() }) },
  errors: ['notice.not_configured', 'settings.secret_unreadable'],
});

import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { connectionTest, removalGuard, schedule, wecomSettings } from '../schemas/wecom-settings.ts';

const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false; // Intl accepts offsets such as +08:00 as well
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** An IANA name, e.g. Asia/Shanghai. */
const timeZone = z.string().max(64).refine(isTimeZone, ruleTexts.timeZone.en);

/** A JSON number or a string of digits, as WeCom shows it. */
const agentId = z
  .union([
    z.number().int(),
    z
      .string()
      .trim()
      .regex(/^\d{1,15}$/, ruleTexts.digits.en)
      .transform(Number),
  ])
  .pipe(z.number().int().min(1).max(Number.MAX_SAFE_INTEGER));

const identifier = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, ruleTexts.identifier.en);

const secret = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(/^[\x21-\x7e]+$/, ruleTexts.printable.en);

/** `GET /settings/wecom`: get the WeCom connection and the sync settings. */
export const getWecomSettings = defineEndpoint({
  method: 'get',
  path: '/settings/wecom',
  summary: 'Get the WeCom connection and the sync settings',
  description:
    'Secrets are never part of the answer: `secretSet` says whether one is saved. CorpID and AgentId are null before the first save.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: wecomSettings },
});

/** `PUT /settings/wecom`: save the WeCom connection. */
export const saveWecomSettings = defineEndpoint({
  method: 'put',
  path: '/settings/wecom',
  summary: 'Save the WeCom connection',
  description:
    'A secret that is left out is kept. `version` guards against concurrent changes. Another `corpId` while a directory exists needs `confirmCorpChange: true`.',
  access: ['admin'],
  body: z.strictObject({
    corpId: identifier,
    agentId,
    secret: secret.optional(),
    contactSecret: secret.optional(),
    version: z.number().int().optional(),
    confirmCorpChange: z.boolean().optional(),
  }),
  answer: { status: 200, schema: wecomSettings },
  errors: ['settings.corp_changed', 'settings.version_conflict'],
});

/** `POST /settings/wecom/test`: test the WeCom connection step by step. */
export const testWecomSettings = defineEndpoint({
  method: 'post',
  path: '/settings/wecom/test',
  summary: 'Test the WeCom connection step by step',
  description:
    'Values that are left out come from the saved settings. No setting is saved. A failed check is part of the answer, with the error code of WeCom and a remedy.',
  access: ['admin'],
  body: z.strictObject({
    corpId: identifier.optional(),
    agentId: agentId.optional(),
    secret: secret.optional(),
  }),
  answer: { status: 200, schema: connectionTest },
  errors: ['settings.incomplete', 'settings.secret_unreadable'],
});

/** `PATCH /settings/wecom/sync`: change the sync settings. */
export const saveSyncSettings = defineEndpoint({
  method: 'patch',
  path: '/settings/wecom/sync',
  summary: 'Change the sync settings',
  description:
    'Switches sync and QR sign-in on or off; sets the removal guard, the schedule and the retention. Only the given fields change. `resume: true` restarts a paused schedule.',
  access: ['admin'],
  body: z
    .strictObject({
      enabled: z.boolean().optional(),
      /** `true` needs an enabled authentication provider. */
      qrSignInEnabled: z.boolean().optional(),
      removalGuard: removalGuard.partial().optional(),
      schedule: schedule.optional(),
      timeZone: timeZone.optional(),
      /** Resumes a paused schedule. */
      resume: z.literal(true).optional(),
      retentionDays: z.number().int().min(1).max(3650).optional(),
    })
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: wecomSettings },
  errors: ['settings.incomplete', 'sign_in.unavailable'],
});

import * as z from 'zod';
import { instant, problem } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import { callbackSettings } from './wecom-events.ts';

/** When removals are held for approval: above min(maxCount, max(3, maxPercent % of those present)) in one run or in the last `windowHours`. */
export const removalGuard = z
  .strictObject({
    maxCount: z.number().int().min(0).max(1_000_000),
    maxPercent: z.number().min(0).max(100),
    windowHours: z.number().int().min(1).max(720),
  })
  .meta({ id: 'RemovalGuard' });
export type RemovalGuard = z.infer<typeof removalGuard>;

/** HH:MM, 24 hours. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, ruleTexts.timeOfDay.en);

/** When syncs start by themselves, in the corp's time zone. Weekdays: 1 Monday … 7 Sunday. */
export const schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('off') }),
    z.strictObject({ kind: z.literal('everyHours'), hours: z.number().int().min(1).max(24) }),
    z.strictObject({ kind: z.literal('daily'), at: timeOfDay }),
    z.strictObject({
      kind: z.literal('weekdays'),
      at: timeOfDay,
      weekdays: z
        .array(z.number().int().min(1).max(7))
        .min(1, ruleTexts.someWeekday.en)
        .max(7)
        .refine((days) => new Set(days).size === days.length, ruleTexts.eachWeekdayOnce.en),
    }),
  ])
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof schedule>;

const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false; // Intl takes offsets such as +08:00 as well
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

/** How the schedule stands: what comes next, and why it does not. */
export const scheduleState = z
  .object({
    /** The next few starts; empty when off or paused. */
    nextRunsAt: z.array(instant),
    /** A refusal that only an admin can mend; until the settings change or somebody resumes, nothing starts. */
    paused: z.object({ since: instant, error: problem }).nullable(),
    /** After failures that may pass: no start before this. */
    backOff: z.object({ until: instant, failures: z.number().int(), error: problem }).nullable(),
  })
  .meta({ id: 'ScheduleState' });
export type ScheduleState = z.infer<typeof scheduleState>;

export const connectionCheck = z
  .object({
    id: z.enum(['credentials', 'agent', 'departments', 'members']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    errcode: z.number().int().optional(),
    /** The address that WeCom saw, to be entered as a trusted IP. */
    egressIp: z.string().optional(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'ConnectionCheck' });
export type ConnectionCheck = z.infer<typeof connectionCheck>;

export const connectionTest = z
  .object({
    ok: z.boolean(),
    checks: z.array(connectionCheck),
    agent: z.object({ name: z.string(), visibleDepartmentIds: z.array(z.number().int()) }).optional(),
    fields: z.object({ returned: z.array(z.string()), notReturned: z.array(z.string()) }).optional(),
  })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTest = z.infer<typeof connectionTest>;

export const wecomSettings = z
  .object({
    corpId: z.string().nullable(),
    agentId: z.number().int().nullable(),
    secretSet: z.boolean(),
    secretUpdatedAt: instant.nullable(),
    syncEnabled: z.boolean(),
    /** Whether desktop browsers are offered the QR code: switched on, and an authentication is enabled. */
    qrSignInEnabled: z.boolean(),
    schedule,
    timeZone: z.string(),
    scheduleState,
    /** Days after which the sensitive fields of members who left are erased. */
    retentionDays: z.number().int(),
    removalGuard,
    lastTest: connectionTest.extend({ at: instant }).nullable(),
    callback: callbackSettings,
    version: z.number().int(),
  })
  .meta({ id: 'WecomSettings' });
export type WecomSettings = z.infer<typeof wecomSettings>;

const identifier = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, ruleTexts.identifier.en);
/** WeCom shows it as digits; a JSON number or a string of digits. */
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
const secret = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(/^[\x21-\x7e]+$/, ruleTexts.printable.en);

export const getWecomSettings = defineEndpoint({
  method: 'get',
  path: '/settings/wecom',
  summary: 'The WeCom connection, without its secrets',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: wecomSettings },
});

export const saveWecomSettings = defineEndpoint({
  method: 'put',
  path: '/settings/wecom',
  summary: 'Save the WeCom connection; a secret that is left out is kept',
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

export const testWecomSettings = defineEndpoint({
  method: 'post',
  path: '/settings/wecom/test',
  summary: 'Try the connection step by step; saves no setting',
  access: ['admin'],
  body: z.strictObject({
    corpId: identifier.optional(),
    agentId: agentId.optional(),
    secret: secret.optional(),
  }),
  answer: { status: 200, schema: connectionTest },
  errors: ['settings.incomplete', 'settings.secret_unreadable'],
});

export const saveSyncSettings = defineEndpoint({
  method: 'patch',
  path: '/settings/wecom/sync',
  summary: 'Switch syncing and QR sign-in on or off, set guard, schedule and retention',
  access: ['admin'],
  body: z
    .strictObject({
      enabled: z.boolean().optional(),
      /** True needs an enabled authentication. */
      qrSignInEnabled: z.boolean().optional(),
      removalGuard: removalGuard.partial().optional(),
      schedule: schedule.optional(),
      timeZone: timeZone.optional(),
      /** Lets a paused schedule start again. */
      resume: z.literal(true).optional(),
      retentionDays: z.number().int().min(1).max(3650).optional(),
    })
    .refine((body) => Object.keys(body).length > 0, ruleTexts.someField.en),
  answer: { status: 200, schema: wecomSettings },
  errors: ['settings.incomplete', 'sign_in.unavailable'],
});

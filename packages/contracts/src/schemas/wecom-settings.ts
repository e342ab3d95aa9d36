import * as z from 'zod';
import { instant, problem } from '../common.ts';
import { removalGuardFloor } from '../removal-guard.ts';
import { ruleTexts } from '../rule-texts.ts';
import { callbackSettings } from './wecom-events.ts';

/**
 * Removal guard: removals are held above min(maxCount, max(floor, maxPercent % of those present)), counted
 * over `windowHours`; the floor is {@link removalGuardFloor}.
 */
export const removalGuard = z
  .strictObject({
    maxCount: z.number().int().min(0).max(1_000_000),
    maxPercent: z.number().min(0).max(100),
    windowHours: z.number().int().min(1).max(720),
  })
  .meta({
    id: 'RemovalGuard',
    description: `Removal guard: removals are held above min(maxCount, max(${removalGuardFloor}, maxPercent % of those present)), counted over \`windowHours\`.`,
  });
/** Value of {@link removalGuard}. */
export type RemovalGuard = z.infer<typeof removalGuard>;

/** The removal guard before an admin changes it. */
export const defaultRemovalGuard: RemovalGuard = { maxCount: 50, maxPercent: 5, windowHours: 24 };

/** Days after which the sensitive fields of members who left are erased, before an admin changes it. */
export const defaultRetentionDays = 180;

/** HH:MM, 24 hours. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, ruleTexts.timeOfDay.en);

/** When scheduled runs start, in the configured time zone. Weekdays: 1 Monday … 7 Sunday. */
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
  .meta({
    id: 'Schedule',
    description: 'When scheduled runs start, in the configured time zone. Weekdays: 1 Monday … 7 Sunday.',
  });
/** Value of {@link schedule}. */
export type Schedule = z.infer<typeof schedule>;

/** State of the schedule: the next runs, or why none starts. */
export const scheduleState = z
  .object({
    /** The next few scheduled runs; empty when off or paused. */
    nextRunsAt: z.array(instant),
    /**
     * An error that only an admin can fix: no run starts until the settings change or the schedule is
     * resumed.
     */
    paused: z.object({ since: instant, error: problem }).nullable(),
    /** Back-off after transient failures: no scheduled run before `until`. */
    backOff: z.object({ until: instant, failures: z.number().int(), error: problem }).nullable(),
  })
  .meta({
    id: 'ScheduleState',
    description: 'State of the schedule: the next runs, or why none starts.',
  });
/** Value of {@link scheduleState}. */
export type ScheduleState = z.infer<typeof scheduleState>;

/** Result of one step of a connection test. */
export const connectionCheck = z
  .object({
    id: z.enum(['credentials', 'agent', 'departments', 'members']),
    status: z.enum(['passed', 'failed', 'skipped', 'warning']),
    errcode: z.number().int().optional(),
    /** The source address that WeCom saw, to enter as a trusted IP. */
    egressIp: z.string().optional(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'ConnectionCheck', description: 'Result of one step of a connection test.' });
/** Value of {@link connectionCheck}. */
export type ConnectionCheck = z.infer<typeof connectionCheck>;

/** Result of a connection test. */
export const connectionTest = z
  .object({
    ok: z.boolean(),
    checks: z.array(connectionCheck),
    agent: z.object({ name: z.string(), visibleDepartmentIds: z.array(z.number().int()) }).optional(),
    fields: z.object({ returned: z.array(z.string()), notReturned: z.array(z.string()) }).optional(),
    /** How far the clock of this server is ahead of WeCom's; absent when WeCom did not say. */
    clockAheadSeconds: z.number().int().optional(),
  })
  .meta({ id: 'ConnectionTest', description: 'Result of a connection test.' });
/** Value of {@link connectionTest}. */
export type ConnectionTest = z.infer<typeof connectionTest>;

/** One call to WeCom with the saved credentials: how it went and what it belonged to. */
const wecomCall = z.object({
  at: instant,
  by: z.enum(['test', 'sync', 'event']),
  /** The run that made the call; null for a connection test. */
  runId: z.string().nullable(),
});

/** Whether WeCom answers this server, by the latest calls with the saved credentials. */
export const connectionState = z
  .object({
    lastSuccess: wecomCall.nullable(),
    lastFailure: wecomCall
      .extend({
        title: z.string(),
        detail: z.string(),
        errcode: z.number().int().optional(),
        /** The source address that WeCom saw, to enter as a trusted IP. */
        egressIp: z.string().optional(),
      })
      .nullable(),
  })
  .meta({
    id: 'ConnectionState',
    description: 'Whether WeCom answers this server, by the latest calls with the saved credentials.',
  });
/** Value of {@link connectionState}. */
export type ConnectionState = z.infer<typeof connectionState>;

/** The WeCom connection and the sync settings; secrets are never part of it. */
export const wecomSettings = z
  .object({
    corpId: z.string().nullable(),
    agentId: z.number().int().nullable(),
    secretSet: z.boolean(),
    secretUpdatedAt: instant.nullable(),
    syncEnabled: z.boolean(),
    /**
     * Whether desktop browsers can sign in by QR code: switched on, and an authentication provider is
     * enabled.
     */
    qrSignInEnabled: z.boolean(),
    schedule,
    timeZone: z.string(),
    scheduleState,
    /** Days after which the sensitive fields of members who left are deleted. */
    retentionDays: z.number().int(),
    removalGuard,
    lastTest: connectionTest.extend({ at: instant }).nullable(),
    /** By the latest of tests, syncs and events; `lastTest` has the steps of the latest test only. */
    connection: connectionState,
    callback: callbackSettings,
    version: z.number().int(),
  })
  .meta({
    id: 'WecomSettings',
    description: 'The WeCom connection and the sync settings; secrets are never part of it.',
  });
/** Value of {@link wecomSettings}. */
export type WecomSettings = z.infer<typeof wecomSettings>;

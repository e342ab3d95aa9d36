import * as z from 'zod';
import { instant, problem } from '../common.ts';

/** The two callback URLs: of the app, and of the contact-sync assistant (通讯录同步助手). */
export const callbackSources = ['app', 'contacts'] as const;

/** Which callback URL received an event: that of the app, or that of the contact-sync assistant. */
export const callbackSource = z.enum(callbackSources);
/** Value of {@link callbackSource}. */
export type CallbackSource = z.infer<typeof callbackSource>;

/** A callback URL that WeCom sends events to. Its Token and EncodingAESKey are write-only. */
export const callbackEndpoint = z
  .object({
    /** To enter in the WeCom admin console. */
    url: z.string(),
    configured: z.boolean(),
    /** When WeCom's URL check last passed. */
    verifiedAt: instant.nullable(),
    lastEventAt: instant.nullable(),
    waiting: z.number().int(),
    failed: z.number().int(),
    /** Rejected requests: wrong signature, wrong receiver, undecryptable or malformed. */
    rejected: z.number().int(),
    lastRejectedAt: instant.nullable(),
    /** Error code of the last rejection. */
    lastRejection: z.string().nullable(),
  })
  .meta({
    id: 'CallbackEndpoint',
    description: 'A callback URL that WeCom sends events to. Its Token and EncodingAESKey are write-only.',
  });
/** Value of {@link callbackEndpoint}. */
export type CallbackEndpoint = z.infer<typeof callbackEndpoint>;

/** Both callback URLs and their state. */
export const callbackSettings = z
  .object({
    app: callbackEndpoint,
    contacts: callbackEndpoint,
    /** WeCom suspended the app for inactivity and has not restored it yet. */
    agentWarning: z.object({ event: z.string(), at: instant }).nullable(),
  })
  .meta({ id: 'CallbackSettings', description: 'Both callback URLs and their state.' });
/** Value of {@link callbackSettings}. */
export type CallbackSettings = z.infer<typeof callbackSettings>;

/** All processing statuses of an event. */
export const wecomEventStatuses = ['waiting', 'processed', 'failed', 'ignored'] as const;

/** One event that WeCom sent. */
export const wecomEvent = z
  .object({
    id: z.string(),
    source: callbackSource,
    /** WeCom's Event, e.g. `change_contact`. */
    event: z.string(),
    /** WeCom's ChangeType, e.g. `update_user`. */
    changeType: z.string().nullable(),
    /** The userid or department id that the event is about. */
    object: z.string().nullable(),
    /** The name that the member or department has now; null when it is unknown here. */
    objectName: z.string().nullable(),
    /** The new userid after a rename. */
    newObject: z.string().nullable(),
    status: z.enum(wecomEventStatuses),
    attempts: z.number().int(),
    error: problem.nullable(),
    /** The run that processed the event. */
    runId: z.string().nullable(),
    /** WeCom's CreateTime. */
    occurredAt: instant.nullable(),
    receivedAt: instant,
    processedAt: instant.nullable(),
  })
  .meta({ id: 'WecomEvent', description: 'One event that WeCom sent.' });
/** Value of {@link wecomEvent}. */
export type WecomEvent = z.infer<typeof wecomEvent>;

/** How the events of the last 24 hours went. */
export const eventHealth = z
  .object({
    received: z.number().int(),
    waiting: z.number().int(),
    failed: z.number().int(),
    /** Half of the processed ones were done sooner, counted from when WeCom made them; null when there is none. */
    medianDelayMs: z.number().int().nullable(),
  })
  .meta({ id: 'EventHealth', description: 'How the events of the last 24 hours went.' });
/** Value of {@link eventHealth}. */
export type EventHealth = z.infer<typeof eventHealth>;

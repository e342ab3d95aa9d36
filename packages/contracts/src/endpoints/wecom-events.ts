import * as z from 'zod';
import { instant, pageOf, pageQuery, problem } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';

export const callbackSources = ['app', 'contacts'] as const;
/** Which of the two addresses an event came to: the app's own, or the contact-sync assistant's. */
export const callbackSource = z.enum(callbackSources);
export type CallbackSource = z.infer<typeof callbackSource>;

/** One of the two addresses that WeCom sends events to; its Token and EncodingAESKey are never shown again. */
export const callbackEndpoint = z
  .object({
    /** To be pasted into the WeCom console. */
    url: z.string(),
    configured: z.boolean(),
    /** When WeCom's URL check last passed. */
    verifiedAt: instant.nullable(),
    lastEventAt: instant.nullable(),
    waiting: z.number().int(),
    failed: z.number().int(),
    /** Requests that were refused: wrong signature, wrong receiver, not readable. */
    rejected: z.number().int(),
    lastRejectedAt: instant.nullable(),
    /** Error code of the last refusal. */
    lastRejection: z.string().nullable(),
  })
  .meta({ id: 'CallbackEndpoint' });
export type CallbackEndpoint = z.infer<typeof callbackEndpoint>;

export const callbackSettings = z
  .object({
    app: callbackEndpoint,
    contacts: callbackEndpoint,
    /** WeCom took the app out of use because nobody used it, and has not given it back. */
    agentWarning: z.object({ event: z.string(), at: instant }).nullable(),
  })
  .meta({ id: 'CallbackSettings' });
export type CallbackSettings = z.infer<typeof callbackSettings>;

export const wecomEventStatuses = ['waiting', 'processed', 'failed', 'ignored'] as const;

export const wecomEvent = z
  .object({
    id: z.string(),
    source: callbackSource,
    /** WeCom's Event, e.g. `change_contact`. */
    event: z.string(),
    /** WeCom's ChangeType, e.g. `update_user`. */
    changeType: z.string().nullable(),
    /** Userid or department id that it is about. */
    object: z.string().nullable(),
    /** The userid's new spelling. */
    newObject: z.string().nullable(),
    status: z.enum(wecomEventStatuses),
    attempts: z.number().int(),
    error: problem.nullable(),
    /** The run that took it up. */
    runId: z.string().nullable(),
    /** WeCom's CreateTime. */
    occurredAt: instant.nullable(),
    receivedAt: instant,
    processedAt: instant.nullable(),
  })
  .meta({ id: 'WecomEvent' });
export type WecomEvent = z.infer<typeof wecomEvent>;

const callbackParams = z.object({ source: callbackSource });
const eventParams = z.object({ id: z.uuid() });

export const saveCallback = defineEndpoint({
  method: 'put',
  path: '/settings/wecom/callbacks/:source',
  summary:
    'Set or generate Token and EncodingAESKey of one callback address; generated ones are answered once',
  access: ['admin'],
  params: callbackParams,
  body: z.union([
    z.strictObject({ generate: z.literal(true) }),
    z.strictObject({
      token: z.string().regex(/^[A-Za-z0-9]{1,32}$/, ruleTexts.callbackToken.en),
      encodingAesKey: z.string().regex(/^[A-Za-z0-9]{43}$/, ruleTexts.encodingAesKey.en),
    }),
  ]),
  answer: {
    status: 200,
    schema: callbackEndpoint.extend({
      token: z.string().optional(),
      encodingAesKey: z.string().optional(),
    }),
  },
  errors: ['settings.incomplete'],
});

export const deleteCallback = defineEndpoint({
  method: 'delete',
  path: '/settings/wecom/callbacks/:source',
  summary: 'Take no more events at this address',
  access: ['admin'],
  params: callbackParams,
  answer: { status: 204, schema: null },
  errors: ['settings.incomplete'],
});

export const listWecomEvents = defineEndpoint({
  method: 'get',
  path: '/wecom-events',
  summary: 'Events that WeCom sent, the latest first',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({
    source: callbackSource.optional(),
    status: z.enum(wecomEventStatuses).optional(),
    changeType: z.string().max(64).optional(),
    /** Part of the userid or department id. */
    q: z.string().trim().max(200).optional(),
  }),
  answer: { status: 200, schema: pageOf(wecomEvent) },
});

export const getWecomEvent = defineEndpoint({
  method: 'get',
  path: '/wecom-events/:id',
  summary: 'One event with its decrypted text, sensitive values masked',
  access: ['admin'],
  params: eventParams,
  answer: { status: 200, schema: wecomEvent.extend({ text: z.string() }) },
  errors: ['resource.not_found'],
});

export const replayWecomEvent = defineEndpoint({
  method: 'post',
  path: '/wecom-events/:id/replay',
  summary: 'Take up an event again that failed',
  access: ['admin'],
  params: eventParams,
  answer: { status: 202, schema: wecomEvent },
  errors: ['resource.not_found', 'event.not_replayable'],
});

import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { ruleTexts } from '../rule-texts.ts';
import {
  callbackEndpoint,
  callbackSource,
  eventHealth,
  wecomEvent,
  wecomEventStatuses,
} from '../schemas/wecom-events.ts';

const callbackParams = z.object({ source: callbackSource });

const eventParams = z.object({ id: z.uuid().describe('Id of the event.') });

/** `PUT /settings/wecom/callbacks/:source`: set or generate the keys of a callback URL. */
export const saveCallback = defineEndpoint({
  method: 'put',
  path: '/settings/wecom/callbacks/:source',
  summary: 'Set or generate the keys of a callback URL',
  description:
    'With `generate: true` the server generates Token and EncodingAESKey and answers them once; afterwards neither is shown again.',
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

/** `DELETE /settings/wecom/callbacks/:source`: delete the keys of a callback URL. */
export const deleteCallback = defineEndpoint({
  method: 'delete',
  path: '/settings/wecom/callbacks/:source',
  summary: 'Delete the keys of a callback URL',
  description: 'Events sent to this URL are then rejected.',
  access: ['admin'],
  params: callbackParams,
  answer: { status: 204, schema: null },
  errors: ['settings.incomplete'],
});

/** `GET /wecom-events`: list received WeCom events, newest first. */
export const listWecomEvents = defineEndpoint({
  method: 'get',
  path: '/wecom-events',
  summary: 'List received WeCom events, newest first',
  description: '`q` matches a part of the userid or department id.',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({
    source: callbackSource.optional(),
    status: z.enum(wecomEventStatuses).optional(),
    changeType: z.string().max(64).optional().describe('The ChangeType of WeCom, e.g. `update_user`.'),
    q: z.string().trim().max(200).optional().describe('A part of the userid or department id.'),
  }),
  answer: { status: 200, schema: pageOf(wecomEvent) },
});

/** `GET /wecom-event-health`: tell how the events of the last 24 hours went. */
export const getEventHealth = defineEndpoint({
  method: 'get',
  path: '/wecom-event-health',
  summary: 'Tell how the events of the last 24 hours went',
  description: 'Counts by state, and the median delay between the change in WeCom and its processing.',
  access: ['admin', 'auditor'],
  answer: { status: 200, schema: eventHealth },
});

/** `GET /wecom-events/:id`: get one event with its decrypted content. */
export const getWecomEvent = defineEndpoint({
  method: 'get',
  path: '/wecom-events/:id',
  summary: 'Get one event with its decrypted content',
  description: 'Sensitive values inside the content are masked.',
  access: ['admin'],
  params: eventParams,
  answer: { status: 200, schema: wecomEvent.extend({ text: z.string() }) },
  errors: ['resource.not_found'],
});

/** `POST /wecom-events/:id/replay`: process a failed event again. */
export const replayWecomEvent = defineEndpoint({
  method: 'post',
  path: '/wecom-events/:id/replay',
  summary: 'Process a failed event again',
  description: 'Puts the event back into the queue with its attempts reset.',
  access: ['admin'],
  params: eventParams,
  answer: { status: 202, schema: wecomEvent },
  errors: ['resource.not_found', 'event.not_replayable'],
});

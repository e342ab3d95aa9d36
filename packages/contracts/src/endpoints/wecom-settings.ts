import * as z from 'zod';
import { instant } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

/** When removals are held for approval: above min(maxCount, max(3, maxPercent % of those present)) in one run or in the last `windowHours`. */
export const removalGuard = z
  .strictObject({
    maxCount: z.number().int().min(0).max(1_000_000),
    maxPercent: z.number().min(0).max(100),
    windowHours: z.number().int().min(1).max(720),
  })
  .meta({ id: 'RemovalGuard' });
export type RemovalGuard = z.infer<typeof removalGuard>;

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
    qrSignInEnabled: z.boolean(),
    schedule: z.null(),
    removalGuard,
    lastTest: connectionTest.extend({ at: instant }).nullable(),
    callback: z.null(),
    version: z.number().int(),
  })
  .meta({ id: 'WecomSettings' });
export type WecomSettings = z.infer<typeof wecomSettings>;

const identifier = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, _ and - only');
/** WeCom shows it as digits; a JSON number or a string of digits. */
const agentId = z
  .union([
    z.number().int(),
    z
      .string()
      .trim()
      .regex(/^\d{1,15}$/, 'digits only')
      .transform(Number),
  ])
  .pipe(z.number().int().min(1).max(Number.MAX_SAFE_INTEGER));
const secret = z
  .string()
  .trim()
  .min(1)
  .max(512)
  .regex(/^[\x21-\x7e]+$/, 'printable characters without spaces only');

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
  summary: 'Switch syncing on or off, set the removal guard',
  access: ['admin'],
  body: z
    .strictObject({ enabled: z.boolean().optional(), removalGuard: removalGuard.partial().optional() })
    .refine((body) => Object.keys(body).length > 0, 'at least one field'),
  answer: { status: 200, schema: wecomSettings },
  errors: ['settings.incomplete'],
});

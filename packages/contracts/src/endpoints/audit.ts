import * as z from 'zod';
import { instant, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

export const auditEntry = z
  .object({
    id: z.string(),
    at: instant,
    /** Display name of who did it; null for the system. */
    actor: z.string().nullable(),
    action: z.string(),
    target: z.string().nullable(),
    result: z.enum(['succeeded', 'failed']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAuditEntries = defineEndpoint({
  method: 'get',
  path: '/audit',
  summary: 'Who did what, newest first',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({ action: z.string().max(100).optional() }),
  answer: { status: 200, schema: pageOf(auditEntry) },
});

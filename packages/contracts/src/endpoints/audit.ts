import * as z from 'zod';
import { pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { auditEntry } from '../schemas/audit.ts';

/** `GET /audit`: list the audit log, newest first. */
export const listAuditEntries = defineEndpoint({
  method: 'get',
  path: '/audit',
  summary: 'List the audit log, newest first',
  description: '`action` filters by the exact name of an action.',
  access: ['admin', 'auditor'],
  query: pageQuery.extend({
    action: z.string().max(100).optional().describe('Only this action, e.g. `member.reveal`.'),
  }),
  answer: { status: 200, schema: pageOf(auditEntry) },
});

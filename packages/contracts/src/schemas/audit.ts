import * as z from 'zod';
import { instant } from '../common.ts';

/** One line of the audit log. */
export const auditEntry = z
  .object({
    id: z.string(),
    at: instant,
    /** Display name of the acting user; null for the system. */
    actor: z.string().nullable(),
    action: z.string(),
    target: z.string().nullable(),
    result: z.enum(['succeeded', 'failed']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry', description: 'One line of the audit log.' });
/** Value of {@link auditEntry}. */
export type AuditEntry = z.infer<typeof auditEntry>;

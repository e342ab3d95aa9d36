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
    /** The name of the member that `target` is about; null when it is about something else. */
    targetName: z.string().nullable(),
    result: z.enum(['succeeded', 'failed']),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
    /** The request by which it was done, as `X-Request-Id` and the server's log name it. */
    requestId: z.string().nullable(),
    /** Place in the chain over the log, from 1; null for an entry that is not in it, which should not be. */
    seq: z.number().int().nullable(),
    /** SHA-256 in hex over the entry and all before it; an export shows by it that nothing was changed since. */
    hash: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry', description: 'One line of the audit log.' });
/** Value of {@link auditEntry}. */
export type AuditEntry = z.infer<typeof auditEntry>;

/** What the audit log is filtered by. */
export const auditFilter = {
  actor: z.string().trim().min(1).max(200).optional().describe('Who did it, as the entry names them.'),
  action: z
    .string()
    .max(100)
    .optional()
    .describe('Only this action, e.g. `member.reveal`, or all of a kind, e.g. `member.`.'),
  target: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Whom or what it was done to: an id, or the name of a member.'),
  result: auditEntry.shape.result.optional(),
  since: instant.optional().describe('Not before this instant.'),
  until: instant.optional().describe('Before this instant.'),
};

/** Lists that a client exports by reading their pages. */
export const exportedLists = ['auditEntries', 'syncChanges'] as const;

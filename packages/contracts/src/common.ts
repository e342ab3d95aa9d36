import * as z from 'zod';
import { errorCodes } from './error-codes.ts';

/** Of an instant with all digits that mean something; ISO 8601 allows any number of them. */
const maxInstantLength = 40;
/** ISO 8601, UTC. */
export const instant = z.iso
  .datetime()
  .max(maxInstantLength)
  .meta({ id: 'Instant', description: 'ISO 8601, UTC' });

/** All roles, the most powerful first. */
export const roles = ['admin', 'auditor', 'member'] as const;
/** What a user may do: change everything, read everything, or read their own data. */
export const role = z.enum(roles).meta({
  id: 'Role',
  description: 'What a user may do: change everything, read everything, or read their own data.',
});
/** Value of {@link role}. */
export type Role = z.infer<typeof role>;

/** Numbers in a query are decimal digits only: `Number` would accept 1e2 and 0x10 as well. */
const rejectNonDecimal = (value: unknown): unknown =>
  typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value) ? Number.NaN : value;

/** Query of every list: at most 200 items per page, 50 by default. */
export const pageQuery = z.object({
  limit: z
    .preprocess(rejectNonDecimal, z.coerce.number().int().min(1).max(200).default(50))
    .describe('Items per page.'),
  /** Holds a sort value: the pinyin of a long name has hundreds of letters. */
  cursor: z.string().min(1).max(2000).optional().describe('`nextCursor` of the previous page.'),
});

/** One page; `nextCursor` is null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A WeCom department id: a positive integer, a JSON number. */
export const departmentId = z.preprocess(
  rejectNonDecimal,
  z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
);

/** RFC 9457 problem, the body of every error. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    wecom: z
      .object({ errcode: z.number().int(), errmsg: z.string(), egressIp: z.string().optional() })
      .optional(),
    /** The active run, on `sync.already_running`. */
    runId: z.string().optional(),
    /** Rows that a later run changed as well, on `undo.conflict`. */
    conflicts: z
      .array(
        z.object({
          entity: z.string(),
          key: z.string(),
          name: z.string(),
          /** As WeCom spells it, of a member or a membership; null for a department. */
          wecomUserId: z.string().nullish(),
          runId: z.string(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem, the body of every error.' });
/** Value of {@link problem}. */
export type Problem = z.infer<typeof problem>;

import * as z from 'zod';
import { errorCodes } from './error-codes.ts';

/** ISO 8601, UTC. */
export const instant = z.iso.datetime().meta({ id: 'Instant', description: 'ISO 8601, UTC' });

export const roles = ['admin', 'auditor', 'member'] as const;
/** What a signed-in person may do: change everything, read everything, or see themselves. */
export const role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

/** A number in a query is written in digits: `Number` would take 1e2 and 0x10 as well. */
const refuseOddNumerals = (given: unknown): unknown =>
  typeof given === 'string' && !/^-?\d+(\.\d+)?$/.test(given) ? Number.NaN : given;

/** Query of every list: at most 200 items a page, 50 unless told. */
export const pageQuery = z.object({
  limit: z.preprocess(refuseOddNumerals, z.coerce.number().int().min(1).max(200).default(50)),
  /** Holds the sort value of a row: the pinyin of a long name is several hundred letters. */
  cursor: z.string().min(1).max(2000).optional(),
});

/** One page; `nextCursor` is null on the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A WeCom department id: a positive integer, a JSON number. */
export const departmentId = z.preprocess(
  refuseOddNumerals,
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
    /** The run that is in the way, on `sync.already_running`. */
    runId: z.string().optional(),
    /** Rows that a later run changed as well, on `undo.conflict`. */
    conflicts: z
      .array(z.object({ entity: z.string(), key: z.string(), name: z.string(), runId: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

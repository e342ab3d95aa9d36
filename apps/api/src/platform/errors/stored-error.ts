import { errorCodes, type Problem, problem } from '@orgmirror/contracts';
import * as z from 'zod';
import type { Prisma } from '../database/generated/client.ts';
import { AppError } from './app-error.ts';

const texts = z.record(z.string(), z.string());
const storedError = z.object({
  code: z.enum(errorCodes),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  localised: z.object({ zh: texts, en: texts }).optional(),
  conflicts: problem.shape.conflicts,
  wecom: z.object({ errcode: z.number(), errmsg: z.string(), egressIp: z.string().optional() }).optional(),
});

/** What a run's row keeps of its error: enough to word it again in either language, and nothing secret. */
export function storeRunError({ code, details }: AppError): Prisma.InputJsonObject {
  const { values, localised, wecom, conflicts } = details;
  return {
    code,
    ...(values && { values }),
    ...(localised && { localised }),
    ...(wecom && { wecom }),
    ...(conflicts && { conflicts }),
  };
}

/** The error that was stored; null when there is none. */
export function readStoredError(stored: Prisma.JsonValue): AppError | null {
  if (stored === null) return null;
  const { code, values, localised, wecom, conflicts } = storedError.parse(stored);
  return new AppError(code, {
    ...(values && { values }),
    ...(localised && { localised }),
    ...(conflicts && { conflicts }),
    ...(wecom && { wecom: wecom as NonNullable<Problem['wecom']> }), // zod says `egressIp?: string | undefined`
  });
}

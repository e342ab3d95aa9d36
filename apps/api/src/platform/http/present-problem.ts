import { errorTable, type Problem } from '@orgmirror/contracts';
import type { AppError } from '../errors/app-error.ts';
import type { Locale } from './locale.ts';

/** The RFC 9457 body of an error, in the reader's language. */
export function presentProblem(error: AppError, locale: Locale, requestId: string): Problem {
  const { code, details } = error;
  const entry = errorTable[code];
  const { title, detail } = details.wording?.[locale] ?? entry[locale];
  const values = { ...details.values, ...details.localised?.[locale] };
  return {
    type: `urn:orgmirror:error:${code}`,
    title,
    status: entry.status,
    detail: detail.replaceAll(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark)).trim(),
    code,
    requestId,
    ...(details.errors && {
      errors: details.errors.map(({ path, message }) => ({
        path,
        message: typeof message === 'string' ? message : message[locale],
      })),
    }),
    ...(details.wecom && { wecom: details.wecom }),
    ...(details.runId !== undefined && { runId: details.runId }),
    ...(details.conflicts && { conflicts: details.conflicts }),
  };
}

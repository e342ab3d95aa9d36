import 'pino-http'; // adds `log` and `id` to requests
import { STATUS_CODES } from 'node:http';
import { type ErrorCode, ruleTexts } from '@orgmirror/contracts';
import type { ErrorRequestHandler, Request } from 'express';
import { z } from 'zod';
import { logFailure } from '../database/log-failure.ts';
import { AppError } from '../errors/app-error.ts';
import { classifyError } from '../errors/classify-error.ts';
import { readLocale } from './locale.ts';
import { presentProblem } from './present-problem.ts';

/**
 * Answers every error as problem+json; an unexpected one is logged with its stack and answered without it.
 */
export const handleError: ErrorRequestHandler = (thrown, req, res, next) => {
  const error = classifyParserError(thrown) ?? classifyError(thrown);
  const problem = presentProblem(error, readLocale(req), requestIdOf(req));
  if (problem.status >= 500 && !passing.has(error.code))
    logFailure(req.log, thrown, STATUS_CODES[problem.status] ?? '', { level: 'error', code: error.code });
  if (res.headersSent) {
    next(thrown); // a stream has begun: Express cuts the connection
    return;
  }
  const { retryAfterSeconds, allow } = error.details;
  if (retryAfterSeconds !== undefined) res.set('Retry-After', String(retryAfterSeconds));
  if (allow !== undefined) res.set('Allow', allow.join(', '));
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
};

/** What is told once a start or a stop, not with every request that comes meanwhile. */
const passing = new Set<ErrorCode>(['server.starting', 'server.stopping']);

/** The number that ties an answer to the server's log. */
const requestIdOf = (req: Request): string => String(req.id);

/** What Express and its body parser throw at junk, see http-errors. */
const parserError = z.object({
  status: z.number().min(400).max(499),
  type: z.string().optional(),
  code: z.string().optional(),
});

/** Gives what the body parser threw a code of the contract; undefined when it was something else. */
export function classifyParserError(thrown: unknown): AppError | undefined {
  const parsed = parserError.safeParse(thrown);
  if (!parsed.success) return undefined;
  const { status, type, code } = parsed.data;
  if (status === 413) return new AppError('request.too_large', { cause: thrown });
  if (status === 415) return new AppError('request.unsupported_media_type', { cause: thrown });
  if (status === 404) return new AppError('request.not_found', { cause: thrown });
  // The body parser names a type, and unpacking a code such as Z_DATA_ERROR; the rest is about the path or a
  // header.
  if (type !== undefined || code !== undefined) return new AppError('request.malformed', { cause: thrown });
  const errors = [{ path: '', message: ruleTexts.readable }];
  return new AppError('request.invalid', { cause: thrown, errors });
}

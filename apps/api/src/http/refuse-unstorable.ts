import type { RequestHandler } from 'express';
import { AppError } from '../app-error.ts';

/** Refuses texts that Postgres cannot store: NUL. Checked once here, so that no schema can forget it. */
export const refuseUnstorable: RequestHandler = (req, _res, next) => {
  const places = [req.path, JSON.stringify(req.query), JSON.stringify(req.body ?? null)];
  if (places.some((text) => /\0|\\u0000|%00/.test(text)))
    throw new AppError('request.invalid', {
      errors: [{ path: '', message: 'NUL characters are not allowed' }],
    });
  next();
};

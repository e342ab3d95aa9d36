import { ruleTexts } from '@orgmirror/contracts';
import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.ts';
import { containsNul } from './contains-nul.ts';

/** Refuses texts that Postgres cannot store: NUL. Checked once here rather than in every schema. */
export const rejectNulBytes: RequestHandler = (req, _res, next) => {
  if (req.path.includes('%00') || containsNul(req.query) || containsNul(req.body))
    throw new AppError('request.invalid', {
      errors: [{ path: '', message: ruleTexts.noNul }],
    });
  next();
};

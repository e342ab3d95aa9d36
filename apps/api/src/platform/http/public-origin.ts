import { ruleTexts } from '@orgmirror/contracts';
import type { Request } from 'express';
import { AppError } from '../errors/app-error.ts';

/**
 * The origin under which browsers reach this server: PUBLIC_URL, else the one that the request itself names.
 * @throws AppError `request.invalid` when its Host header is no host
 */
export function getPublicOrigin(req: Request): string {
  const { publicUrl } = req.app.locals as { publicUrl?: string }; // set in app.ts
  if (publicUrl !== undefined) return publicUrl;
  const own = `${req.protocol}://${req.get('host') ?? ''}`;
  const url = URL.parse(own);
  if (url === null || url.href !== `${url.origin}/`)
    throw new AppError('request.invalid', { errors: [{ path: 'host', message: ruleTexts.host }] });
  return url.origin;
}

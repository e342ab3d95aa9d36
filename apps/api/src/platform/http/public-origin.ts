import { ruleTexts } from '@orgmirror/contracts';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../errors/app-error.ts';

/**
 * The origin under which browsers reach this server: PUBLIC_URL, else the one that the request itself names.
 * @throws AppError `request.invalid` when its Host header is no host
 */
export function getPublicOrigin(req: Request): string {
  const { publicUrl } = req.app.locals as { publicUrl?: string }; // set in app.ts
  return publicUrl ?? parseHost(`${req.protocol}://`, req.get('host') ?? '');
}

/**
 * Refuses a Host header that is no host, for everything behind it that makes an address of it; none at all
 * may pass.
 */
export const refuseBadHost: RequestHandler = (req, _res, next) => {
  const host = req.get('host');
  if (host !== undefined) parseHost('http://', host);
  next();
};

function parseHost(scheme: string, host: string): string {
  const url = URL.parse(`${scheme}${host}`);
  if (url === null || url.href !== `${url.origin}/`)
    throw new AppError('request.invalid', { errors: [{ path: 'host', message: ruleTexts.host }] });
  return url.origin;
}

import type { RequestHandler } from 'express';
import { AppError } from '../errors/app-error.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a state-changing request whose browser says that another site made it (fetch metadata, else
 * Origin). A client that sends neither header is no browser, and carries no cookie that it was not given.
 */
export function csrfProtection(publicUrl: string | undefined): RequestHandler {
  return (req, _res, next) => {
    if (safeMethods.has(req.method)) return next();
    const site = req.get('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new AppError('request.cross_site');
    const origin = req.get('origin');
    if (origin !== undefined && !isOwnOrigin(origin, req.get('host'), publicUrl))
      throw new AppError('request.cross_site');
    next();
  };
}

function isOwnOrigin(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false; // "null" of a sandboxed page
  const given = new URL(origin);
  return (
    given.host === host?.toLowerCase() ||
    (publicUrl !== undefined && given.origin === new URL(publicUrl).origin)
  );
}

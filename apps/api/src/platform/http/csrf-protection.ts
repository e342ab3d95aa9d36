import { isIP } from 'node:net';
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
  if (publicUrl !== undefined && given.origin === new URL(publicUrl).origin) return true;
  if (given.host !== host?.toLowerCase()) return false;
  // Any site can make its own name lead to this server. Where the public name is known, no other is ours.
  return publicUrl === undefined || isAddress(given.hostname);
}

/** An address, or this machine: nobody else's name leads here. */
const isAddress = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.startsWith('[') || isIP(hostname) !== 0;

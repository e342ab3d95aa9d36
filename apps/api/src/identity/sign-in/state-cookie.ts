import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { writeCookie } from '../../platform/http/write-cookie.ts';

const prefix = 'orgmirror_sign_in_';
/** What a browser sends may have any name, also one that no cookie can be given. */
const ownName = /^orgmirror_sign_in_[0-9a-f]{8}$/;
/** Only where sign-ins begin and end. */
const path = '/api/v1/sign-in';
/** Sign-ins that one browser can have under way at once. */
const maxConcurrentSignIns = 20;

/**
 * Binds a sign-in to the browser that begins it. Each has a cookie of its own: two tabs that begin at the
 * same moment do not take it from each other.
 */
export function setStateCookie(
  req: Request,
  res: Response,
  {
    state,
    browserBinding,
    lifetimeSeconds,
  }: { state: string; browserBinding: string; lifetimeSeconds: number },
): void {
  // Browsers send the oldest first (RFC 6265, 5.4).
  const others = Object.keys(readCookies(req)).filter((name) => ownName.test(name));
  for (const name of others.slice(0, Math.max(0, others.length - maxConcurrentSignIns + 1)))
    writeCookie(req, res, { name, value: '', path, maxAgeSeconds: 0 });
  writeCookie(req, res, { name: nameOf(state), value: browserBinding, path, maxAgeSeconds: lifetimeSeconds });
}

/** What this browser holds for a state; undefined when it did not begin that sign-in. */
export const readBrowserBinding = (req: Request, state: string): string | undefined =>
  readCookies(req)[nameOf(state)] || undefined;

const readCookies = (req: Request) => parseCookie(req.get('cookie') ?? '');

/** The state itself is a secret of the sign-in: a part of it tells the cookies apart. */
const nameOf = (state: string): string => `${prefix}${state.slice(0, 8)}`;

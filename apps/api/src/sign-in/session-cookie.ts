import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, RequestHandler, Response } from 'express';
import { absoluteMs, type SessionService } from './session-service.ts';
import './session.ts';

const cookieName = 'orgmirror_session';

export function setSessionCookie(req: Request, res: Response, token: string): void {
  writeCookie(req, res, token, absoluteMs / 1000);
}

export function clearSessionCookie(req: Request, res: Response): void {
  writeCookie(req, res, '', 0);
}

/** Finds out who calls, for every route after it. */
export function readSession(sessions: SessionService): RequestHandler {
  return async (req, _res, next) => {
    const token = parseCookie(req.get('cookie') ?? '')[cookieName];
    const signedIn = token ? await sessions.find(token) : undefined;
    if (signedIn) req.signedIn = signedIn;
    next();
  };
}

function writeCookie(req: Request, res: Response, value: string, maxAge: number): void {
  const { publicUrl } = req.app.locals as { publicUrl?: string }; // set in app.ts
  const secure = req.secure || (publicUrl?.startsWith('https:') ?? false);
  res.append(
    'Set-Cookie',
    stringifySetCookie({
      name: cookieName,
      value,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      maxAge,
    }),
  );
}

import { parseCookie } from 'cookie';
import type { Request, RequestHandler, Response } from 'express';
import { writeCookie } from '../../platform/http/write-cookie.ts';
import { type SessionService, sessionTtlMs } from './session-service.ts';
import './session.ts';

const name = 'orgmirror_session';

export function setSessionCookie(req: Request, res: Response, token: string): void {
  writeCookie(req, res, { name, value: token, path: '/', maxAgeSeconds: sessionTtlMs / 1000 });
}

export function clearSessionCookie(req: Request, res: Response): void {
  writeCookie(req, res, { name, value: '', path: '/', maxAgeSeconds: 0 });
}

/** Finds out who calls, for every route after it. */
export function readSession(sessions: SessionService): RequestHandler {
  return async (req, _res, next) => {
    const token = parseCookie(req.get('cookie') ?? '')[name];
    const signedIn = token ? await sessions.find(token) : undefined;
    if (signedIn) req.signedIn = signedIn;
    next();
  };
}

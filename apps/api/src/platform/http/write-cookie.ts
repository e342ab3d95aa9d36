import { stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/**
 * Sets a cookie that scripts cannot read and other sites cannot send along; for HTTPS only where the console
 * is.
 */
export function writeCookie(
  req: Request,
  res: Response,
  cookie: { name: string; value: string; path: string; maxAgeSeconds: number },
): void {
  const { publicUrl } = req.app.locals as { publicUrl?: string }; // set in app.ts
  const { name, value, path, maxAgeSeconds: maxAge } = cookie;
  const secure = req.secure || (publicUrl?.startsWith('https:') ?? false);
  res.append(
    'Set-Cookie',
    stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', path, secure, maxAge }),
  );
}

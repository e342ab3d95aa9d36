import { createSecretKey, randomUUID } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import * as z from 'zod';
import { writeCookie } from '../../platform/http/write-cookie.ts';
import type { SecretBox } from '../../platform/secret-box.ts';

const name = 'orgmirror_device';
const path = '/api/v1';
const lifetimeSeconds = 400 * 24 * 3600; // browsers keep no cookie longer
const payload = z.object({ sub: z.string(), jti: z.uuid() });

/** A browser in which somebody has signed in before. */
export interface KnownDevice {
  id: string;
  /** Whose it is: what `ownerOfAccount` gives, or 'member'. */
  owner: string;
}

/** Remembers browsers by a signed cookie: the guesses of others do not stop them. It lets nobody in. */
export interface KnownDevices {
  /** The browser of this request; undefined when nobody has signed in in it. */
  read(req: Request): KnownDevice | undefined;
  /** Notes that an account's owner, or without one a member, has signed in in this browser. */
  remember(req: Request, res: Response, owner?: string): void;
  /** The owner of a username, which the cookie does not tell. */
  ownerOfAccount(usernameKey: string): string;
}

export function createKnownDevices(secretBox: SecretBox): KnownDevices {
  const key = createSecretKey(secretBox.deriveKey('device'));
  const read = (req: Request) => readDevice(parseCookie(req.get('cookie') ?? '')[name] ?? '', key);
  return {
    read,
    remember: (req, res, owner) => {
      const known = read(req);
      // A member has no password that others could guess: the browser stays the account's.
      const subject = owner ?? known?.owner ?? 'member';
      const jwtid = known?.owner === subject ? known.id : randomUUID();
      const claims = { subject, jwtid, expiresIn: lifetimeSeconds };
      const value = jwt.sign({}, key, { algorithm: 'HS256', ...claims });
      writeCookie(req, res, { name, value, path, maxAgeSeconds: lifetimeSeconds });
    },
    ownerOfAccount: (usernameKey) => secretBox.digest(usernameKey, 'device-account'),
  };
}

function readDevice(token: string, key: ReturnType<typeof createSecretKey>): KnownDevice | undefined {
  try {
    const { sub: owner, jti: id } = payload.parse(jwt.verify(token, key, { algorithms: ['HS256'] }));
    return { id, owner };
  } catch (error) {
    const refusals = [jwt.JsonWebTokenError, z.ZodError, SyntaxError];
    if (refusals.some((refusal) => error instanceof refusal)) return undefined; // not ours, or expired
    throw error;
  }
}

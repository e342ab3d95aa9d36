import type { SignedInUser } from '@orgmirror/contracts';
import jwt from 'jsonwebtoken';
import * as z from 'zod';
import type { Now } from '../clock.ts';
import type { PrismaClient, User } from '../database/generated/client.ts';
import type { SignedIn } from './session.ts';

const hourMs = 3_600_000;
/** A session ends when unused for this long … */
const idleMs = 12 * hourMs;
/** … and at the latest this long after sign-in. */
export const absoluteMs = 7 * 24 * hourMs;
/** How often a session in use writes down that it is. */
const touchEveryMs = 60_000;

const tokenPayload = z.object({ sid: z.uuid() });

export interface SessionService {
  /** Starts a session; the token goes into the cookie. */
  start(user: User, origin: { ip: string | null; userAgent: string | undefined }): Promise<string>;
  /** Who the token speaks for; undefined when it is not ours, ended or expired. */
  find(token: string): Promise<SignedIn | undefined>;
  end(sessionId: string): Promise<void>;
}

/** Sessions of local accounts: a signed token in a cookie that names a row, so that each can be ended at once. */
export function createSessionService({
  prisma,
  signingKey,
  now,
}: {
  prisma: PrismaClient;
  signingKey: Buffer;
  now: Now;
}): SessionService {
  return {
    start: async (user, { ip, userAgent }) => {
      const at = now();
      const { id } = await prisma.session.create({
        data: {
          userId: user.id,
          createdAt: at,
          lastSeenAt: at,
          expiresAt: new Date(at.getTime() + absoluteMs),
          ip,
          userAgent: userAgent?.slice(0, 500) ?? null,
        },
      });
      return jwt.sign({ sid: id }, signingKey, { algorithm: 'HS256', expiresIn: absoluteMs / 1000 });
    },
    find: async (token) => {
      const sessionId = readToken(token, signingKey);
      if (sessionId === undefined) return undefined;
      const row = await prisma.session.findUnique({ where: { id: sessionId }, include: { user: true } });
      const at = now();
      if (
        row === null ||
        row.user === null ||
        row.expiresAt <= at ||
        row.lastSeenAt.getTime() + idleMs <= at.getTime()
      )
        return undefined;
      if (row.lastSeenAt.getTime() + touchEveryMs <= at.getTime())
        await prisma.session.updateMany({ where: { id: row.id }, data: { lastSeenAt: at } });
      return { sessionId: row.id, user: presentSignedInUser(row.user) };
    },
    end: async (sessionId) => {
      await prisma.session.deleteMany({ where: { id: sessionId } });
    },
  };
}

export function presentSignedInUser(user: User): SignedInUser {
  return { id: user.id, displayName: user.username, role: user.role, kind: 'local' };
}

function readToken(token: string, signingKey: Buffer): string | undefined {
  try {
    return tokenPayload.parse(jwt.verify(token, signingKey, { algorithms: ['HS256'] })).sid;
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError || error instanceof z.ZodError) return undefined; // not ours, or expired
    throw error;
  }
}

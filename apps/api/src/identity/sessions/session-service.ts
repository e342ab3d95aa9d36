import type { KeyObject } from 'node:crypto';
import type { SignedInUser } from '@orgmirror/contracts';
import jwt from 'jsonwebtoken';
import * as z from 'zod';
import type { Now } from '../../platform/clock.ts';
import { findDatabaseTrouble } from '../../platform/database/database-trouble.ts';
import type { Member, PrismaClient, User } from '../../platform/database/generated/client.ts';
import type { SignedIn } from '../../platform/http/signed-in.ts';
import { checkConsoleAccess } from './check-console-access.ts';
import {
  deleteSessions,
  type FoundSession,
  findSession,
  listSessions,
  type SessionOwner,
  type SessionPage,
} from './session-repository.ts';

const hourMs = 3_600_000;
/** A session ends when unused for this long … */
const idleTimeoutMs = 12 * hourMs;
/** … and at the latest this long after sign-in. */
export const sessionTtlMs = 7 * 24 * hourMs;
/** Last used later than this from now: it began by a clock that was ahead, and would live on too long. */
const futureToleranceMs = 24 * hourMs;
/** How often the last use of a session is recorded. */
const touchIntervalMs = 60_000;

const tokenPayload = z.object({ sid: z.uuid() });

/** A session and the token that goes into its cookie. */
export interface StartedSession {
  sessionId: string;
  token: string;
}

/** A client, or the transaction in which the change's audit entry is written. */
type SessionExecutor = Pick<PrismaClient, 'session'>;

export interface SessionService {
  start(
    transaction: SessionExecutor,
    owner: SessionOwner,
    origin: { ip: string | null; userAgent: string | undefined },
  ): Promise<StartedSession>;
  /** Signing in again in the same browser keeps the session; it counts from now. */
  renew(transaction: SessionExecutor, sessionId: string): Promise<StartedSession>;
  /** Another token for a session that goes on; undefined when it has ended. */
  reissue(sessionId: string): Promise<StartedSession | undefined>;
  /**
   * Who the token speaks for; undefined when it is not ours, ended or expired, or when the member may no
   * longer.
   */
  find(token: string): Promise<SignedIn | undefined>;
  /** Whether the session goes on; asking is no use of it. */
  isLive(sessionId: string): Promise<boolean>;
  end(transaction: SessionExecutor, sessionId: string): Promise<void>;
  /** A person's sessions, the latest sign-in first, one more than the page holds if there are. */
  list(owner: SessionOwner, page: SessionPage): ReturnType<typeof listSessions>;
  /** Ends one of a person's sessions, all but one, or all. @returns how many */
  endOf(
    transaction: SessionExecutor,
    owner: SessionOwner,
    which?: { id?: string; exceptId?: string },
  ): Promise<number>;
}

/** Sessions: a signed token in a cookie that names a row, so that each can be ended at once. */
export function createSessionService({
  prisma,
  signingKey,
  verificationKeys,
  now,
}: {
  prisma: PrismaClient;
  signingKey: KeyObject;
  /** What tokens may be signed with: the signing key, and the one before it while APP_SECRET is changed. */
  verificationKeys: readonly KeyObject[];
  now: Now;
}): SessionService {
  const open = (sessionId: string): StartedSession => ({
    sessionId,
    token: jwt.sign({ sid: sessionId }, signingKey, {
      algorithm: 'HS256',
      expiresIn: sessionTtlMs / 1000,
    }),
  });
  const findLive = (sessionId: string) => findLiveSession(prisma, sessionId, now());
  return {
    start: async (transaction, owner, { ip, userAgent }) => {
      const times = startAt(now());
      const data = { ...owner, ...times, ip, userAgent: userAgent?.slice(0, 500) ?? null };
      return open((await transaction.session.create({ data: { ...data, createdAt: times.lastSeenAt } })).id);
    },
    renew: async (transaction, sessionId) => {
      await transaction.session.updateMany({ where: { id: sessionId }, data: startAt(now()) });
      return open(sessionId);
    },
    reissue: async (sessionId) => ((await findLive(sessionId)) ? open(sessionId) : undefined),
    find: async (token) => {
      const sessionId = readToken(token, verificationKeys);
      const row = sessionId === undefined ? undefined : await findLive(sessionId);
      if (row === undefined) return undefined;
      const at = now();
      if (row.lastSeenAt.getTime() + touchIntervalMs <= at.getTime())
        await writeIfPossible(() =>
          prisma.session.updateMany({ where: { id: row.id }, data: { lastSeenAt: at } }),
        );
      const user = presentOwner(row);
      return user && { sessionId: row.id, user };
    },
    isLive: async (sessionId) => (await findLive(sessionId)) !== undefined,
    end: async (transaction, sessionId) => {
      await transaction.session.deleteMany({ where: { id: sessionId } });
    },
    list: (owner, page) => {
      const at = now();
      return listSessions(prisma, owner, { at, usedAfter: new Date(at.getTime() - idleTimeoutMs) }, page);
    },
    endOf: (transaction, owner, which) => deleteSessions(transaction, owner, which),
  };
}

const startAt = (at: Date) => ({ lastSeenAt: at, expiresAt: new Date(at.getTime() + sessionTtlMs) });

/** A member who may no longer use the console loses the session for good, also if they may again later. */
async function findLiveSession(
  prisma: PrismaClient,
  sessionId: string,
  at: Date,
): Promise<FoundSession | undefined> {
  const row = await findSession(prisma, sessionId);
  const isFromTheFuture = row !== null && row.lastSeenAt.getTime() > at.getTime() + futureToleranceMs;
  if (
    row === null ||
    isFromTheFuture ||
    row.expiresAt <= at ||
    row.lastSeenAt.getTime() + idleTimeoutMs <= at.getTime()
  )
    return undefined;
  const { member } = row;
  if (member === null || (member.ofThisCorp && checkConsoleAccess(member) === undefined)) return row;
  await writeIfPossible(() => prisma.session.deleteMany({ where: { id: sessionId } }));
  return undefined;
}

/**
 * A request that only reads is served by a database that takes no writes: the next one notes what this one
 * could not.
 */
async function writeIfPossible(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const trouble = findDatabaseTrouble(error);
    if (trouble !== 'database.read_only' && trouble !== 'database.full') throw error;
  }
}

function presentOwner({ account, member }: FoundSession): SignedInUser | undefined {
  if (member !== null) return presentSignedInMember(member);
  return account === null ? undefined : presentSignedInUser(account);
}

export function presentSignedInUser({
  id,
  username,
  role,
}: Pick<User, 'id' | 'username' | 'role'>): SignedInUser {
  return { id, displayName: username, role, kind: 'local' };
}

export const presentSignedInMember = ({
  id,
  name,
  role,
  userId,
}: Pick<Member, 'id' | 'name' | 'role' | 'userId'>): SignedInUser => ({
  id: String(id),
  displayName: name,
  role,
  kind: 'member',
  wecomUserId: userId,
});

/**
 * The library parses header and payload before it checks the signature: a SyntaxError is the sender's as
 * well.
 */
function readTokenOf(token: string, key: KeyObject): string | undefined {
  try {
    return tokenPayload.parse(jwt.verify(token, key, { algorithms: ['HS256'] })).sid;
  } catch (error) {
    const refusals = [jwt.JsonWebTokenError, z.ZodError, SyntaxError];
    if (refusals.some((refusal) => error instanceof refusal)) return undefined; // not ours, or expired
    throw error;
  }
}

function readToken(token: string, keys: readonly KeyObject[]): string | undefined {
  for (const key of keys) {
    const sessionId = readTokenOf(token, key);
    if (sessionId !== undefined) return sessionId;
  }
  return undefined;
}

/** Deletes sessions that have ended. */
export async function purgeEndedSessions({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  const at = now();
  const idleSince = new Date(at.getTime() - idleTimeoutMs);
  await prisma.session.deleteMany({
    where: { OR: [{ expiresAt: { lte: at } }, { lastSeenAt: { lte: idleSince } }] },
  });
}

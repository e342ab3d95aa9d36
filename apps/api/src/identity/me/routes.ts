import { endpoints, type SessionSummary, type SignedInUser } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { RecordAudit } from '../../audit/record-audit.ts';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient, Session } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../../platform/http/cursor.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { revokeConsent } from '../consent/revoke-consent.ts';
import { ownerOf } from '../sessions/session.ts';
import { clearSessionCookie } from '../sessions/session-cookie.ts';
import type { SessionService } from '../sessions/session-service.ts';
import { changePassword } from '../sign-in/change-password.ts';
import type { SignInThrottle } from '../sign-in/sign-in-throttle.ts';
import { readProfile } from './read-profile.ts';

export interface MeDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  sessions: SessionService;
  throttle: SignInThrottle;
  recordAudit: RecordAudit;
  now: Now;
}

const list = '/me/sessions';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

/** The page of the signed-in user: who they are, where they are signed in, what they gave. */
export function registerMeRoutes(router: Router, dependencies: MeDependencies): void {
  mountEndpoint(router, endpoints.getMe, async ({ session }) => readProfile(dependencies, session.user));
  registerSessionRoutes(router, dependencies);
  registerConsentRoutes(router, dependencies);
  registerPasswordRoute(router, dependencies);
}

function registerSessionRoutes(router: Router, { sessions, recordAudit }: MeDependencies): void {
  mountEndpoint(router, endpoints.listMySessions, async ({ query: { limit, cursor }, session }) => {
    const after = decodeCursor(list, cursor, cursorSchema);
    const rows = await sessions.list(ownerOf(session.user), { limit, after });
    return cutPage(
      rows,
      { list, limit },
      ({ createdAt, id }) => [createdAt.toISOString(), id],
      (row) => presentSession(row, session.sessionId),
    );
  });

  mountEndpoint(router, endpoints.endMySession, async ({ params: { id }, session, ip, req, res }) => {
    if ((await sessions.endOf(ownerOf(session.user), { id })) === 0) throw new AppError('resource.not_found');
    if (id === session.sessionId) clearSessionCookie(req, res);
    await recordAudit({ session, ip }, { action: 'session.end' });
  });

  mountEndpoint(router, endpoints.endMySessions, async ({ session, ip, req, res }) => {
    const ended = await sessions.endOf(ownerOf(session.user));
    clearSessionCookie(req, res);
    await recordAudit({ session, ip }, { action: 'session.end_all', after: { sessions: ended } });
  });
}

function registerConsentRoutes(router: Router, dependencies: MeDependencies): void {
  const { recordAudit } = dependencies;

  mountEndpoint(router, endpoints.declineConsent, async ({ session, ip }) => {
    const erased = await revokeConsent(dependencies, requireMember(session.user), 'declined');
    await recordAudit({ session, ip }, { action: 'authorisation.decline', after: { erased } });
  });

  mountEndpoint(router, endpoints.withdrawConsent, async ({ session, ip }) => {
    const erased = await revokeConsent(dependencies, requireMember(session.user), 'withdrawn');
    await recordAudit({ session, ip }, { action: 'authorisation.withdraw', after: { erased } });
  });
}

function registerPasswordRoute(router: Router, dependencies: MeDependencies): void {
  mountEndpoint(router, endpoints.changeMyPassword, async ({ body, session, ip }) => {
    const { user, sessionId } = session;
    if (user.kind !== 'local') throw new AppError('resource.not_found');
    const audit = (result: 'succeeded' | 'failed') =>
      dependencies.recordAudit({ session, ip }, { action: 'password.change', result });
    try {
      await changePassword(dependencies, { userId: user.id, sessionId, ip }, body);
    } catch (error) {
      if (error instanceof AppError) await audit('failed');
      throw error;
    }
    await audit('succeeded');
  });
}

/** @throws AppError `resource.not_found` for a local account, which has nothing to authorise */
function requireMember({ kind, id }: SignedInUser): number {
  if (kind !== 'member') throw new AppError('resource.not_found');
  return Number(id);
}

const presentSession = (row: Session, currentId: string): SessionSummary => ({
  id: row.id,
  current: row.id === currentId,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  ip: row.ip,
  userAgent: row.userAgent,
});

import { endpoints, type SessionSummary, type SignedInUser } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { RecordAttempt } from '../../audit/record-attempt.ts';
import { recordAudit, recordWithoutChange } from '../../audit/record-audit.ts';
import { revealField } from '../../directory/sensitive/reveal-field.ts';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient, Session } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
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
import { readPreferences, savePreferences } from './preference-repository.ts';
import { readProfile } from './read-profile.ts';

export interface MeDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  sessions: SessionService;
  throttle: SignInThrottle;
  recordAttempt: RecordAttempt;
  now: Now;
}

const list = '/me/sessions';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

/** The page of the signed-in user: who they are, where they are signed in, what they gave. */
export function registerMeRoutes(router: Router, dependencies: MeDependencies): void {
  mountEndpoint(router, endpoints.getMe, async ({ session }) => readProfile(dependencies, session.user));
  registerSessionRoutes(router, dependencies);
  registerConsentRoutes(router, dependencies);
  registerRevealRoute(router, dependencies);
  registerPreferenceRoutes(router, dependencies);
  registerPasswordRoute(router, dependencies);
}

/** Not in the audit log: it changes nothing for anybody else. */
function registerPreferenceRoutes(router: Router, { prisma }: MeDependencies): void {
  mountEndpoint(router, endpoints.getPreferences, ({ session }) =>
    readPreferences(prisma, ownerOf(session.user)),
  );
  mountEndpoint(router, endpoints.savePreferences, ({ session, body }) =>
    savePreferences(prisma, ownerOf(session.user), body),
  );
}

function registerSessionRoutes(router: Router, { prisma, sessions }: MeDependencies): void {
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

  mountEndpoint(router, endpoints.endMySession, async ({ params: { id }, session, actor, req, res }) => {
    await prisma.$transaction(async (transaction) => {
      if ((await sessions.endOf(transaction, ownerOf(session.user), { id })) === 0)
        throw new AppError('resource.not_found');
      await recordAudit(transaction, actor, { action: 'session.end' });
    }, transactionTimeouts);
    if (id === session.sessionId) clearSessionCookie(req, res);
  });

  mountEndpoint(router, endpoints.endMySessions, async ({ session, actor, req, res }) => {
    await prisma.$transaction(async (transaction) => {
      const ended = await sessions.endOf(transaction, ownerOf(session.user));
      await recordAudit(transaction, actor, { action: 'session.end_all', after: { sessions: ended } });
    }, transactionTimeouts);
    clearSessionCookie(req, res);
  });
}

function registerConsentRoutes(router: Router, dependencies: MeDependencies): void {
  mountEndpoint(router, endpoints.declineConsent, async ({ session, actor }) => {
    await revokeConsent(dependencies, requireMember(session.user), 'declined', (transaction, erased) =>
      recordAudit(transaction, actor, { action: 'authorisation.decline', after: { erased } }),
    );
  });

  mountEndpoint(router, endpoints.withdrawConsent, async ({ session, actor }) => {
    await revokeConsent(dependencies, requireMember(session.user), 'withdrawn', (transaction, erased) =>
      recordAudit(transaction, actor, { action: 'authorisation.withdraw', after: { erased } }),
    );
  });
}

/** One's own number is no secret from oneself; a session that somebody found open makes it one worth an entry. */
function registerRevealRoute(router: Router, { prisma, secretBox }: MeDependencies): void {
  mountEndpoint(router, endpoints.revealMyField, async ({ body: { field }, session, actor }) => {
    const id = requireMember(session.user);
    const row = await prisma.member.findUniqueOrThrow({ where: { id }, include: { sensitive: true } });
    const value = revealField(row, field, secretBox);
    // Before the answer: what was shown is in the log for certain.
    await recordWithoutChange(prisma, actor, {
      action: 'member.reveal',
      target: row.userId,
      after: { field },
    });
    return { value };
  });
}

function registerPasswordRoute(router: Router, dependencies: MeDependencies): void {
  mountEndpoint(router, endpoints.changeMyPassword, async ({ body, session, ip, actor }) => {
    const { user, sessionId } = session;
    if (user.kind !== 'local') throw new AppError('resource.not_found');
    const action = 'password.change';
    try {
      await changePassword(dependencies, { userId: user.id, sessionId, ip }, body, (transaction) =>
        recordAudit(transaction, actor, { action }),
      );
    } catch (error) {
      if (error instanceof AppError) {
        const after = { error: error.code };
        await dependencies.recordAttempt(user.id, actor, { action, after });
      }
      throw error;
    }
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

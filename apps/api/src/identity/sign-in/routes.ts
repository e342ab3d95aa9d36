import { endpoints } from '@orgmirror/contracts';
import type { Request, Response, Router } from 'express';
import type { RecordAttempt } from '../../audit/record-attempt.ts';
import { recordAudit, type Transaction } from '../../audit/record-audit.ts';
import type { PrismaClient, User } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { classifyError } from '../../platform/errors/classify-error.ts';
import { readClientAddress } from '../../platform/http/client-address.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { version } from '../../platform/version.ts';
import { clearSessionCookie, setSessionCookie } from '../sessions/session-cookie.ts';
import {
  presentSignedInUser,
  type SessionService,
  type StartedSession,
} from '../sessions/session-service.ts';
import { completeSetup, isSetupRequired } from './complete-setup.ts';
import type { KnownDevices } from './known-devices.ts';
import { signInLocally } from './sign-in-locally.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface SignInDependencies {
  prisma: PrismaClient;
  sessions: SessionService;
  throttle: SignInThrottle;
  devices: KnownDevices;
  setupCode: string;
  recordAttempt: RecordAttempt;
  metrics: Pick<Metrics, 'countSignIn'>;
}

export function registerSignInRoutes(router: Router, dependencies: SignInDependencies): void {
  const { prisma, sessions } = dependencies;
  registerSetupRoutes(router, dependencies);
  registerSignInRoute(router, dependencies);

  mountEndpoint(router, endpoints.getSession, async ({ session }) => ({ user: session.user, version }));

  mountEndpoint(router, endpoints.signOut, async ({ session, actor, req, res }) => {
    await prisma.$transaction(async (transaction) => {
      await sessions.end(transaction, session.sessionId);
      await recordAudit(transaction, actor, { action: 'session.sign_out' });
    }, transactionTimeouts);
    clearSessionCookie(req, res);
  });
}

/** Starts a session of the account in this browser; the session that it had before ends. */
async function startSession(
  { sessions }: SignInDependencies,
  transaction: Transaction,
  user: User,
  req: Request,
): Promise<StartedSession> {
  if (req.signedIn !== undefined) await sessions.end(transaction, req.signedIn.sessionId);
  const origin = { ip: readClientAddress(req), userAgent: req.get('user-agent') };
  return sessions.start(transaction, { userId: user.id }, origin);
}

function answerSignedIn(
  { devices }: SignInDependencies,
  { user, session, req, res }: { user: User; session: StartedSession; req: Request; res: Response },
) {
  setSessionCookie(req, res, session.token);
  devices.remember(req, res, devices.ownerOfAccount(user.usernameKey));
  return { user: presentSignedInUser(user) };
}

/** Attempts at the code are counted per address; no username has this sign in it. */
const setupAccount = '#setup';

function registerSetupRoutes(router: Router, dependencies: SignInDependencies): void {
  const { prisma, throttle, setupCode, recordAttempt } = dependencies;

  mountEndpoint(router, endpoints.getSetup, async () => ({ required: await isSetupRequired(prisma) }));

  mountEndpoint(router, endpoints.completeSetup, async ({ body, ip, actor: { requestId }, req, res }) => {
    if (!(await isSetupRequired(prisma))) throw new AppError('setup.completed');
    const attempt = { account: setupAccount, address: ip, deviceId: undefined };
    try {
      await throttle.consume(attempt);
      const opened = await completeSetup(prisma, setupCode, body, async (transaction, user) => {
        await recordAudit(
          transaction,
          { session: undefined, name: user.username, ip, requestId },
          { action: 'setup.complete' },
        );
        return { user, session: await startSession(dependencies, transaction, user, req) };
      });
      await throttle.forgive(attempt);
      return answerSignedIn(dependencies, { ...opened, req, res });
    } catch (error) {
      if (error instanceof AppError) {
        const facts = { action: 'setup.complete', after: { error: error.code } } as const;
        await recordAttempt('anyone', { session: undefined, ip, requestId }, facts);
      }
      throw error;
    }
  });
}

function registerSignInRoute(router: Router, dependencies: SignInDependencies): void {
  const { prisma, throttle, devices, metrics } = dependencies;

  mountEndpoint(router, endpoints.signIn, async ({ body, ip, actor: { requestId }, req, res }) => {
    const usernameKey = body.username.trim().toLowerCase();
    const device = devices.read(req);
    const isOwn = device?.owner === devices.ownerOfAccount(usernameKey);
    try {
      const input = { usernameKey, password: body.password, address: ip };
      const user = await signInLocally(
        { prisma, throttle },
        { ...input, deviceId: isOwn ? device.id : undefined },
      );
      const session = await prisma.$transaction(async (transaction) => {
        const actor = { session: undefined, name: user.username, ip, requestId };
        await recordAudit(transaction, actor, { action: 'session.sign_in' });
        return startSession(dependencies, transaction, user, req);
      }, transactionTimeouts);
      metrics.countSignIn('account', 'succeeded');
      return answerSignedIn(dependencies, { user, session, req, res });
    } catch (error) {
      metrics.countSignIn('account', classifyError(error).code);
      if (error instanceof AppError)
        await recordRefusedSignIn(dependencies, usernameKey, { ip, requestId }, error);
      throw error;
    }
  });
}

/** Names only an account that exists: what else was typed as a username may be a password. */
async function recordRefusedSignIn(
  { prisma, recordAttempt }: SignInDependencies,
  usernameKey: string,
  from: { ip: string | null; requestId: string },
  { code }: AppError,
): Promise<void> {
  const user = await prisma.user.findUnique({ where: { usernameKey }, select: { id: true, username: true } });
  await recordAttempt(
    user?.id ?? 'unknown',
    { session: undefined, ...from, ...(user && { name: user.username }) },
    { action: 'session.sign_in', after: { error: code, ...(user === null && { unknownUser: true }) } },
  );
}

import { endpoints } from '@orgmirror/contracts';
import type { Request, Response, Router } from 'express';
import type { RecordAttempt } from '../../audit/record-attempt.ts';
import type { RecordAudit } from '../../audit/record-audit.ts';
import type { PrismaClient, User } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { readClientAddress } from '../../platform/http/client-address.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import { clearSessionCookie, setSessionCookie } from '../sessions/session-cookie.ts';
import { presentSignedInUser, type SessionService } from '../sessions/session-service.ts';
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
  recordAudit: RecordAudit;
  recordAttempt: RecordAttempt;
}

export function registerSignInRoutes(router: Router, dependencies: SignInDependencies): void {
  const { sessions, recordAudit } = dependencies;
  registerSetupRoutes(router, dependencies);
  registerSignInRoute(router, dependencies);

  mountEndpoint(router, endpoints.getSession, async ({ session }) => ({ user: session.user }));

  mountEndpoint(router, endpoints.signOut, async ({ session, ip, req, res }) => {
    await sessions.end(session.sessionId);
    clearSessionCookie(req, res);
    await recordAudit({ session, ip }, { action: 'session.sign_out' });
  });
}

async function startSession(
  { sessions, devices }: SignInDependencies,
  user: User,
  req: Request,
  res: Response,
) {
  const origin = { ip: readClientAddress(req), userAgent: req.get('user-agent') };
  const { token } = await sessions.start({ userId: user.id }, origin);
  setSessionCookie(req, res, token);
  devices.remember(req, res, devices.ownerOfAccount(user.usernameKey));
  return { user: presentSignedInUser(user) };
}

/** Attempts at the code are counted per address; no username has this sign in it. */
const setupAccount = '#setup';

function registerSetupRoutes(router: Router, dependencies: SignInDependencies): void {
  const { prisma, throttle, setupCode, recordAudit, recordAttempt } = dependencies;

  mountEndpoint(router, endpoints.getSetup, async () => ({ required: await isSetupRequired(prisma) }));

  mountEndpoint(router, endpoints.completeSetup, async ({ body, ip, req, res }) => {
    if (!(await isSetupRequired(prisma))) throw new AppError('setup.completed');
    const attempt = { account: setupAccount, address: ip, deviceId: undefined };
    try {
      await throttle.consume(attempt);
      const user = await completeSetup(prisma, setupCode, body);
      await throttle.forgive(attempt);
      await recordAudit({ session: undefined, name: user.username, ip }, { action: 'setup.complete' });
      return await startSession(dependencies, user, req, res);
    } catch (error) {
      if (error instanceof AppError) {
        const facts = { action: 'setup.complete', after: { error: error.code } } as const;
        await recordAttempt('anyone', { session: undefined, ip }, facts);
      }
      throw error;
    }
  });
}

function registerSignInRoute(router: Router, dependencies: SignInDependencies): void {
  const { prisma, throttle, devices, recordAudit } = dependencies;

  mountEndpoint(router, endpoints.signIn, async ({ body, ip, req, res }) => {
    const usernameKey = body.username.trim().toLowerCase();
    const device = devices.read(req);
    const isOwn = device?.owner === devices.ownerOfAccount(usernameKey);
    try {
      const input = { usernameKey, password: body.password, address: ip };
      const user = await signInLocally(
        { prisma, throttle },
        { ...input, deviceId: isOwn ? device.id : undefined },
      );
      await recordAudit({ session: undefined, name: user.username, ip }, { action: 'session.sign_in' });
      return await startSession(dependencies, user, req, res);
    } catch (error) {
      if (error instanceof AppError) await recordRefusedSignIn(dependencies, usernameKey, ip, error);
      throw error;
    }
  });
}

/** Names only an account that exists: what else was typed as a username may be a password. */
async function recordRefusedSignIn(
  { prisma, recordAttempt }: SignInDependencies,
  usernameKey: string,
  ip: string | null,
  { code }: AppError,
): Promise<void> {
  const user = await prisma.user.findUnique({ where: { usernameKey }, select: { id: true, username: true } });
  await recordAttempt(
    user?.id ?? 'unknown',
    { session: undefined, ip, ...(user && { name: user.username }) },
    { action: 'session.sign_in', after: { error: code, ...(user === null && { unknownUser: true }) } },
  );
}

import { endpoints } from '@orgmirror/contracts';
import type { Request, Response, Router } from 'express';
import type { RecordAudit } from '../../audit/record-audit.ts';
import type { PrismaClient, User } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { readClientAddress } from '../../platform/http/client-address.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import { clearSessionCookie, setSessionCookie } from '../sessions/session-cookie.ts';
import { presentSignedInUser, type SessionService } from '../sessions/session-service.ts';
import { completeSetup, isSetupRequired } from './complete-setup.ts';
import { signInLocally } from './sign-in-locally.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

export interface SignInDependencies {
  prisma: PrismaClient;
  sessions: SessionService;
  throttle: SignInThrottle;
  setupCode: string;
  recordAudit: RecordAudit;
}

export function registerSignInRoutes(router: Router, dependencies: SignInDependencies): void {
  const { prisma, sessions, throttle, setupCode, recordAudit } = dependencies;

  const startSession = async (user: User, req: Request, res: Response) => {
    const origin = { ip: readClientAddress(req), userAgent: req.get('user-agent') };
    const { token } = await sessions.start({ userId: user.id }, origin);
    setSessionCookie(req, res, token);
    return { user: presentSignedInUser(user) };
  };

  mountEndpoint(router, endpoints.getSetup, async () => ({ required: await isSetupRequired(prisma) }));

  mountEndpoint(router, endpoints.completeSetup, async ({ body, ip, req, res }) => {
    if (!(await isSetupRequired(prisma))) throw new AppError('setup.completed');
    await throttle.consume('setup', ip);
    const user = await completeSetup(prisma, setupCode, body);
    await recordAudit({ session: undefined, name: user.username, ip }, { action: 'setup.complete' });
    return startSession(user, req, res);
  });

  mountEndpoint(router, endpoints.getSession, async ({ session }) => ({ user: session.user }));

  mountEndpoint(router, endpoints.signIn, async ({ body, ip, req, res }) => {
    const actor = { session: undefined, name: body.username.slice(0, 64), ip };
    try {
      const user = await signInLocally({ prisma, throttle }, { ...body, ip });
      await recordAudit(actor, { action: 'session.sign_in' });
      return await startSession(user, req, res);
    } catch (error) {
      if (error instanceof AppError)
        await recordAudit(actor, { action: 'session.sign_in', result: 'failed' });
      throw error;
    }
  });

  mountEndpoint(router, endpoints.signOut, async ({ session, ip, req, res }) => {
    await sessions.end(session.sessionId);
    clearSessionCookie(req, res);
    await recordAudit({ session, ip }, { action: 'session.sign_out' });
  });
}

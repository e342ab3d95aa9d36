import { type Administrator, endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { RecordAttempt } from '../../audit/record-attempt.ts';
import { type AuditFacts, recordAudit } from '../../audit/record-audit.ts';
import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { cursorInstant, cutPage, decodeCursor } from '../../platform/http/cursor.ts';
import { mountEndpoint } from '../../platform/http/mount-endpoint.ts';
import { getPublicOrigin } from '../../platform/http/public-origin.ts';
import { deleteSessions } from '../sessions/session-repository.ts';
import type { SignInThrottle } from '../sign-in/sign-in-throttle.ts';
import { listAdministrators, positionOf, presentAdministrators } from './list-administrators.ts';
import { createLocalAccount, hashUnknownPassword, updateAccount } from './local-accounts.ts';
import { completePasswordReset, issueResetLink } from './password-reset.ts';

export interface AccountDependencies {
  prisma: PrismaClient;
  throttle: SignInThrottle;
  recordAttempt: RecordAttempt;
  now: Now;
}

const list = '/administrators';
const cursorSchema = z.union([
  z.tuple([z.literal('local'), cursorInstant, z.uuid()]),
  z.tuple([z.literal('member'), z.int().min(0).max(2_147_483_647)]),
]);

export function registerAccountRoutes(router: Router, dependencies: AccountDependencies): void {
  const { prisma, now } = dependencies;

  mountEndpoint(router, endpoints.listAdministrators, async ({ query: { limit, cursor } }) => {
    const rows = await listAdministrators(prisma, { limit, after: decodeCursor(list, cursor, cursorSchema) });
    const page = cutPage(rows, { list, limit }, positionOf, (row) => row);
    return { ...page, items: await presentAdministrators(prisma, page.items, now()) };
  });

  mountEndpoint(router, endpoints.createLocalAccount, async ({ body, actor, req }) => {
    const passwordHash = await hashUnknownPassword();
    const at = now();
    const { user, link } = await prisma.$transaction(async (transaction) => {
      const user = await createLocalAccount(transaction, { ...body, passwordHash, at });
      const link = await issueResetLink(transaction, user.id, { at, origin: getPublicOrigin(req) });
      const facts = { target: user.username, after: { role: user.role } };
      await recordAudit(transaction, actor, { action: 'account.create', ...facts });
      return { user, link };
    }, transactionTimeouts);
    return { account: await presentAccount(prisma, user.id, at), link };
  });

  mountEndpoint(
    router,
    endpoints.updateLocalAccount,
    async ({ params: { id }, body: { enabled, role }, actor }) => {
      const at = now();
      await prisma.$transaction(async (transaction) => {
        const { before, after } = await updateAccount(transaction, id, { enabled, role, at });
        const record = (facts: AuditFacts) =>
          recordAudit(transaction, actor, { target: after.username, ...facts });
        if (enabled !== undefined) await record({ action: enabled ? 'account.enable' : 'account.disable' });
        if (role !== undefined)
          await record({ action: 'account.role', before: { role: before.role }, after: { role } });
      }, transactionTimeouts);
      return presentAccount(prisma, id, at);
    },
  );

  registerResetRoutes(router, dependencies);
}

async function presentAccount(prisma: PrismaClient, id: string, at: Date): Promise<Administrator> {
  const user = await prisma.user.findUniqueOrThrow({ where: { id }, include: { passwordReset: true } });
  const [account] = await presentAdministrators(prisma, [{ kind: 'local', user }], at);
  if (account === undefined) throw new Error('an account was not presented');
  return account;
}

function registerResetRoutes(
  router: Router,
  { prisma, throttle, recordAttempt, now }: AccountDependencies,
): void {
  mountEndpoint(router, endpoints.createPasswordReset, async ({ params: { id }, actor, session, req }) =>
    prisma.$transaction(async (transaction) => {
      const user = await transaction.user.findUnique({ where: { id } });
      if (user === null) throw new AppError('resource.not_found');
      const link = await issueResetLink(transaction, id, { at: now(), origin: getPublicOrigin(req) });
      await deleteSessions(transaction, { userId: id }, { exceptId: session.sessionId });
      await recordAudit(transaction, actor, { action: 'account.reset_link', target: user.username });
      return link;
    }, transactionTimeouts),
  );

  mountEndpoint(router, endpoints.completePasswordReset, async ({ body, ip, actor: { requestId } }) => {
    const from = { session: undefined, ip, requestId };
    try {
      const { username } = await completePasswordReset(
        { prisma, throttle, now },
        { ...body, address: ip },
        (transaction, user) =>
          recordAudit(transaction, { ...from, name: user.username }, { action: 'password.set' }),
      );
      return { username };
    } catch (error) {
      if (error instanceof AppError)
        await recordAttempt('unknown', from, { action: 'password.set', after: { error: error.code } });
      throw error;
    }
  });
}

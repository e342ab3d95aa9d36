import { createHash, randomBytes } from 'node:crypto';
import type { PasswordResetLink } from '@orgmirror/contracts';
import type { Now } from '../../platform/clock.ts';
import type { Prisma, PrismaClient, User } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { deleteSessions } from '../sessions/session-repository.ts';
import { refuseGuessable } from '../sign-in/guessable-password.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { SignInThrottle } from '../sign-in/sign-in-throttle.ts';

const resetTtlMs = 24 * 3_600_000;
/** Attempts at tokens are counted together; no username has this sign in it. */
const tokenAccount = '#password-reset';

const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/** Makes the link of an account, in place of an earlier one. The token is nowhere else than in the link. */
export async function issueResetLink(
  transaction: Prisma.TransactionClient,
  userId: string,
  { at, origin }: { at: Date; origin: string },
): Promise<PasswordResetLink> {
  const token = randomBytes(24).toString('base64url');
  const values = {
    tokenHash: hashToken(token),
    createdAt: at,
    expiresAt: new Date(at.getTime() + resetTtlMs),
  };
  await transaction.passwordReset.upsert({
    where: { userId },
    create: { userId, ...values },
    update: values,
  });
  // Behind the #, which no server and no proxy sees.
  return { url: `${origin}/sign-in#reset=${token}`, expiresAt: values.expiresAt.toISOString() };
}

/**
 * Sets the password of the account that the token was made for, ends its sessions and writes it down by
 * `record`, all or nothing; of two at once one succeeds.
 * @throws AppError `password_reset.invalid`, `sign_in.throttled`, `request.invalid` for a password that is
 * easy to guess
 */
export async function completePasswordReset(
  { prisma, throttle, now }: { prisma: PrismaClient; throttle: SignInThrottle; now: Now },
  { token, newPassword, address }: { token: string; newPassword: string; address: string | null },
  record: (transaction: Prisma.TransactionClient, user: User) => Promise<void>,
): Promise<User> {
  const attempt = { account: tokenAccount, address, deviceId: undefined };
  await throttle.consume(attempt);
  const valid = {
    tokenHash: hashToken(token),
    expiresAt: { gt: now() },
    user: { disabledAt: null },
  } satisfies Prisma.PasswordResetWhereInput;
  const reset = await prisma.passwordReset.findFirst({ where: valid, include: { user: true } });
  if (reset === null) throw new AppError('password_reset.invalid');
  await throttle.forgive(attempt);
  const { user } = reset;
  await refuseGuessable(newPassword, user.username, 'newPassword');
  const passwordHash = await hashPassword(newPassword);
  await prisma.$transaction(async (transaction) => {
    const { count } = await transaction.passwordReset.deleteMany({ where: valid });
    if (count === 0) throw new AppError('password_reset.invalid');
    await transaction.user.update({ where: { id: user.id }, data: { passwordHash } });
    await deleteSessions(transaction, { userId: user.id });
    await record(transaction, user);
  }, transactionTimeouts);
  return user;
}

/** Deletes links that have expired. */
export async function purgeExpiredResets({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  await prisma.passwordReset.deleteMany({ where: { expiresAt: { lte: now() } } });
}

import type { Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { deleteSessions } from '../sessions/session-repository.ts';
import { refuseGuessable } from './guessable-password.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

/** The form has no username. */
const wrongCurrentPassword = {
  zh: { title: '当前密码不正确', detail: '请核对后重试。' },
  en: { title: 'The current password is wrong', detail: 'Check it and try again.' },
};

/**
 * Changes the password of a local account, ends its other sessions and writes it down by `record`, all or
 * nothing. Wrong current passwords are counted for the session: one that was left open is no way to guess on.
 * @throws AppError `sign_in.invalid_credentials`, `sign_in.throttled`, `resource.not_found` for a member
 */
export async function changePassword(
  { prisma, throttle }: { prisma: PrismaClient; throttle: SignInThrottle },
  who: { userId: string; sessionId: string; ip: string | null },
  passwords: { currentPassword: string; newPassword: string },
  record: (transaction: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: who.userId } });
  if (user === null) throw new AppError('resource.not_found');
  const attempt = { account: user.usernameKey, address: who.ip, deviceId: who.sessionId };
  await throttle.consume(attempt);
  if (!(await verifyPassword(user.passwordHash, passwords.currentPassword)))
    throw new AppError('sign_in.invalid_credentials', { wording: wrongCurrentPassword });
  await throttle.forgive(attempt);
  await refuseGuessable(passwords.newPassword, user.username, 'newPassword');
  const passwordHash = await hashPassword(passwords.newPassword);
  await prisma.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: user.id }, data: { passwordHash } });
    await transaction.passwordReset.deleteMany({ where: { userId: user.id } });
    await deleteSessions(transaction, { userId: user.id }, { exceptId: who.sessionId });
    await record(transaction);
  }, transactionTimeouts);
}

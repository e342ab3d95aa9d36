import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { deleteSessions } from '../sessions/session-repository.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

/** The form has no username. */
const wrongCurrentPassword = {
  zh: { title: '当前密码不正确', detail: '请核对后重试。' },
  en: { title: 'The current password is wrong', detail: 'Check it and try again.' },
};

/**
 * Changes the password of a local account and ends its other sessions. Wrong current passwords are counted for
 * the session: one that was left open is no way to guess on.
 * @throws AppError `sign_in.invalid_credentials`, `sign_in.throttled`, `resource.not_found` for a member
 */
export async function changePassword(
  { prisma, throttle }: { prisma: PrismaClient; throttle: SignInThrottle },
  who: { userId: string; sessionId: string; ip: string | null },
  passwords: { currentPassword: string; newPassword: string },
): Promise<void> {
  const user = await prisma.user.findUnique({ where: { id: who.userId } });
  if (user === null) throw new AppError('resource.not_found');
  const attempt = { account: user.usernameKey, address: who.ip, deviceId: who.sessionId };
  await throttle.consume(attempt);
  if (!(await verifyPassword(user.passwordHash, passwords.currentPassword)))
    throw new AppError('sign_in.invalid_credentials', { wording: wrongCurrentPassword });
  await throttle.forgive(attempt);
  const passwordHash = await hashPassword(passwords.newPassword);
  await prisma.user.update({ where: { id: user.id }, data: { passwordHash } });
  await deleteSessions(prisma, { userId: user.id }, { exceptId: who.sessionId });
}

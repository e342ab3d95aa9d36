import type { PrismaClient, User } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { dummyPasswordHash, verifyPassword } from './passwords.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

/**
 * Checks a local account's password. Unknown accounts and wrong passwords are refused alike, after the same
 * work.
 * @throws AppError `sign_in.invalid_credentials`, `account.disabled`, `sign_in.throttled`
 */
export async function signInLocally(
  { prisma, throttle }: { prisma: PrismaClient; throttle: SignInThrottle },
  input: { usernameKey: string; password: string; address: string | null; deviceId: string | undefined },
): Promise<User> {
  const { usernameKey } = input;
  const attempt = { account: usernameKey, ...input };
  await throttle.consume(attempt);
  const user = await prisma.user.findUnique({ where: { usernameKey } });
  const matches = await verifyPassword(user?.passwordHash ?? dummyPasswordHash, input.password);
  if (user === null || !matches) throw new AppError('sign_in.invalid_credentials');
  await throttle.forgive(attempt);
  if (user.disabledAt !== null) throw new AppError('account.disabled');
  return user;
}

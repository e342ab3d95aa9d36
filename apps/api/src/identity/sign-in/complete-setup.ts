import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Prisma, PrismaClient, User } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { refuseGuessable } from './guessable-password.ts';
import { hashPassword } from './passwords.ts';

/** Whether the first admin has still to be created. */
export async function isSetupRequired(prisma: PrismaClient): Promise<boolean> {
  return (await prisma.user.findFirst({ where: { role: 'admin' }, select: { id: true } })) === null;
}

/** The code that proves access to the server's terminal: the same in all processes and after a restart. */
export function makeSetupCode(key: Buffer): string {
  const digits = createHmac('sha256', key).update('setup-code').digest('hex').slice(0, 12).toUpperCase();
  return (digits.match(/.{4}/g) ?? []).join('-');
}

/**
 * Creates the first admin, and in the same transaction what `onCreate` does.
 * @returns what that gives
 * @throws AppError `setup.wrong_code`, `setup.completed`, `request.invalid` for a password that is easy to
 * guess
 */
export async function completeSetup<Result>(
  prisma: PrismaClient,
  expectedCode: string,
  input: { setupCode: string; username: string; password: string },
  onCreate: (transaction: Prisma.TransactionClient, user: User) => Promise<Result>,
): Promise<Result> {
  if (!isSameText(input.setupCode.toUpperCase(), expectedCode)) throw new AppError('setup.wrong_code');
  await refuseGuessable(input.password, input.username, 'password');
  const created = await createFirstAdmin(prisma, input, onCreate);
  if (created === null) throw new AppError('setup.completed');
  return created;
}

/** Creates the first admin, and what `onCreate` does, unless there is an admin; null if there is. */
export async function createFirstAdmin<Result>(
  prisma: PrismaClient,
  { username, password }: { username: string; password: string },
  onCreate: (transaction: Prisma.TransactionClient, user: User) => Promise<Result>,
): Promise<Result | null> {
  const passwordHash = await hashPassword(password);
  return prisma.$transaction(async (transaction) => {
    // Two first admins at once: the second waits here, and then sees the first. Readers do not wait.
    await transaction.$executeRaw`LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE`;
    if (await transaction.user.findFirst({ where: { role: 'admin' }, select: { id: true } })) return null;
    const user = await transaction.user.create({
      data: { username, usernameKey: username.toLowerCase(), passwordHash, role: 'admin' },
    });
    return onCreate(transaction, user);
  }, transactionTimeouts);
}

function isSameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

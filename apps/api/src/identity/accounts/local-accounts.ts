import { randomBytes } from 'node:crypto';
import { hasOtherAdmin, lockAdminAccounts, lockAdminMembers } from '../../directory/members/last-admin.ts';
import type { Prisma, User } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { deleteSessions } from '../sessions/session-repository.ts';
import { hashPassword } from '../sign-in/passwords.ts';

/** A password that nobody knows, for an account whose owner sets one with a link. */
export const hashUnknownPassword = (): Promise<string> => hashPassword(randomBytes(32).toString('base64'));

/** Adds an account. @throws AppError `account.username_taken` */
export async function createLocalAccount(
  { user }: Prisma.TransactionClient,
  values: { username: string; role: 'admin' | 'auditor'; passwordHash: string; at: Date },
): Promise<User> {
  const usernameKey = values.username.toLowerCase();
  const { username, role, passwordHash, at: createdAt } = values;
  const { count } = await user.createMany({
    data: { username, usernameKey, role, passwordHash, createdAt },
    skipDuplicates: true, // two at once: the unique key lets one through
  });
  if (count === 0) throw new AppError('account.username_taken');
  return user.findUniqueOrThrow({ where: { usernameKey } });
}

/**
 * Changes the role of an account, and lets it sign in or not; one that may not loses its sessions and its link. Its
 * sessions have the new role from their next request on.
 * @throws AppError `resource.not_found`, `access.last_admin` when no other admin would remain
 */
export async function updateAccount(
  transaction: Prisma.TransactionClient,
  id: string,
  { enabled, role, at }: { enabled?: boolean | undefined; role?: 'admin' | 'auditor' | undefined; at: Date },
): Promise<{ before: User; after: User }> {
  await lockAdminMembers(transaction);
  await lockAdminAccounts(transaction);
  const before = await transaction.user.findUnique({ where: { id } });
  if (before === null) throw new AppError('resource.not_found');
  const isLess = enabled === false || role === 'auditor';
  if (isLess && before.role === 'admin' && !(await hasOtherAdmin(transaction, { userId: id })))
    throw new AppError('access.last_admin');
  if (enabled === false) {
    await deleteSessions(transaction, { userId: id });
    await transaction.passwordReset.deleteMany({ where: { userId: id } });
  }
  const disabledAt = enabled === undefined ? before.disabledAt : enabled ? null : (before.disabledAt ?? at);
  const after = await transaction.user.update({
    where: { id },
    data: { role: role ?? before.role, disabledAt },
  });
  return { before, after };
}

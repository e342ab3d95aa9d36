import { randomInt } from 'node:crypto';
import { recordAudit } from '../audit/record-audit.ts';
import { deleteSessions } from '../identity/sessions/session-repository.ts';
import { hashPassword } from '../identity/sign-in/passwords.ts';
import type { Database } from '../platform/database/database.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { StartupError } from '../platform/startup-error.ts';
import type { CommandContext } from './command-context.ts';

/** Without letters and digits that look alike. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * Gives a local account a new password, prints it once and ends the sessions of the account.
 * @throws StartupError without a username, or for one that there is not
 */
export async function resetPassword({ args, print }: CommandContext, { prisma }: Database): Promise<void> {
  const [username] = args;
  const user = username && (await prisma.user.findUnique({ where: { usernameKey: username.toLowerCase() } }));
  if (!user) throw await nameAccounts(prisma, username);
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  await prisma.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: user.id }, data: { passwordHash } });
    await transaction.passwordReset.deleteMany({ where: { userId: user.id } });
    await deleteSessions(transaction, { userId: user.id });
    await recordAudit(
      transaction,
      { session: undefined, ip: null },
      { action: 'password.reset', target: user.username },
    );
  }, transactionTimeouts);
  print(
    `${user.username} 的新密码（仅显示一次） | New password of ${user.username}, shown once: ${password}`,
  );
}

/** Five groups of four, 100 bits. */
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 5 }, group).join('-');
}

async function nameAccounts(prisma: Database['prisma'], given: string | undefined): Promise<StartupError> {
  const users = await prisma.user.findMany({ select: { username: true }, orderBy: { usernameKey: 'asc' } });
  const known = users.map(({ username }) => username).join(', ') || '—';
  return new StartupError({
    zh: `没有本地账号 ${given ?? '（未指定）'}。现有账号：${known}`,
    en: `There is no local account ${given ?? '(none named)'}. There are: ${known}`,
  });
}

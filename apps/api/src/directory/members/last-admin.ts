import type { Prisma } from '../../platform/database/generated/client.ts';

/**
 * Locks the local accounts of admins, after those of members: two admins cannot take each other's rights at
 * once. Their sessions can begin meanwhile.
 */
export async function lockAdminAccounts(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$queryRaw`
    SELECT id FROM user_account WHERE role = 'admin' ORDER BY id FOR NO KEY UPDATE`;
}

/** Locks the members who are admins here, in the order in which everybody locks them. */
export async function lockAdminMembers(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$queryRaw`
    SELECT m.id FROM member m JOIN wecom_connection w ON w.corp_row_id = m.corp_row_id
    WHERE m.role = 'admin' ORDER BY m.id FOR UPDATE OF m`;
}

/** Whether somebody else who can sign in is an admin: a local account, or a member who is present. */
export async function hasOtherAdmin(
  transaction: Prisma.TransactionClient,
  except: { memberId?: number; userId?: string },
): Promise<boolean> {
  const role = 'admin';
  const account = await transaction.user.findFirst({
    where: { role, disabledAt: null, ...(except.userId !== undefined && { id: { not: except.userId } }) },
    select: { id: true },
  });
  if (account !== null) return true;
  const other = await transaction.member.findFirst({
    where: {
      role,
      presence: 'present',
      disabledBy: null,
      ...(except.memberId !== undefined && { id: { not: except.memberId } }),
    },
    select: { id: true },
  });
  return other !== null;
}

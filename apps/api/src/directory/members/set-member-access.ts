import type { Role } from '@orgmirror/contracts';
import type { Member, Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { hasOtherAdmin, lockAdminAccounts } from './last-admin.ts';
import { wecomStatuses } from './member-status.ts';

export interface MemberAccess {
  role: Role;
  disabledBy: Member['disabledBy'];
}

/** What the audit log keeps of it. */
export interface ChangedAccess {
  userId: string;
  before: MemberAccess;
  after: MemberAccess;
}

/** What is left out stays. */
export interface AccessChange {
  role?: Role | undefined;
  disabled?: boolean | undefined;
}

/** Writes the entry of the audit log in the transaction of the change. */
export type RecordAccess = (transaction: Prisma.TransactionClient, changed: ChangedAccess) => Promise<void>;

/**
 * Sets what a member may do in this console, and whether they are blocked from it; what is left out stays.
 * Lifting the bar of a member whom WeCom has disabled leaves the sync's own, which only WeCom can lift. A
 * changed role and a bar sign the member out.
 * @throws AppError `resource.not_found`, `access.last_admin` when no other admin would remain
 */
export async function setMemberAccess(
  prisma: PrismaClient,
  { corpRowId, userKey }: { corpRowId: number; userKey: string },
  change: AccessChange,
  record: RecordAccess,
): Promise<{ isChanged: boolean }> {
  return prisma.$transaction(async (transaction) => {
    // Locked with every other admin, in one order: two admins cannot take the role from each other at once.
    await transaction.$queryRaw`
      SELECT id FROM member WHERE corp_row_id = ${corpRowId} AND (user_key = ${userKey} OR role = 'admin')
      ORDER BY id FOR UPDATE`;
    await lockAdminAccounts(transaction);
    const where = { corpRowId_userKey: { corpRowId, userKey } };
    const member = await transaction.member.findUnique({ where });
    if (member === null) throw new AppError('resource.not_found');
    const after: MemberAccess = {
      role: change.role ?? member.role,
      disabledBy: change.disabled === undefined ? member.disabledBy : decideBar(member, change.disabled),
    };
    if (
      isAdmin(member) &&
      !isAdmin({ ...member, ...after }) &&
      !(await hasOtherAdmin(transaction, { memberId: member.id }))
    )
      throw new AppError('access.last_admin');
    await transaction.member.update({
      where,
      data: { ...after, ...(change.role !== undefined && { formerRole: null, formerLeftAt: null }) },
    });
    if (after.role !== member.role || after.disabledBy !== null)
      await transaction.session.deleteMany({ where: { memberId: member.id } });
    const before = { role: member.role, disabledBy: member.disabledBy };
    await record(transaction, { userId: member.userId, before, after });
    return { isChanged: before.role !== after.role || before.disabledBy !== after.disabledBy };
  }, transactionTimeouts);
}

function decideBar({ status }: Member, disabled: boolean): Member['disabledBy'] {
  if (disabled) return 'admin';
  return status === wecomStatuses.disabled ? 'sync' : null;
}

const isAdmin = ({ role, presence, disabledBy }: Member): boolean =>
  role === 'admin' && presence === 'present' && disabledBy === null;

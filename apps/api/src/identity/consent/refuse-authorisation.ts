import type { Now } from '../../platform/clock.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { eraseGiven } from './authorisation-repository.ts';

/**
 * Notes that a member does not agree, or no longer does, and erases what they gave. From then on nothing is taken
 * until they ask for it themselves.
 * @returns whether anything was erased
 */
export function refuseAuthorisation(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  memberId: number,
  decision: 'declined' | 'withdrawn',
): Promise<boolean> {
  return prisma.$transaction(
    (transaction) => eraseGiven(transaction, memberId, { decision, at: now() }),
    transactionTimeouts,
  );
}

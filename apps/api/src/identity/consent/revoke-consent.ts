import type { Now } from '../../platform/clock.ts';
import type { Prisma, PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { eraseConsentedFields } from './consent-repository.ts';

/**
 * Records that a member does not agree, or no longer does, and erases what they gave. From then on nothing is
 * stored until they ask for it themselves.
 * In the same transaction `record` writes it down, with whether anything was erased.
 */
export function revokeConsent(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  memberId: number,
  decision: 'declined' | 'withdrawn',
  record: (transaction: Prisma.TransactionClient, erased: boolean) => Promise<void>,
): Promise<void> {
  return prisma.$transaction(async (transaction) => {
    const erased = await eraseConsentedFields(transaction, memberId, { decision, at: now() });
    await record(transaction, erased);
  }, transactionTimeouts);
}

import type { Now } from '../platform/clock.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';

const dayMs = 24 * 3_600_000;
/** What was done. */
const retentionMs = 3 * 366 * dayMs;
/** What was refused, most of it by strangers; China's Cybersecurity Law (article 21) asks for six months. */
const refusalRetentionMs = 190 * dayMs;

/** Clocks of two machines may differ by less than that. */
const toleranceMs = dayMs;

/** Whether an entry may be gone. The database lets no other go: the migration `audit_chain` has the same ages. */
export const isPastRetention = (entry: { at: Date; result: string }, at: Date): boolean =>
  at.getTime() - entry.at.getTime() >
  (entry.result === 'failed' ? refusalRetentionMs : retentionMs) - toleranceMs;

/** Deletes entries of the audit log that are older than it keeps them. */
export async function purgeAuditEntries({ prisma, now }: { prisma: PrismaClient; now: Now }): Promise<void> {
  const before = (ageMs: number) => new Date(now().getTime() - ageMs);
  await prisma.auditEntry.deleteMany({
    where: {
      OR: [{ at: { lt: before(retentionMs) } }, { result: 'failed', at: { lt: before(refusalRetentionMs) } }],
    },
  });
}

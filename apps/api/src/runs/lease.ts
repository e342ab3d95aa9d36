import type { PrismaClient } from '../platform/database/generated/client.ts';
import type { Lease } from './fenced-transaction.ts';

/** How long a lease holds without being renewed; a killed process blocks its corp this long. */
export const leaseSeconds = 30;

/** Takes the corp's lease with a new fencing token; null while another run holds it. */
export async function acquireLease(
  prisma: PrismaClient,
  corpRowId: number,
  runId: string,
): Promise<Lease | null> {
  const [row] = await prisma.$queryRaw<{ epoch: number }[]>`
    INSERT INTO sync_lease AS lease (corp_row_id, epoch, run_id, expires_at)
    VALUES (${corpRowId}, 1, ${runId}::uuid, now() + make_interval(secs => ${leaseSeconds}))
    ON CONFLICT (corp_row_id) DO UPDATE
      SET epoch = lease.epoch + 1, run_id = excluded.run_id, expires_at = excluded.expires_at
      WHERE lease.expires_at <= now()
    RETURNING epoch`;
  return row ? { corpRowId, runId, fencingToken: row.epoch } : null;
}

/** Renews the lease; false when another run has taken it, or it was released: a poll in flight changes nothing. */
export async function renewLease(
  prisma: PrismaClient,
  { corpRowId, runId, fencingToken }: Lease,
): Promise<boolean> {
  const count = await prisma.$executeRaw`
    UPDATE sync_lease SET expires_at = now() + make_interval(secs => ${leaseSeconds})
    WHERE corp_row_id = ${corpRowId} AND epoch = ${fencingToken} AND run_id = ${runId}::uuid`;
  return count === 1;
}

/** Gives the lease back, if it is still ours. */
export async function releaseLease(prisma: PrismaClient, { corpRowId, fencingToken }: Lease): Promise<void> {
  await prisma.$executeRaw`
    UPDATE sync_lease SET expires_at = now(), run_id = NULL WHERE corp_row_id = ${corpRowId} AND epoch = ${fencingToken}`;
}

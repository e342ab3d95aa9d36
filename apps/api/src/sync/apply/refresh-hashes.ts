import type { ExecuteLarge } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { holdsLease, type Lease } from '../../runs/fenced-transaction.ts';

const membersPerStatement = 10_000;

/**
 * Stores the content hash of members who were compared in full and found unchanged, so that the next run
 * passes them over: after a partial read, a restore, or a new APP_SECRET. Nothing else about them is written.
 */
export async function refreshHashes(
  executeLarge: ExecuteLarge,
  lease: Lease,
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const entries = [...hashes];
  for (let start = 0; start < entries.length; start += membersPerStatement) {
    const batch = entries.slice(start, start + membersPerStatement);
    await executeLarge(Prisma.sql`
      UPDATE member m SET content_hash = fresh.hash
      FROM unnest(${batch.map(([key]) => key)}::text[], ${batch.map(([, hash]) => hash)}::text[]) AS fresh (key, hash)
      WHERE m.corp_row_id = ${lease.corpRowId} AND m.user_key = fresh.key AND ${holdsLease(lease)}`);
  }
}

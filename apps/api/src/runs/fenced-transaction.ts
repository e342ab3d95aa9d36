import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';

/** The right to write for one corp's run. It ends by itself. */
export interface Lease {
  corpRowId: number;
  runId: string;
  /**
   * The `epoch` of the lease: higher for every later holder, so that a write of an earlier one is refused.
   */
  fencingToken: number;
}

/** Thrown when another process has taken the lease over: this one must write nothing more. */
export class LeaseLostError extends AppError {
  override name = 'LeaseLostError';
  constructor() {
    super('sync.interrupted');
  }
}

/** SQL that is true, and stays true until the transaction ends, only for the holder of the lease. */
export const holdsLease = ({ corpRowId, runId, fencingToken }: Lease): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM sync_lease
  WHERE corp_row_id = ${corpRowId} AND epoch = ${fencingToken} AND run_id = ${runId}::uuid
  FOR SHARE
)`;

/** A process that is paused in the middle of a transaction must not keep its successor waiting for longer. */
const maxPauseMs = 20_000;

/** For a few rows; on the embedded database another transaction may have to end first. */
const shortLimits = { timeoutMs: 30_000, maxWaitMs: 60_000 };

/**
 * Runs `work` in a transaction that commits only if the lease is still held at its end. The lease is not
 * locked meanwhile: it must be renewed while a long transaction goes on.
 * @throws LeaseLostError, and nothing is written
 */
export async function fencedTransaction<Result>(
  prisma: PrismaClient,
  lease: Lease,
  work: (transaction: Prisma.TransactionClient) => Promise<Result>,
  limits: { timeoutMs: number; maxWaitMs: number } = shortLimits,
): Promise<Result> {
  return prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`
        SELECT set_config('idle_in_transaction_session_timeout', ${String(maxPauseMs)}, true)`;
      const result = await work(transaction);
      const [row] = await transaction.$queryRaw<{ held: boolean }[]>`SELECT ${holdsLease(lease)} AS held`;
      if (!row?.held) throw new LeaseLostError();
      return result;
    },
    { timeout: limits.timeoutMs, maxWait: limits.maxWaitMs },
  );
}

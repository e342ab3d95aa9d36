import { AppError } from '../app-error.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';

/** The right to write for one corp's run. It ends by itself; a later holder has a higher epoch. */
export interface Lease {
  corpRowId: number;
  runId: string;
  epoch: number;
}

/** A client or an open transaction of it. */
export type Executor = Pick<PrismaClient, '$executeRaw' | '$queryRaw'>;

/** Thrown when another process has taken the lease over: this one must write nothing more. */
export class LeaseLostError extends AppError {
  override name = 'LeaseLostError';
  constructor() {
    super('sync.interrupted');
  }
}

/** SQL that is true, and stays true until the transaction ends, only for the holder of the lease. */
export const holdsLease = ({ corpRowId, epoch }: Lease): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM sync_lease
  WHERE corp_row_id = ${corpRowId} AND epoch = ${epoch} AND expires_at > now()
  FOR SHARE
)`;

/**
 * Checks the lease inside a transaction and keeps others from taking it until the end of the transaction.
 * @throws LeaseLostError
 */
export async function lockLease(transaction: Executor, lease: Lease): Promise<void> {
  const [row] = await transaction.$queryRaw<{ held: boolean }[]>`SELECT ${holdsLease(lease)} AS held`;
  if (!row?.held) throw new LeaseLostError();
}

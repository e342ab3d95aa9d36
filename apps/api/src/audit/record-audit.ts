import type { AuditAction } from '@orgmirror/contracts';
import { Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { nameOf, type SignedIn } from '../platform/http/signed-in.ts';

export interface AuditFacts {
  action: AuditAction;
  target?: string;
  result?: 'succeeded' | 'failed';
  /** Never a secret. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/** Who did it and from where. */
export interface AuditActor {
  session: SignedIn | undefined;
  /** When there is no session: the name that was tried. */
  name?: string;
  ip: string | null;
  /** The request by which it was done; absent when no request was it. */
  requestId?: string;
}

/** An open transaction: a client, which has a connection to open, does not fit. */
export type Transaction = Prisma.TransactionClient & { $connect?: never };

/**
 * Writes one entry of the audit log in the transaction of the change that it tells of: both are there, or
 * neither.
 */
export const recordAudit = (transaction: Transaction, actor: AuditActor, facts: AuditFacts): Promise<void> =>
  writeEntry(transaction, actor, facts);

/** Writes an entry about what changes nothing here: something was shown, tried or refused. */
export const recordWithoutChange = (
  prisma: PrismaClient,
  actor: AuditActor,
  facts: AuditFacts,
): Promise<void> => writeEntry(prisma, actor, facts);

async function writeEntry(
  { auditEntry }: Pick<Prisma.TransactionClient, 'auditEntry'>,
  actor: AuditActor,
  facts: AuditFacts,
): Promise<void> {
  await auditEntry.create({
    data: {
      actor: actor.session ? nameOf(actor.session.user) : (actor.name ?? null),
      action: facts.action,
      target: facts.target ?? null,
      result: facts.result ?? 'succeeded',
      before: facts.before ?? Prisma.DbNull,
      after: facts.after ?? Prisma.DbNull,
      ip: actor.ip,
      requestId: actor.requestId ?? null,
    },
  });
}

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

/** What is worth an entry; the console has a text for each. */
export type AuditAction =
  | 'access.refuse'
  | 'setup.complete'
  | 'session.sign_in'
  | 'session.sign_out'
  | 'session.end'
  | 'session.end_all'
  | 'password.change'
  | 'password.reset'
  | 'password.set'
  | 'account.create'
  | 'account.disable'
  | 'account.enable'
  | 'account.reset_link'
  | 'secret.rotate'
  | 'auth_provider.create'
  | 'auth_provider.update'
  | 'auth_provider.delete'
  | 'auth_provider.check'
  | 'authorisation.agree'
  | 'authorisation.decline'
  | 'authorisation.withdraw'
  | 'settings.save'
  | 'settings.sync'
  | 'settings.test'
  | 'notices.save'
  | 'notices.test'
  | 'callback.save'
  | 'callback.delete'
  | 'callback.reconcile'
  | 'event.replay'
  | 'member.access'
  | 'member.access_end'
  | 'member.reveal'
  | 'retention.erase'
  | 'sync.start'
  | 'sync.approve'
  | 'sync.reject'
  | 'sync.cancel'
  | 'sync.undo'
  | 'member.check'
  | 'member.sync'
  | 'attribute.create'
  | 'attribute.update'
  | 'attribute.delete'
  | 'attribute.template'
  | 'attribute.upload'
  | 'attribute.apply'
  | 'member.export'
  | 'export.download'
  | 'export.delete'
  | 'audit.export'
  | 'sync.export';

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

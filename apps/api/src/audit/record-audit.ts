import type { PrismaClient } from '../platform/database/generated/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
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
  | 'setup.complete'
  | 'session.sign_in'
  | 'session.sign_out'
  | 'session.end'
  | 'session.end_all'
  | 'password.change'
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
  | 'callback.save'
  | 'callback.delete'
  | 'callback.reconcile'
  | 'event.replay'
  | 'member.access'
  | 'member.reveal'
  | 'retention.erase'
  | 'sync.start'
  | 'sync.approve'
  | 'sync.reject'
  | 'sync.cancel'
  | 'sync.undo'
  | 'member.check';

/** Who did it and from where. */
export interface AuditActor {
  session: SignedIn | undefined;
  /** When there is no session: the name that was tried. */
  name?: string;
  ip: string | null;
}

export type RecordAudit = (actor: AuditActor, facts: AuditFacts) => Promise<void>;

/** Writes one entry of the audit log. */
export const createRecordAudit =
  (prisma: PrismaClient): RecordAudit =>
  async (actor, facts) => {
    await prisma.auditEntry.create({
      data: {
        actor: actor.session ? nameOf(actor.session.user) : (actor.name ?? null),
        action: facts.action,
        target: facts.target ?? null,
        result: facts.result ?? 'succeeded',
        before: facts.before ?? Prisma.DbNull,
        after: facts.after ?? Prisma.DbNull,
        ip: actor.ip,
      },
    });
  };

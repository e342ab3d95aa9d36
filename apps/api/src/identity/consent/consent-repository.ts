import type { Prisma, PrismaClient } from '../../platform/database/generated/client.ts';

const source = 'authorised';

/**
 * What a member decided about their sensitive fields, and the fields they gave; nulls when they never did.
 */
export interface StoredConsent {
  decision: string | null;
  decidedAt: Date | null;
  /** The sealed document of the fields. */
  sealed: Uint8Array | null;
}

export async function findConsent(prisma: PrismaClient, memberId: number): Promise<StoredConsent> {
  const [row] = await prisma.$queryRaw<StoredConsent[]>`
    SELECT a.decision, a.decided_at AS "decidedAt", s.sealed
    FROM (SELECT ${memberId}::int AS id) m
    LEFT JOIN member_authorisation a ON a.member_id = m.id
    LEFT JOIN member_sensitive s ON s.member_id = m.id AND s.source = ${source}`;
  return row ?? { decision: null, decidedAt: null, sealed: null };
}

/**
 * Records that the member agreed and stores what they gave in place of `before`, in one statement. `refused`:
 * they had declined or withdrawn and did not ask for it themselves (`overridesRefusal`). `outdated`: another
 * sign-in of theirs stored something meanwhile, and this one must read it again.
 */
export async function storeConsent(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  memberId: number,
  { before, after, mobileDigest, at, overridesRefusal }: ConsentUpdate,
): Promise<'stored' | 'refused' | 'outdated'> {
  const [row] = await prisma.$queryRaw<{ agreed: number; stored: number }[]>`
    WITH agreed AS (
      INSERT INTO member_authorisation AS a (member_id, decision, decided_at)
      VALUES (${memberId}, 'agreed', ${at}::timestamptz)
      ON CONFLICT (member_id) DO UPDATE SET decision = 'agreed',
        decided_at = CASE a.decision WHEN 'agreed' THEN a.decided_at ELSE excluded.decided_at END
      WHERE a.decision = 'agreed' OR ${overridesRefusal}
      RETURNING a.member_id
    ), stored AS (
      INSERT INTO member_sensitive AS s (member_id, source, sealed, mobile_digest, updated_at)
      SELECT member_id, ${source}, ${after}::bytea, ${mobileDigest}, ${at}::timestamptz FROM agreed
      ON CONFLICT (member_id, source) DO UPDATE
        SET sealed = excluded.sealed, mobile_digest = excluded.mobile_digest, updated_at = excluded.updated_at
      WHERE s.sealed = ${before}::bytea
      RETURNING s.member_id
    )
    SELECT (SELECT count(*) FROM agreed)::int AS agreed, (SELECT count(*) FROM stored)::int AS stored`;
  if (row?.agreed !== 1) return 'refused';
  return row.stored === 1 ? 'stored' : 'outdated';
}

interface ConsentUpdate {
  before: Uint8Array | null;
  after: Uint8Array;
  /** Of the mobile in `after`. */
  mobileDigest: string;
  at: Date;
  overridesRefusal: boolean;
}

/**
 * Records that the member does not, or no longer, agree, and erases what they gave: together, and after any
 * sign-in of theirs that is storing something. @returns whether anything was erased
 */
export async function eraseConsentedFields(
  transaction: Prisma.TransactionClient,
  memberId: number,
  { decision, at }: { decision: 'declined' | 'withdrawn'; at: Date },
): Promise<boolean> {
  const data = { decision, decidedAt: at };
  await transaction.memberConsent.upsert({
    where: { memberId },
    create: { memberId, ...data },
    update: data,
  });
  return (await transaction.memberSensitive.deleteMany({ where: { memberId, source } })).count > 0;
}

import type { MemberAuthorisation, Prisma, PrismaClient } from '../database/generated/client.ts';

const source = 'authorised';

export const findAuthorisation = (
  prisma: PrismaClient,
  memberId: number,
): Promise<MemberAuthorisation | null> => prisma.memberAuthorisation.findUnique({ where: { memberId } });

/**
 * Notes that the member agreed, and holds their row until the transaction ends. False, and nothing is noted, when they
 * had declined or withdrawn and did not ask for it themselves (`overrules`).
 */
export async function agree(
  transaction: Prisma.TransactionClient,
  memberId: number,
  { at, overrules }: { at: Date; overrules: boolean },
): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    INSERT INTO member_authorisation AS a (member_id, decision, decided_at)
    VALUES (${memberId}, 'agreed', ${at}::timestamptz)
    ON CONFLICT (member_id) DO UPDATE SET decision = 'agreed',
      decided_at = CASE a.decision WHEN 'agreed' THEN a.decided_at ELSE excluded.decided_at END
    WHERE a.decision = 'agreed' OR ${overrules}
    RETURNING member_id`;
  return rows.length > 0;
}

/** Notes that the member does not, or no longer, agree; held like {@link agree}. */
export async function refuse(
  transaction: Prisma.TransactionClient,
  memberId: number,
  decision: 'declined' | 'withdrawn',
  at: Date,
): Promise<void> {
  const data = { decision, decidedAt: at };
  await transaction.memberAuthorisation.upsert({
    where: { memberId },
    create: { memberId, ...data },
    update: data,
  });
}

/** What the member gave, sealed; null when nothing. */
export async function findAuthorisedFields(
  prisma: Pick<PrismaClient, 'memberSensitive'>,
  memberId: number,
): Promise<Uint8Array | null> {
  const row = await prisma.memberSensitive.findUnique({ where: { memberId_source: { memberId, source } } });
  return row?.sealed ?? null;
}

export async function saveAuthorisedFields(
  transaction: Prisma.TransactionClient,
  memberId: number,
  { sealed, at }: { sealed: Uint8Array<ArrayBuffer>; at: Date },
): Promise<void> {
  const data = { sealed, updatedAt: at };
  await transaction.memberSensitive.upsert({
    where: { memberId_source: { memberId, source } },
    create: { memberId, source, ...data },
    update: data,
  });
}

/** Whether there was anything. */
export async function eraseAuthorisedFields(
  transaction: Prisma.TransactionClient,
  memberId: number,
): Promise<boolean> {
  return (await transaction.memberSensitive.deleteMany({ where: { memberId, source } })).count > 0;
}

import { type AuditActor, recordWithoutChange } from '../../audit/record-audit.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SignedIn } from '../../platform/http/signed-in.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { listMobileDigests, readMobile } from '../sensitive/mobile-digest.ts';

/** A member whom a mobile number belongs to. */
export interface MobileOwner {
  /** Local id. */
  id: number;
  userId: string;
}

/** A number belongs to one member; a few share one by mistake. */
const maxOwners = 100;

/** Whether a text is looked for among mobiles as well: a full number, by somebody who may see them. */
export const looksForMobile = (q: string | undefined, { user }: SignedIn): boolean =>
  user.role === 'admin' && readMobile(q) !== undefined;

/** The members whose full mobile number a text is, present or left. */
export async function findMobileOwners(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  corpRowId: number,
  q: string | undefined,
): Promise<MobileOwner[]> {
  const mobile = readMobile(q);
  if (mobile === undefined) return [];
  return prisma.$queryRaw<MobileOwner[]>`
    SELECT DISTINCT m.id, m.user_id AS "userId"
    FROM member_sensitive s JOIN member m ON m.id = s.member_id
    WHERE s.mobile_digest = ANY(${listMobileDigests(secretBox, mobile)}::text[]) AND m.corp_row_id = ${corpRowId}
    ORDER BY m.id LIMIT ${maxOwners}`;
}

/** Who is found by a number is known to have it: recorded as if it had been revealed, without the number. */
export async function recordFoundOwners(
  prisma: PrismaClient,
  actor: AuditActor,
  owners: readonly MobileOwner[],
): Promise<void> {
  for (const { userId } of owners)
    await recordWithoutChange(prisma, actor, {
      action: 'member.reveal',
      target: userId,
      after: { field: 'mobile', mode: 'search' },
    });
}

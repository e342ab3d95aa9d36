import { type Preferences, preferences } from '@orgmirror/contracts';
import * as z from 'zod';
import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { SessionOwner } from '../sessions/session-repository.ts';

const parts = preferences.shape;

/** What the user has set; a part that a newer or older console wrote in another form counts as not set. */
export async function readPreferences(prisma: PrismaClient, owner: SessionOwner): Promise<Preferences> {
  const row = await prisma.userPreferences.findFirst({ where: owner });
  return present(row?.document);
}

/**
 * Replaces the parts that are given; two tabs that save different parts keep both, since one statement merges
 * them.
 */
export async function savePreferences(
  prisma: PrismaClient,
  owner: SessionOwner,
  changed: { [Key in keyof Preferences]?: Preferences[Key] | undefined },
): Promise<Preferences> {
  const ofUser = 'userId' in owner;
  const document = JSON.stringify(changed);
  const conflict = ofUser ? Prisma.sql`user_id` : Prisma.sql`member_id`;
  const [row] = await prisma.$queryRaw<{ document: unknown }[]>`
    INSERT INTO user_preferences AS kept (user_id, member_id, document)
    VALUES (${ofUser ? owner.userId : null}::uuid, ${ofUser ? null : owner.memberId}::int, ${document}::jsonb)
    ON CONFLICT (${conflict}) DO UPDATE SET document = kept.document || excluded.document, updated_at = now()
    RETURNING document`;
  return present(row?.document);
}

function present(document: unknown): Preferences {
  const stored = z.record(z.string(), z.unknown()).catch({}).parse(document);
  return {
    memberList: parts.memberList.catch(null).parse(stored.memberList),
    memberViews: parts.memberViews.catch(null).parse(stored.memberViews),
    recentTargets: parts.recentTargets.catch(null).parse(stored.recentTargets),
  };
}

import { wecomStatuses } from '../../directory/members/member-status.ts';
import type { Executor } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';

/**
 * Signs out every member of the corp who may no longer use the console: what
 * `identity/sessions/check-console-access.ts` says, in SQL.
 */
export async function revokeSessions(transaction: Executor, corpRowId: number): Promise<void> {
  await transaction.$executeRaw(Prisma.sql`
    DELETE FROM session s USING member m
    WHERE s.member_id = m.id AND m.corp_row_id = ${corpRowId}
      AND (m.presence = 'left' OR m.disabled_by IS NOT NULL OR m.status <> ${wecomStatuses.activated}::int)`);
}

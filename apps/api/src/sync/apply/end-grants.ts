import { type MemberGrant, memberGrants } from '../../directory/members/member-grants.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { ApplyChanges } from './planned-changes.ts';

const ends = Object.entries<MemberGrant>(memberGrants).flatMap(([name, { end }]) =>
  end ? [Prisma.sql`${Prisma.raw(`"${name}"`)} AS (${end})`] : [],
);

/**
 * Ends what was granted to members who leave, with an audit entry for those who lose more than a session. One who comes
 * back may be another person with the same userid, and gets nothing by it either. Must come before the rows are changed.
 */
export async function endGrants(apply: ApplyChanges, { corpRowId, runId }: Lease): Promise<void> {
  await apply(
    'member',
    ['remove', 'restore'],
    (changes) => Prisma.sql`
      WITH leaver AS MATERIALIZED (
        SELECT m.id, m.user_id, m.user_key, c.kind, nullif(m.role, 'member') AS role, a.decision, s.source,
          m.user_key COLLATE "C" = ANY(recipients.keys) AS is_recipient
        FROM ${changes}
        JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key
        LEFT JOIN member_authorisation a ON a.member_id = m.id
        LEFT JOIN member_sensitive s ON s.member_id = m.id AND s.source = 'authorised'
        CROSS JOIN (
          SELECT array_agg(lower(given.user_id COLLATE "C")) AS keys
          FROM notice_settings, unnest(wecom_user_ids) AS given (user_id)) AS recipients
      ), ${Prisma.join(ends)}
      INSERT INTO audit_entry (id, action, target, result, before, after)
      SELECT gen_random_uuid(), 'member.access_end', user_id, 'succeeded',
        jsonb_strip_nulls(jsonb_build_object(
          'role', role, 'consent', decision, 'noticeRecipient', CASE WHEN is_recipient THEN true END)),
        jsonb_build_object('role', 'member', 'runId', ${runId}::text)
      FROM leaver
      WHERE role IS NOT NULL OR decision IS NOT NULL OR source IS NOT NULL OR is_recipient`,
  );
}

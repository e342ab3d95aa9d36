import { Prisma } from '../../platform/database/generated/client.ts';

/**
 * What ends a grant: that the member leaves (for one whom no sync saw leave: that somebody comes back under the
 * userid), the erasure after the retention, or only the decision of a person.
 */
export type GrantEnd = 'leaving' | 'erasure' | 'decision';

export interface MemberGrant {
  /** Table, or table and column. */
  storedIn: string;
  endsBy: GrantEnd;
  /** Ends it for the members of the rows `leaver` of end-grants.ts. */
  end?: Prisma.Sql;
}

/** Where a row may be a member's or a local account's, it has the user's id as sessions name it. */
const ofLeavingUser = (column: string) => Prisma.raw(`USING leaver WHERE ${column} = leaver.id::text`);

const ofLeaver = (row: string) => Prisma.raw(`USING leaver WHERE ${row}.member_id = leaver.id`);

/**
 * Everything that a person is granted or decides in this console, beside what WeCom says about them. A userid can be
 * given to another person, so that nothing of it may outlive the membership but what restricts them.
 */
export const memberGrants = {
  role: {
    storedIn: 'member.role',
    endsBy: 'leaving',
    end: Prisma.sql`
      UPDATE member m SET role = 'member',
        former_role = coalesce(nullif(m.role, 'member'), m.former_role),
        former_left_at = CASE leaver.kind WHEN 'restore' THEN m.left_at END
      FROM leaver WHERE m.id = leaver.id`,
  },
  sessions: {
    storedIn: 'session',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM session s ${ofLeaver('s')}`,
  },
  consent: {
    storedIn: 'member_authorisation',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM member_authorisation a ${ofLeaver('a')}`,
  },
  authorisedFields: {
    storedIn: 'member_sensitive',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM member_sensitive s ${ofLeaver('s')} AND s.source = 'authorised'`,
  },
  preferences: {
    storedIn: 'user_preferences',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM user_preferences p ${ofLeaver('p')}`,
  },
  noticeRecipient: {
    storedIn: 'notice_settings.wecom_user_ids',
    endsBy: 'leaving',
    // A form that still shows them must not bring them back: the version rises as with every save.
    end: Prisma.sql`
      UPDATE notice_settings SET version = version + 1, updated_at = now(), wecom_user_ids = ARRAY(
        SELECT given.user_id FROM unnest(wecom_user_ids) WITH ORDINALITY AS given (user_id, place)
        WHERE lower(given.user_id COLLATE "C") NOT IN (SELECT user_key FROM leaver) ORDER BY given.place)
      WHERE EXISTS (SELECT FROM leaver WHERE is_recipient)`,
  },
  exports: {
    storedIn: 'export.owner_id',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM export e ${ofLeavingUser('e.owner_id')}`,
  },
  attributeImports: {
    storedIn: 'attribute_import.owner_id',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM attribute_import i ${ofLeavingUser('i.owner_id')}`,
  },
  seenNotices: {
    storedIn: 'notice_reader.reader',
    endsBy: 'leaving',
    end: Prisma.sql`DELETE FROM notice_reader r ${ofLeavingUser('r.reader')}`,
  },
  /** Kept so that a returner can be told from a newcomer, and given the role back by one click. */
  formerRole: { storedIn: 'member.former_role', endsBy: 'erasure' },
  formerLeftAt: { storedIn: 'member.former_left_at', endsBy: 'decision' },
  /** Not granted but taken: a person who was disabled here by hand does not come back by leaving for a day. */
  disabled: { storedIn: 'member.disabled_by', endsBy: 'decision' },
} as const satisfies Record<string, MemberGrant>;

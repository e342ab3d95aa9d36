import type { MemberFieldName } from '@orgmirror/planner';
import { type MemberGrant, memberGrants } from '../members/member-grants.ts';
import { sensitiveFieldNames } from '../sensitive/sensitive-fields.ts';

/** Fields of `member` that are erased with the sensitive ones, by their name in a change. */
const erasedFields = {
  englishName: 'english_name',
  alias: 'alias',
  position: 'position',
  gender: 'gender',
  telephone: 'telephone',
  avatarUrl: 'avatar_url',
  thumbAvatarUrl: 'thumb_avatar_url',
  openUserId: 'open_user_id',
  externalPosition: 'external_position',
  externalProfile: 'external_profile',
  extendedAttributes: 'extended_attributes',
  directLeaderUserIds: 'direct_leader_user_ids',
} as const satisfies Partial<Record<MemberFieldName, string>>;

/** Columns of `member` that become null: never visible, as far as a later sync is concerned. */
export const erasedColumns: readonly string[] = [
  ...Object.values(erasedFields),
  ...Object.values<MemberGrant>(memberGrants).flatMap(({ storedIn, endsBy }) =>
    endsBy === 'erasure' ? [storedIn.replace('member.', '')] : [],
  ),
];

/** Values that go out of the changes in a run's history. */
export const erasedValueNames: readonly string[] = [...Object.keys(erasedFields), ...sensitiveFieldNames];

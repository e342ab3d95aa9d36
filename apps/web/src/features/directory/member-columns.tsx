import type { MemberSummary } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import type { Column } from '../../components/data-table.tsx';
import { PersonAvatar } from '../../components/person-avatar.tsx';
import { DepartmentTags } from './department-tags.tsx';
import { MaybeValue } from './maybe-value.tsx';
import { MemberStatusTag } from './member-status-tag.tsx';

/** Columns that may be hidden; the member's own stays. */
export const optionalColumns = [
  'wecomUserId',
  'departments',
  'position',
  'status',
  'mobile',
  'email',
] as const;

/** The columns of the members table, in order. */
export function buildMemberColumns(
  t: TFunction,
  departmentId: number | null,
  onOpen: (member: MemberSummary) => void,
): Column<MemberSummary>[] {
  return [
    {
      key: 'member',
      title: t('org.column.member'),
      render: (member) => (
        <span className="om-member">
          <PersonAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
          <button type="button" className="om-link-button" onClick={() => onOpen(member)}>
            {member.name}
          </button>
          {member.alias && <span className="om-quiet">{member.alias}</span>}
          <LeaderBadge member={member} departmentId={departmentId} t={t} />
        </span>
      ),
    },
    {
      key: 'wecomUserId',
      title: t('org.column.wecomUserId'),
      render: ({ wecomUserId }) => (
        <CopyableCode text={wecomUserId} label={t('org.copyUserId', { userId: wecomUserId })} />
      ),
    },
    {
      key: 'departments',
      title: t('org.column.departments'),
      render: ({ departments }) => <DepartmentTags departments={departments} />,
    },
    {
      key: 'position',
      title: t('org.column.position'),
      render: ({ position }) => <MaybeValue value={position} />,
    },
    { key: 'status', title: t('org.column.status'), render: (member) => <MemberStatusTag {...member} /> },
    {
      key: 'mobile',
      title: t('org.column.mobile'),
      render: ({ mobileMasked }) => <MaybeValue value={mobileMasked} />,
    },
    {
      key: 'email',
      title: t('org.column.email'),
      render: ({ emailMasked }) => <MaybeValue value={emailMasked} />,
    },
  ];
}

interface LeaderBadgeProps {
  member: MemberSummary;
  departmentId: number | null;
  t: TFunction;
}

/** Shown where the person leads: in the chosen department, or anywhere when all members are listed. */
function LeaderBadge({ member, departmentId, t }: LeaderBadgeProps) {
  const led = member.departments.filter(
    ({ id, path, isLeader }) =>
      isLeader &&
      (departmentId === null || id === departmentId || path.some((step) => step.id === departmentId)),
  );
  if (led.length === 0) return null;
  return (
    <span
      className="om-tag om-tag-leader"
      title={t('org.leaderOf', { department: led.map(({ name }) => name).join('、') })}
    >
      {t('org.leader')}
    </span>
  );
}

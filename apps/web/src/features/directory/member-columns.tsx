import type { MemberSummary } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import type { Column } from '../../components/data-table.tsx';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { DepartmentTags } from './department-tags.tsx';
import { LeftNote } from './left-note.tsx';
import { MemberStatusTag } from './member-status-tag.tsx';
import type { OrgParams } from './org-params.ts';
import { UnavailableCell } from './unavailable-cell.tsx';
import { UnavailableHeader } from './unavailable-header.tsx';

/** Columns that may be hidden; the member's own stays. */
export const optionalColumns = [
  'wecomUserId',
  'departments',
  'position',
  'status',
  'mobile',
  'email',
] as const;

/** CSS widths; what does not fit ends in an ellipsis, and the whole text stands in the tooltip. */
const widths = {
  member: '180px',
  leftAt: '170px',
  wecomUserId: '112px',
  departments: '160px',
  position: '130px',
  status: '100px',
  mobile: '116px',
  email: '110px',
};

/** Columns that are none of a colleague's business. */
const consoleColumns: readonly string[] = ['wecomUserId', 'status', 'leftAt'];

interface MemberColumnsInput {
  t: TFunction;
  params: OrgParams;
  /** The rows of the table; headers explain missing values. */
  members: readonly MemberSummary[];
  onOpen: (member: MemberSummary) => void;
  /** Whether the user may open the member. */
  mayOpen: (member: MemberSummary) => boolean;
  /** Whether userids, states and who left are shown. */
  seesConsole: boolean;
  /** For the last department of those who left. */
  getDepartmentName: (id: number) => string | undefined;
}

/** The columns of the members table, in order; those who left have the time and the run beside their name. */
export function buildMemberColumns({
  t,
  params: { departmentId, presence },
  members,
  onOpen,
  mayOpen,
  seesConsole,
  getDepartmentName,
}: MemberColumnsInput): Column<MemberSummary>[] {
  const maybe = (
    key: 'position' | 'mobile' | 'email',
    read: (member: MemberSummary) => string | null,
  ): Column<MemberSummary> => ({
    key,
    width: widths[key],
    label: t(`org.column.${key}`),
    title: (
      <UnavailableHeader
        title={t(`org.column.${key}`)}
        isExplained={members.some((member) => read(member) === null)}
      />
    ),
    render: (member) => <UnavailableCell value={read(member)} />,
  });
  const columns: Column<MemberSummary>[] = [
    {
      key: 'member',
      width: widths.member,
      title: t('org.column.member'),
      render: (member) => (
        <span className="om-member">
          <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
          {mayOpen(member) ? (
            <button type="button" className="om-link-button" onClick={() => onOpen(member)}>
              {member.name}
            </button>
          ) : (
            <span className="om-member-name">{member.name}</span>
          )}
          {member.alias && <span className="om-quiet">{member.alias}</span>}
          <LeaderBadge member={member} departmentId={departmentId} t={t} />
        </span>
      ),
    },
    ...(presence === 'present'
      ? []
      : [{ key: 'leftAt', title: t('org.column.leftAt'), width: widths.leftAt, render: renderLeftAt }]),
    {
      key: 'wecomUserId',
      width: widths.wecomUserId,
      title: t('org.column.wecomUserId'),
      render: ({ wecomUserId }) => (
        <CopyableCode text={wecomUserId} label={t('org.copyUserId', { userId: wecomUserId })} />
      ),
    },
    {
      key: 'departments',
      title: t('org.column.departments'),
      width: widths.departments,
      render: (member) =>
        member.presence === 'left' ? (
          <LastDepartment name={getDepartmentName(member.mainDepartmentId ?? 0)} />
        ) : (
          <DepartmentTags departments={member.departments} />
        ),
    },
    maybe('position', ({ position }) => position),
    {
      key: 'status',
      title: t('org.column.status'),
      width: widths.status,
      render: (member) => <MemberStatusTag {...member} />,
    },
    maybe('mobile', ({ mobileMasked }) => mobileMasked),
    maybe('email', ({ emailMasked }) => emailMasked),
  ];
  return columns.filter(({ key }) => seesConsole || !consoleColumns.includes(key));
}

/** Where somebody was who left, as far as that department is still here. */
function LastDepartment({ name }: { name: string | undefined }) {
  const { t } = useTranslation();
  return (
    <span className="om-quiet">
      {name === undefined ? t('common.value.none') : t('org.lastDepartment', { name })}
    </span>
  );
}

const renderLeftAt = (member: MemberSummary) =>
  member.presence === 'left' ? <LeftNote {...member} /> : null;

interface LeaderBadgeProps {
  member: MemberSummary;
  departmentId: number | null;
  t: TFunction;
}

/** Shown for a leader of the selected department, or of any department when all members are listed. */
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

import type { MemberSort, MemberSummary } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Highlighted } from '../../components/highlighted.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import {
  type AttributeColumn,
  type ColumnKey,
  type ColumnSetting,
  isAttributeColumn,
} from './column-order.ts';
import { DepartmentTags } from './department-tags.tsx';
import { LeftNote } from './left-note.tsx';
import { MemberStatusTag } from './member-status-tag.tsx';
import type { OrgParams } from './org-params.ts';
import { UnavailableCell } from './unavailable-cell.tsx';
import { UnavailableHeader } from './unavailable-header.tsx';

type FixedColumn = Exclude<ColumnKey, AttributeColumn>;

/**
 * Pixels; those shown at first fit a window of 1440. What does not fit ends in an ellipsis, and the whole text stands
 * in the tooltip.
 */
const widths: Readonly<Record<FixedColumn, number>> = {
  member: 184,
  leftAt: 170,
  wecomUserId: 112,
  departments: 154,
  position: 124,
  status: 100,
  mobile: 116,
  email: 110,
  updatedAt: 120,
};
/** Pixels, of an attribute's column. */
const attributeWidth = 120;

/** Columns that are folded away while no member that is listed has a value. */
const foldable = {
  position: ({ position }: MemberSummary) => position,
  mobile: ({ mobileMasked }: MemberSummary) => mobileMasked,
  email: ({ emailMasked }: MemberSummary) => emailMasked,
};
type FoldableColumn = keyof typeof foldable;

/** The columns that would say of each of these members that the value is not visible. */
export const listFoldedColumns = (members: readonly MemberSummary[]): FoldableColumn[] =>
  (Object.keys(foldable) as FoldableColumn[]).filter(
    (key) => members.length > 0 && members.every((member) => foldable[key](member) === null),
  );

/** What the server sorts by for each column that can be sorted. */
const sorts: Readonly<Partial<Record<ColumnKey, MemberSort>>> = {
  member: 'name',
  wecomUserId: 'userId',
  departments: 'department',
  status: 'status',
  updatedAt: 'updatedAt',
};

/** Columns that are none of a colleague's business. */
export const consoleColumns: readonly ColumnKey[] = ['wecomUserId', 'status', 'leftAt', 'updatedAt'];

interface MemberColumnsInput {
  t: TFunction;
  params: Pick<OrgParams, 'departmentId' | 'presence' | 'sort' | 'isDescending'>;
  /** Marked in names and userids. */
  search: string;
  /** The rows of the table; headers explain missing values. */
  members: readonly MemberSummary[];
  onOpen: (member: MemberSummary) => void;
  onSort: (sort: MemberSort) => void;
  /** Whether the user may open the member. */
  mayOpen: (member: MemberSummary) => boolean;
  /** Whether userids, states and who left are shown. */
  seesConsole: boolean;
  /** All columns in order. */
  settings: readonly ColumnSetting[];
  onResize: (key: ColumnKey, width: number) => void;
  /** Stands before the title of the first column, and before each name. */
  selection: { all: ReactNode; one: (member: MemberSummary) => ReactNode } | undefined;
  /** Undefined for the column of an attribute that is not known (yet): it is not shown. */
  nameOf: (key: ColumnKey) => string | undefined;
  /** For the last department of those who left. */
  getDepartmentName: (id: number) => string | undefined;
}

/** The columns of the members table, in order; those who left have the time and the run beside their name. */
export function buildMemberColumns({
  t,
  params: { departmentId, presence, sort: sortedBy, isDescending },
  search,
  members,
  onOpen,
  onSort,
  mayOpen,
  seesConsole,
  settings,
  onResize,
  selection,
  nameOf,
  getDepartmentName,
}: MemberColumnsInput): Column<MemberSummary>[] {
  const maybe = (key: FoldableColumn): Omit<Column<MemberSummary>, 'key'> => ({
    label: t(`org.column.${key}`),
    title: (
      <UnavailableHeader
        title={t(`org.column.${key}`)}
        isExplained={members.some((member) => foldable[key](member) === null)}
      />
    ),
    render: (member) => <UnavailableCell value={foldable[key](member)} />,
  });
  const mark = (text: string) => <Highlighted text={text} search={search} />;
  const columns: Readonly<Record<FixedColumn, Omit<Column<MemberSummary>, 'key'>>> = {
    member: {
      lead: selection?.all,
      title: t('org.column.member'),
      render: (member) => (
        <span className="om-member">
          {selection?.one(member)}
          <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />
          {mayOpen(member) ? (
            <button type="button" className="om-link-button" onClick={() => onOpen(member)}>
              {mark(member.name)}
            </button>
          ) : (
            <span className="om-listed-name">{mark(member.name)}</span>
          )}
          {member.alias && <span className="om-quiet">{mark(member.alias)}</span>}
          <LeaderBadge member={member} departmentId={departmentId} t={t} />
        </span>
      ),
    },
    leftAt: { title: t('org.column.leftAt'), render: renderLeftAt },
    wecomUserId: {
      title: t('org.column.wecomUserId'),
      render: ({ wecomUserId }) => (
        <CopyableCode text={wecomUserId} label={t('org.copyUserId', { userId: wecomUserId })}>
          {mark(wecomUserId)}
        </CopyableCode>
      ),
    },
    departments: {
      title: t('org.column.departments'),
      render: (member) =>
        member.presence === 'left' ? (
          <LastDepartment name={getDepartmentName(member.mainDepartmentId ?? 0)} />
        ) : (
          <DepartmentTags departments={member.departments} />
        ),
    },
    position: maybe('position'),
    status: { title: t('org.column.status'), render: (member) => <MemberStatusTag {...member} /> },
    mobile: maybe('mobile'),
    email: maybe('email'),
    updatedAt: {
      title: t('org.column.updatedAt'),
      render: ({ updatedAt }) => <RelativeTime instant={updatedAt} />,
    },
  };
  const folded: readonly ColumnKey[] = listFoldedColumns(members);
  const isThere = ({ key, isShown }: ColumnSetting) =>
    key === 'member' ||
    (isShown &&
      (seesConsole || !consoleColumns.includes(key)) &&
      (key !== 'leftAt' || presence !== 'present') &&
      !folded.includes(key));
  const direction = isDescending ? 'descending' : 'ascending';
  return settings.filter(isThere).flatMap(({ key, width, isPinned }) => {
    const [name, sort] = [nameOf(key), sorts[key]];
    if (name === undefined) return [];
    return {
      ...(isAttributeColumn(key) ? toAttributeCells(key, name) : columns[key]),
      key,
      isPinned: isPinned || key === 'member',
      resize: {
        width: width ?? (isAttributeColumn(key) ? attributeWidth : widths[key]),
        label: t('org.column.width', { column: name }),
        onResize: (next) => onResize(key, next),
      },
      ...(sort !== undefined && {
        sort: { direction: sort === sortedBy ? direction : undefined, onSort: () => onSort(sort) },
      }),
    };
  });
}

/** What the enterprise adds; empty where it has not said anything. */
const toAttributeCells = (column: AttributeColumn, title: string): Omit<Column<MemberSummary>, 'key'> => ({
  title,
  render: ({ attributeValues }) => attributeValues[column.slice('attr:'.length)] ?? null,
});

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

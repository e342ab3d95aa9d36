import type { MemberSort, MemberSummary } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/copy-button.tsx';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { CursorPager } from '../../components/cursor-pager.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { NothingMatches } from '../../components/nothing-matches.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { SkeletonRows } from '../../components/skeleton-rows.tsx';
import { TickBox } from '../../components/tick-box.tsx';
import type { DepartmentNode } from '../../entities/departments/department-forest.ts';
import { useDepartmentNames } from '../../entities/departments/use-department-names.ts';
import { memberTotalQuery } from '../../entities/members/member-total-query.ts';
import { useMayOpenMember, useSeesConsole } from '../../entities/session/session.ts';
import { getProblemCode } from '../../lib/http/problem-error.ts';
import { useStableCallback } from '../../lib/use-stable-callback.ts';
import { type ColumnKey, changeColumn } from './column-order.ts';
import { DepartmentLeaders } from './department-leaders.tsx';
import { describeCounts } from './describe-counts.ts';
import { buildMemberColumns, listFoldedColumns } from './member-columns.tsx';
import { MemberFilters } from './member-filters.tsx';
import { membersQuery } from './members-query.ts';
import { hasFilters, toggleSort } from './org-params.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useColumnName } from './use-column-name.ts';
import { type MemberList, useMemberList } from './use-member-list.ts';
import type { OrgNavigation } from './use-org-params.ts';
import { type MemberSelection, useSelection } from './use-selection.ts';

interface MembersPanelProps {
  navigation: OrgNavigation;
  department: DepartmentNode | null;
  /** Opens the tree where it is a drawer. */
  treeButton: ReactNode;
}

const noMembers: readonly MemberSummary[] = [];

/** The chosen department: its path, its counts, its members. */
export function MembersPanel({ navigation, department, treeButton }: MembersPanelProps) {
  const { t } = useTranslation();
  const { params, filter, openMember } = navigation;
  const query = useQuery(membersQuery(params));
  const list = useMemberList();
  const selection = useSelection(params);
  const members = query.data?.items ?? noMembers;
  const open = useStableCallback(({ wecomUserId }: MemberSummary) => openMember(wecomUserId));
  const mayOpen = useMayOpenMember();
  const search = useShownSearch(params.q.trim(), query.isPlaceholderData);
  const columns = useMembersColumns({ navigation, search, list, members, selection, open });
  if (getProblemCode(query.error) === 'resource.not_found')
    return <UnknownDepartment onShowAll={() => filter({ departmentId: null })} />;
  const clear = () => filter({ q: '', status: 'all', presence: 'present' });
  return (
    <section className="om-members" aria-label={department?.name ?? t('org.tree.all')}>
      <MembersHead department={department} navigation={navigation}>
        {treeButton}
      </MembersHead>
      <MemberFilters navigation={navigation} list={list} />
      <SelectionBar selection={selection} params={params} />
      <QueryContent query={query} skeleton={<SkeletonRows count={10} />}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            <EmptyMembers navigation={navigation} onClear={clear} />
          ) : (
            <>
              <DataTable
                label={department?.name ?? t('org.tree.all')}
                columns={columns}
                rows={items}
                rowKey={({ id }) => id}
                onRowClick={open}
                isRowLink={mayOpen}
                isRowSelected={(member) => member.wecomUserId === params.openMember || selection.has(member)}
                isFixed
                isCompact={list.density === 'compact'}
                isStale={query.isPlaceholderData}
              />
              <FoldedColumns members={items} />
              <CursorPager
                page={params.page}
                total={total}
                hasNext={nextCursor !== null}
                hasPrevious={navigation.hasPrevious}
                onFirst={navigation.goFirst}
                onPrevious={navigation.goPrevious}
                onNext={() => nextCursor !== null && navigation.goNext(nextCursor)}
                pageSize={params.pageSize}
                onPageSize={(pageSize) => filter({ pageSize })}
              />
            </>
          )
        }
      </QueryContent>
    </section>
  );
}

/** What the rows in sight were searched by: marks change together with the rows. */
function useShownSearch(search: string, isStale: boolean): string {
  const [shown, setShown] = useState(search);
  if (!isStale && shown !== search) setShown(search);
  return shown;
}

interface MembersColumnsInput {
  navigation: OrgNavigation;
  search: string;
  list: MemberList;
  members: readonly MemberSummary[];
  selection: MemberSelection;
  open: (member: MemberSummary) => void;
}

/** The columns, the same ones until something that they show changes: the rows of a table follow them. */
function useMembersColumns(input: MembersColumnsInput) {
  const { navigation, search, list, members, selection, open } = input;
  const { t } = useTranslation();
  const { params, filter } = navigation;
  const { departmentId, presence, sort, isDescending } = params;
  const mayOpen = useMayOpenMember();
  const seesConsole = useSeesConsole();
  const nameOf = useColumnName();
  const getDepartmentName = useDepartmentNames(presence !== 'present');
  const settings = list.columns;
  const sortBy = useStableCallback((key: MemberSort) => filter(toggleSort(params, key)));
  const resize = useStableCallback((key: ColumnKey, width: number) =>
    list.setColumns(changeColumn(settings, key, { width })),
  );
  return useMemo(
    () =>
      buildMemberColumns({
        t,
        params: { departmentId, presence, sort, isDescending },
        search,
        members,
        onOpen: open,
        onSort: sortBy,
        mayOpen,
        seesConsole,
        settings,
        onResize: resize,
        selection: seesConsole
          ? {
              all: <SelectAll members={members} selection={selection} />,
              one: (member) => <SelectOne member={member} selection={selection} />,
            }
          : undefined,
        nameOf,
        getDepartmentName,
      }),
    [
      t,
      departmentId,
      presence,
      sort,
      isDescending,
      search,
      members,
      open,
      sortBy,
      mayOpen,
      seesConsole,
      settings,
      resize,
      selection,
      nameOf,
      getDepartmentName,
    ],
  );
}

interface SelectAllProps {
  members: readonly MemberSummary[];
  selection: MemberSelection;
}

/** Ticks everybody on this page. */
function SelectAll({ members, selection }: SelectAllProps) {
  const { t } = useTranslation();
  const count = members.filter((member) => selection.has(member)).length;
  const isAll = members.length > 0 && count === members.length;
  return (
    <TickBox
      label={t('members.selection.all')}
      isTicked={isAll}
      isPartly={count > 0 && !isAll}
      onTick={(isTicked) => selection.toggle(members, isTicked)}
    />
  );
}

function SelectOne({ member, selection }: { member: MemberSummary; selection: MemberSelection }) {
  const { t } = useTranslation();
  return (
    <TickBox
      label={t('members.selection.one', { name: member.name })}
      isTicked={selection.has(member)}
      onTick={(isTicked) => selection.toggle([member], isTicked)}
    />
  );
}

/** Says once, instead of in each cell, which columns hold nothing and why. */
function FoldedColumns({ members }: { members: readonly MemberSummary[] }) {
  const { t } = useTranslation();
  const folded = listFoldedColumns(members);
  if (folded.length === 0) return null;
  const columns = folded.map((key) => t(`org.column.${key}`)).join(t('common.listSeparator'));
  return <p className="om-folded-columns om-small-print">{t('org.column.folded', { columns })}</p>;
}

/** The address names a department that is gone or never was: asking again would not help. */
function UnknownDepartment({ onShowAll }: { onShowAll: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="om-members" aria-label={t('org.empty.unknown.title')}>
      <PageState
        kind="missing"
        title={t('org.empty.unknown.title')}
        detail={t('org.empty.unknown.detail')}
        action={<Button onClick={onShowAll}>{t('org.empty.unknown.action')}</Button>}
      />
    </section>
  );
}

interface MembersHeadProps {
  department: DepartmentNode | null;
  navigation: OrgNavigation;
  children: ReactNode;
}

function MembersHead({ department, navigation, children }: MembersHeadProps) {
  const { t } = useTranslation();
  const seesConsole = useSeesConsole();
  const { data: total } = useQuery(memberTotalQuery);
  return (
    <div className="om-members-head">
      {department && department.path.length > 1 && (
        <nav className="om-path" aria-label={t('org.path')}>
          {department.path.slice(0, -1).map(({ id, name }) => (
            <span key={id}>
              <button
                type="button"
                className="om-link-button"
                onClick={() => navigation.filter({ departmentId: id })}
              >
                {name}
              </button>
              <i aria-hidden="true">/</i>
            </span>
          ))}
          <CopyButton
            text={department.path.map(({ name }) => name).join(' / ')}
            label={t('org.copyPath', { name: department.name })}
          />
        </nav>
      )}
      {children}
      <h2>{department?.name ?? t('org.tree.all')}</h2>
      <span className="om-page-note">
        {department === null
          ? total !== undefined && t('org.countsAll', { count: total })
          : describeCounts(department, t)}
        {department !== null && (
          <>
            {' · ID '}
            <CopyableCode
              text={String(department.id)}
              label={t('org.copyDepartmentId', { id: department.id })}
            />
          </>
        )}
      </span>
      {seesConsole && department !== null && (
        <DepartmentLeaders userIds={department.leaderUserIds} onOpenMember={navigation.openMember} />
      )}
    </div>
  );
}

function EmptyMembers({ navigation, onClear }: { navigation: OrgNavigation; onClear: () => void }) {
  const { t } = useTranslation();
  const { params, filter } = navigation;
  if (hasFilters(params)) return <NothingMatches onClear={onClear} />;
  const place = params.departmentId === null ? 'all' : 'department';
  return (
    <PageState
      title={t(`org.empty.${place}.title`)}
      detail={t(`org.empty.${place}.detail`)}
      action={
        place === 'department' &&
        !params.isRecursive && (
          <Button onClick={() => filter({ isRecursive: true })}>{t('org.filter.recursive')}</Button>
        )
      }
    />
  );
}

import { ApartmentOutlined } from '@ant-design/icons';
import type { MemberSummary, RecentTarget } from '@orgmirror/contracts';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { type DepartmentNode, emptyForest } from '../../entities/departments/department-forest.ts';
import { departmentsQuery } from '../../entities/departments/departments-query.ts';
import { useDepartmentHits } from '../../entities/departments/use-department-hits.ts';
import { MemberAvatar } from '../../entities/members/member-avatar.tsx';
import { memberQuery } from '../../entities/members/member-query.ts';
import { useMayOpenMember } from '../../entities/session/session.ts';
import { listMembers } from '../../lib/api/directory.ts';
import type { PaletteItem } from './palette-item.ts';

const maxHits = 6;

interface DirectoryItems {
  readonly items: readonly PaletteItem[];
  readonly isSearching: boolean;
  readonly hasFailed: boolean;
}

/** Departments and members that a text finds, as the server orders them. */
export function useDirectoryHits(text: string, close: () => void): DirectoryItems {
  const { data: forest = emptyForest } = useQuery({ ...departmentsQuery, enabled: text !== '' });
  const departments = useDepartmentHits(forest, text, maxHits);
  const members = useQuery({
    queryKey: ['members', 'palette', text],
    queryFn: ({ signal }) => listMembers({ query: { q: text, limit: maxHits } }, signal),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  const present = usePresenter(close);
  return {
    items: [
      ...departments.map(present.department),
      ...(text === '' ? [] : (members.data?.items ?? []).map(present.member)),
    ],
    isSearching: text !== '' && (members.isPending || members.isPlaceholderData),
    hasFailed: members.isError,
  };
}

/** The departments and members among what was chosen before; those that are gone are left out. */
export function useRecentInDirectory(recent: readonly RecentTarget[], close: () => void): PaletteItem[] {
  const mayOpen = useMayOpenMember();
  const departmentIds = recent.filter(({ kind }) => kind === 'department').map(({ key }) => Number(key));
  const { data: forest = emptyForest } = useQuery({
    ...departmentsQuery,
    enabled: departmentIds.length > 0,
  });
  const members = useQueries({
    queries: recent
      .filter(({ kind, key }) => kind === 'member' && mayOpen({ wecomUserId: key }))
      .map(({ key }) => memberQuery(key)),
  });
  const present = usePresenter(close);
  const departments = departmentIds.map((id) => forest.byId.get(id));
  return [
    ...departments.filter((one) => one !== undefined).map(present.department),
    ...members.flatMap(({ data }) => (data ? [present.member(data)] : [])),
  ];
}

function usePresenter(close: () => void) {
  const navigate = useNavigate();
  const mayOpen = useMayOpenMember();
  const goTo = (search: Record<string, string>) => () => {
    close();
    void navigate(`/system/org?${new URLSearchParams(search)}`);
  };
  return {
    department: ({ id, name, path }: DepartmentNode): PaletteItem => ({
      kind: 'department',
      key: String(id),
      name,
      detail: path
        .slice(0, -1)
        .map((one) => one.name)
        .join(' / '),
      icon: <ApartmentOutlined />,
      choose: goTo({ department: String(id) }),
    }),
    member: (member: Pick<MemberSummary, 'wecomUserId' | 'name' | 'avatarUrl'>): PaletteItem => ({
      kind: 'member',
      key: member.wecomUserId,
      name: member.name,
      detail: member.wecomUserId,
      icon: <MemberAvatar id={member.wecomUserId} name={member.name} url={member.avatarUrl} />,
      // Whom one may not open, one may still find in the list.
      choose: goTo(mayOpen(member) ? { member: member.wecomUserId } : { q: member.wecomUserId }),
    }),
  };
}

import type { MemberSort, MemberStatus } from '@orgmirror/contracts';

export type StatusFilter = Exclude<MemberStatus, 'left' | 'unknown'> | 'all';
export type PresenceFilter = 'present' | 'left' | 'all';

/** Everything about the org page that its address keeps. */
export interface OrgParams {
  /** Null = all members. */
  readonly departmentId: number | null;
  readonly isRecursive: boolean;
  readonly q: string;
  readonly status: StatusFilter;
  readonly presence: PresenceFilter;
  /** Null: by how well a member fits the search, else as WeCom has the department, or by name. */
  readonly sort: MemberSort | null;
  readonly isDescending: boolean;
  readonly pageSize: number;
  /** Null on the first page. */
  readonly cursor: string | null;
  /** From 1. */
  readonly page: number;
  /** Userid of the member in the open drawer. */
  readonly openMember: string | null;
}

const statuses: readonly StatusFilter[] = ['all', 'activated', 'notActivated', 'disabled'];
const presences: readonly PresenceFilter[] = ['present', 'left', 'all'];
const sorts: readonly MemberSort[] = ['name', 'userId', 'department', 'status', 'updatedAt'];
const pageSizes = [50, 100, 200];

const readPositive = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;

/** Reads an address; anything unknown in it counts as not given. */
export function readOrgParams(search: URLSearchParams): OrgParams {
  const cursor = search.get('cursor');
  const pageSize = readPositive(search.get('pageSize'));
  return {
    departmentId: readPositive(search.get('department')),
    isRecursive: search.get('recursive') !== 'false',
    q: search.get('q') ?? '',
    status: statuses.find((status) => status === search.get('status')) ?? 'all',
    presence: presences.find((presence) => presence === search.get('presence')) ?? 'present',
    sort: sorts.find((sort) => sort === search.get('sort')) ?? null,
    isDescending: search.get('order') === 'desc',
    pageSize: pageSizes.find((size) => size === pageSize) ?? 50,
    cursor,
    page: cursor === null ? 1 : Math.max(2, readPositive(search.get('page')) ?? 2),
    openMember: search.get('member'),
  };
}

/** Writes an address, leaving out defaults. */
export function formatOrgParams(params: OrgParams): URLSearchParams {
  const search = new URLSearchParams();
  if (params.departmentId !== null) search.set('department', String(params.departmentId));
  if (!params.isRecursive) search.set('recursive', 'false');
  if (params.q !== '') search.set('q', params.q);
  if (params.status !== 'all') search.set('status', params.status);
  if (params.presence !== 'present') search.set('presence', params.presence);
  if (params.sort !== null) {
    search.set('sort', params.sort);
    if (params.isDescending) search.set('order', 'desc');
  }
  if (params.pageSize !== 50) search.set('pageSize', String(params.pageSize));
  if (params.cursor !== null) {
    search.set('cursor', params.cursor);
    search.set('page', String(params.page));
  }
  if (params.openMember !== null) search.set('member', params.openMember);
  return search;
}

/** The server's query for the order of the list. */
export const toMemberOrder = ({ sort, isDescending }: OrgParams) =>
  sort === null ? {} : { sort, order: isDescending ? ('desc' as const) : ('asc' as const) };

/** What a click on the head of a column makes of the order: up, down, then the list's own again. */
export const toggleSort = (params: OrgParams, sort: MemberSort): Pick<OrgParams, 'sort' | 'isDescending'> =>
  params.sort !== sort
    ? { sort, isDescending: false }
    : { sort: params.isDescending ? null : sort, isDescending: !params.isDescending };

/** The server's query for these filters, without order and paging. */
export const toMemberFilter = (params: OrgParams) => ({
  ...(params.departmentId !== null && {
    departmentId: params.departmentId,
    recursive: String(params.isRecursive),
  }),
  ...(params.q.trim() !== '' && { q: params.q.trim() }),
  ...(params.status !== 'all' && { status: params.status }),
  presence: params.presence,
});

/** Whether anything beside the department narrows the list. */
export const hasFilters = ({ q, status, presence }: OrgParams): boolean =>
  q.trim() !== '' || status !== 'all' || presence !== 'present';

/** What a member is listed by, one of these at a time. */
export const memberStates = ['present', 'activated', 'notActivated', 'disabled', 'left'] as const;
export type MemberState = (typeof memberStates)[number];

/** The filters that list the members of a state. */
export const toStateFilter = (state: MemberState): Pick<OrgParams, 'status' | 'presence'> =>
  state === 'present' || state === 'left'
    ? { status: 'all', presence: state }
    : { status: state, presence: 'present' };

/** The state that the filters list; undefined for a mixture that only an address can ask for. */
export const findMemberState = ({ status, presence }: OrgParams): MemberState | undefined =>
  memberStates.find((state) => {
    const wanted = toStateFilter(state);
    return wanted.status === status && wanted.presence === presence;
  });

import type { Corp, Department, Member } from './corp.ts';

/** What an admin of the WeCom console made visible to an app (可见范围). Replaced as a whole, never mutated. */
export interface VisibleScope {
  readonly partyIds: readonly number[];
  readonly userids: readonly string[];
  readonly tagIds: readonly number[];
  /**
   * Whether department/list without an id leaves out departments that only a tag makes visible; not
   * documented.
   */
  readonly hidesTagDepartments?: boolean;
}

/** A scope worked out against one state of the corp. */
export interface VisibleView {
  sees(departmentId: number): boolean;
  seesMember(member: Member): boolean;
  /** Keeps the userids of visible members, in the given order. */
  keepVisibleUserids(userids: readonly string[]): string[];
  /** Every department that is listed; a partial scope holds departments whose parent is not among them. */
  departments(): Iterable<Department>;
}

/** The root department's id. */
export const rootDepartmentId = 1;

/**
 * Collects a department and everything below it, the given one first.
 * Ends also when the tree has a cycle; an id that is not a department gives nothing.
 */
export function collectSubtree(corp: Corp, departmentId: number): Set<number> {
  const found = new Set<number>();
  const waiting = [departmentId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next) || !corp.departments.has(next)) continue;
    found.add(next);
    waiting.push(...corp.childrenOf(next));
  }
  return found;
}

function collectVisibleIds(corp: Corp, scope: VisibleScope): 'all' | Set<number> {
  const tops = [...scope.partyIds, ...scope.tagIds.flatMap((tagid) => corp.tags.get(tagid)?.partyIds ?? [])];
  // The root in scope means the whole corp, so that orphans and cycles of a broken corp are seen too.
  if (tops.includes(rootDepartmentId)) return 'all';
  const visible = new Set<number>();
  for (const top of tops) {
    for (const id of collectSubtree(corp, top)) visible.add(id);
  }
  return visible;
}

function* listVisibleDepartments(corp: Corp, visible: ReadonlySet<number>): Iterable<Department> {
  for (const id of visible) {
    const department = corp.departments.get(id);
    if (department !== undefined) yield department;
  }
}

/** Works out what a scope shows of the corp as it is now. */
function viewScope(corp: Corp, scope: VisibleScope): VisibleView {
  const visible = collectVisibleIds(corp, scope);
  const listed = scope.hidesTagDepartments ? collectVisibleIds(corp, { ...scope, tagIds: [] }) : visible;
  const namedUserids = new Set(
    [...scope.userids, ...scope.tagIds.flatMap((tagid) => corp.tags.get(tagid)?.userids ?? [])].map(
      (userid) => userid.toLowerCase(),
    ),
  );
  const sees = (departmentId: number) =>
    visible === 'all' ? corp.departments.has(departmentId) : visible.has(departmentId);
  const seesMember = (member: Member) =>
    visible === 'all' ||
    namedUserids.has(member.userid.toLowerCase()) ||
    member.memberships.some(({ departmentId }) => visible.has(departmentId));
  return {
    sees,
    seesMember,
    keepVisibleUserids: (userids) =>
      userids.filter((userid) => {
        const member = corp.findMember(userid);
        return member !== undefined && seesMember(member);
      }),
    departments: () => (listed === 'all' ? corp.departments.values() : listVisibleDepartments(corp, listed)),
  };
}

/** Works scopes out against the corp, again only after the tree or the scope object has changed. */
export function createScopeViewer(corp: Corp): (scope: VisibleScope) => VisibleView {
  const views = new WeakMap<VisibleScope, { revision: number; view: VisibleView }>();
  return (scope) => {
    const revision = corp.treeRevision();
    const known = views.get(scope);
    if (known !== undefined && known.revision === revision) return known.view;
    const view = viewScope(corp, scope);
    views.set(scope, { revision, view });
    return view;
  };
}

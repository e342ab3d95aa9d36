/** A department as the corp holds it. Field names are the vendor's; `order` is larger = earlier. */
export interface Department {
  readonly id: number;
  readonly name: string;
  readonly name_en?: string;
  readonly parentid: number;
  readonly order: number;
  readonly leaders: readonly string[];
  /**
   * Fields that replace or extend what the server answers for this department: the way to build broken corps.
   */
  readonly wireOverride?: Readonly<Record<string, unknown>>;
}

/**
 * One member in one department. Equal memberships may be shared between members, so they are never mutated.
 */
export interface Membership {
  readonly departmentId: number;
  readonly order: number;
  readonly isLeader: boolean;
}

/** 1 activated, 2 disabled, 4 not activated, 5 left. */
export type MemberStatus = 1 | 2 | 4 | 5;

/** Fields that most generated members do not have; a separate object keeps 500,000 members small. */
export interface MemberExtras {
  readonly alias?: string;
  readonly telephone?: string;
  readonly english_name?: string;
  readonly external_position?: string;
  readonly extattr?: Readonly<Record<string, unknown>>;
  readonly external_profile?: Readonly<Record<string, unknown>>;
  /** Sensitive fields; those left out are derived from the userid. */
  readonly mobile?: string;
  readonly gender?: '0' | '1' | '2';
  readonly email?: string;
  readonly biz_mail?: string;
  readonly address?: string;
  readonly avatar?: string;
  readonly qr_code?: string;
  /** Fields that replace or extend what the server answers for this member: the way to build broken corps. */
  readonly wireOverride?: Readonly<Record<string, unknown>>;
}

/** A member as the corp holds it. */
export interface Member {
  readonly userid: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
  readonly mainDepartmentId: number;
  readonly position: string;
  readonly status: MemberStatus;
  readonly directLeaders: readonly string[];
  readonly extras?: MemberExtras;
}

/** A tag with its members and departments. */
export interface Tag {
  readonly tagid: number;
  readonly tagname: string;
  readonly userids: readonly string[];
  readonly partyIds: readonly number[];
}

/** A change of the corp; `before` undefined = created, `after` undefined = deleted. */
export type CorpChange =
  | { readonly kind: 'member'; readonly before: Member | undefined; readonly after: Member | undefined }
  | {
      readonly kind: 'department';
      readonly before: Department | undefined;
      readonly after: Department | undefined;
    }
  | { readonly kind: 'tag'; readonly before: Tag | undefined; readonly after: Tag | undefined };

/** The identities that the consent page offers in addition to the corp's members. */
export interface ExternalIdentity {
  readonly kind: 'linkedCorp' | 'outsider';
  readonly label: string;
  /** `CorpId/userid` of a linked corp's member, or the openid of an outsider. */
  readonly id: string;
  readonly external_userid?: string;
}

/**
 * A mutable corp in memory. `put…` and `drop…` check nothing, so that broken corps (cycles, orphans, unknown
 * departments) can be built on purpose; the checked changes are in `edit-corp.ts`.
 */
export interface Corp {
  readonly departments: ReadonlyMap<number, Department>;
  /** Members by lower-case userid, as WeCom compares userids without case. */
  readonly members: ReadonlyMap<string, Member>;
  readonly tags: ReadonlyMap<number, Tag>;
  readonly externalIdentities: readonly ExternalIdentity[];
  /** Called for every change, until it is replaced. */
  onChange(listener: (change: CorpChange) => void): void;
  /** Rises with every change of a department or tag; caches of visible departments hang on it. */
  treeRevision(): number;
  childrenOf(departmentId: number): ReadonlySet<number>;
  membersOf(departmentId: number): ReadonlySet<Member>;
  findMember(userid: string): Member | undefined;
  putDepartment(department: Department): void;
  dropDepartment(departmentId: number): void;
  putMember(member: Member): void;
  dropMember(userid: string): void;
  /** Puts a member in place of the one of that userid: the same member under another userid. */
  renameMember(userid: string, member: Member): void;
  putTag(tag: Tag): void;
  dropTag(tagid: number): void;
}

const emptyIds: ReadonlySet<number> = new Set();
const emptyMembers: ReadonlySet<Member> = new Set();

function addTo<Key, Value>(index: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = index.get(key);
  if (values === undefined) index.set(key, new Set([value]));
  else values.add(value);
}

function removeFrom<Key, Value>(index: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = index.get(key);
  values?.delete(value);
  if (values?.size === 0) index.delete(key);
}

/**
 * Creates an empty corp whose reads by department are indexed: no read scans all members.
 * @param externalIdentities identities of linked corps and outsiders that the consent page offers
 */
export function createCorp(externalIdentities: readonly ExternalIdentity[] = []): Corp {
  const departments = new Map<number, Department>();
  const members = new Map<string, Member>();
  const tags = new Map<number, Tag>();
  const children = new Map<number, Set<number>>();
  const membersByDepartment = new Map<number, Set<Member>>();
  let treeRevision = 0;
  let tell: (change: CorpChange) => void = () => undefined;

  function dropDepartment(departmentId: number): void {
    const before = departments.get(departmentId);
    if (before !== undefined) removeFrom(children, before.parentid, departmentId);
    departments.delete(departmentId);
    treeRevision += 1;
    if (before !== undefined) tell({ kind: 'department', before, after: undefined });
  }

  function takeMember(userid: string): Member | undefined {
    const before = members.get(userid.toLowerCase());
    for (const { departmentId } of before?.memberships ?? [])
      if (before !== undefined) removeFrom(membersByDepartment, departmentId, before);
    members.delete(userid.toLowerCase());
    return before;
  }

  function replaceMember(userid: string, member: Member): void {
    const before = takeMember(userid);
    members.set(member.userid.toLowerCase(), member);
    for (const { departmentId } of member.memberships) addTo(membersByDepartment, departmentId, member);
    tell({ kind: 'member', before, after: member });
  }

  return {
    departments,
    members,
    tags,
    externalIdentities,
    onChange: (listener) => {
      tell = listener;
    },
    treeRevision: () => treeRevision,
    childrenOf: (departmentId) => children.get(departmentId) ?? emptyIds,
    membersOf: (departmentId) => membersByDepartment.get(departmentId) ?? emptyMembers,
    findMember: (userid) => members.get(userid.toLowerCase()),
    putDepartment(department) {
      const before = departments.get(department.id);
      if (before !== undefined) removeFrom(children, before.parentid, department.id);
      departments.set(department.id, department);
      addTo(children, department.parentid, department.id);
      treeRevision += 1;
      tell({ kind: 'department', before, after: department });
    },
    dropDepartment,
    putMember: (member) => replaceMember(member.userid, member),
    renameMember: replaceMember,
    dropMember(userid) {
      const before = takeMember(userid);
      if (before !== undefined) tell({ kind: 'member', before, after: undefined });
    },
    putTag(tag) {
      const before = tags.get(tag.tagid);
      tags.set(tag.tagid, tag);
      treeRevision += 1;
      tell({ kind: 'tag', before, after: tag });
    },
    dropTag(tagid) {
      const before = tags.get(tagid);
      tags.delete(tagid);
      treeRevision += 1;
      if (before !== undefined) tell({ kind: 'tag', before, after: undefined });
    },
  };
}

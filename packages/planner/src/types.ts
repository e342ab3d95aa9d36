import type { MemberFields } from './member-fields.ts';

/** One-way digest of a text as a short string, e.g. SHA-256 in hex; must be stable between releases. */
export type Digest = (text: string) => string;

/** A department as WeCom answered it; null = not returned. `parentId` 0 says it is a root. */
export interface ReadDepartment {
  readonly id: number;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly parentId: number | null;
  readonly sortOrder: number | null;
  readonly leaderUserIds: readonly string[] | null;
}

/** A member as WeCom answered it; `sortOrders` and `leaderFlags` run parallel to `departments`. */
export interface ReadMember {
  readonly userId: string;
  readonly departments: readonly number[] | null;
  /** The department whose list named the member, which is evidence that they are in it; null = none did. */
  readonly listedIn: number | null;
  readonly sortOrders: readonly number[] | null;
  /** 1 = leads the department at the same index. */
  readonly leaderFlags: readonly number[] | null;
  readonly mainDepartmentId: number | null;
  readonly fields: MemberFields;
}

/** A userid that WeCom changed, by its own event; both as keys. */
export interface Rename {
  from: string;
  to: string;
}

/**
 * A department of a snapshot; `parentId` is null or names a department of the same snapshot, never in a
 * cycle.
 */
export interface SnapshotDepartment {
  readonly id: number;
  /** Null = not visible. */
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly parentId: number | null;
  /**
   * Whether an answer named its parent; if not, it is a root here and the plan may keep the stored parent.
   */
  readonly isPlaced: boolean;
  readonly sortOrder: number | null;
  readonly leaderUserIds: readonly string[] | null;
}

/** A member's place in one department of the snapshot; null = not visible. */
export interface SnapshotMembership {
  readonly departmentId: number;
  readonly sortOrder: number | null;
  readonly isLeader: boolean | null;
  /**
   * From the snapshot alone: WeCom's main department, else the first returned. The plan may keep the stored
   * one.
   */
  readonly isMain: boolean;
}

/** One member of a snapshot. */
export interface SnapshotMember {
  /** The userid in lower case, see `toMemberKey`. */
  readonly key: string;
  readonly userId: string;
  readonly fields: MemberFields;
  /** In the order WeCom returned them, only departments of the snapshot; null = not visible. */
  readonly memberships: readonly SnapshotMembership[] | null;
  /** What WeCom says, whether or not the member is visibly in it. */
  readonly mainDepartmentId: number | null;
}

/** Anomalies in WeCom's answers; none of them removes a member or a membership. */
export type WarningCode =
  | 'department.blank_name'
  | 'department.orphan'
  | 'department.cycle'
  | 'department.duplicate'
  | 'member.blank_name'
  | 'member.conflicting_answers'
  | 'member.duplicate_spelling'
  | 'member.misaligned_arrays'
  | 'member.missing_contradicted'
  | 'member.unknown_status'
  | 'membership.duplicate'
  | 'membership.unknown_department';

/** All warnings of one code; `key` is a department id or a member key. */
export interface Warning {
  readonly code: WarningCode;
  readonly count: number;
  /** The first 20 in order of their key. */
  readonly examples: readonly { readonly key: string; readonly detail?: string }[];
}

/** What WeCom answered about a corp as one consistent value, independent of the order of the answers. */
export interface Snapshot {
  /** By WeCom id, ascending. */
  readonly departments: ReadonlyMap<number, SnapshotDepartment>;
  /** Ids of the departments without a visible parent, ascending. */
  readonly roots: readonly number[];
  /**
   * False when a request failed or an answer was cut off: such a snapshot removes nobody but those whom WeCom
   * denied by name.
   */
  readonly complete: boolean;
  readonly memberCount: number;
  readonly membershipCount: number;
  readonly warnings: readonly Warning[];
  /** All member keys in UTF-16 code unit order. */
  memberKeys(): Iterable<string>;
  hasMember(key: string): boolean;
  /** Whether a member is known not to exist: not in a complete snapshot, or denied by name. */
  isGone(key: string): boolean;
  /** A new checklist of all members, none ticked. */
  createChecklist(): MemberChecklist;
  /** Digest of everything compared about the member, undefined when absent. Computed at each call. */
  memberHash(key: string): string | undefined;
  /** Like `memberHash`, for a member of this snapshot that is unpacked already. */
  hashMember(member: SnapshotMember): string;
  /** Unpacks the member at each call, undefined when absent. */
  getMember(key: string): SnapshotMember | undefined;
}

/** Checklist of the members of a snapshot. */
export interface MemberChecklist {
  /** Ticks a member; false when the snapshot does not have that key. */
  tick(key: string): boolean;
  /** Keys that are not ticked, in UTF-16 code unit order. */
  rest(): Iterable<string>;
}

/** A department as it is stored; null = never seen. */
export interface CurrentDepartment {
  /** WeCom's id. */
  readonly id: number;
  readonly name: string;
  readonly nameEn: string | null;
  readonly parentId: number | null;
  readonly sortOrder: number | null;
  readonly leaderUserIds: readonly string[] | null;
  readonly presence: 'present' | 'removed';
}

/** A membership as it is stored. */
export interface CurrentMembership {
  readonly departmentId: number;
  readonly sortOrder: number;
  readonly isLeader: boolean;
  readonly isMain: boolean;
}

/** Who disabled a member: the sync (WeCom status 2), or an admin, whose decision no sync reverts. */
export type DisabledBy = 'sync' | 'admin' | null;

/** A member as it is stored; null = never seen. A member who left has no memberships. */
export interface CurrentMember {
  /** The userid in lower case, see `toMemberKey`. */
  readonly key: string;
  readonly userId: string;
  readonly fields: MemberFields;
  readonly mainDepartmentId: number | null;
  readonly presence: 'present' | 'left';
  readonly disabledBy: DisabledBy;
  /** Has the admin role of this product: the guard always holds their removal. */
  readonly isAdmin: boolean;
  readonly memberships: readonly CurrentMembership[];
}

/** The recorded values of a department. */
export type DepartmentValues = Omit<CurrentDepartment, 'id'>;

/** The recorded values of a member. */
export type MemberValues = MemberFields &
  Pick<CurrentMember, 'userId' | 'mainDepartmentId' | 'presence' | 'disabledBy'>;

/** The recorded values of a membership. */
export type MembershipValues = CurrentMembership & { readonly userId: string };

/** A new row: `before` null, `after` its known values. */
interface CreateOf<Values> {
  readonly kind: 'create';
  readonly before: null;
  readonly after: Values;
}

/** A row that stays: only the values that change, the same names on both sides. */
interface ChangeOf<Kind extends string, Values> {
  readonly kind: Kind;
  readonly before: Partial<Values>;
  readonly after: Partial<Values>;
}

interface ChangeIdentity<Entity extends string> {
  readonly entity: Entity;
  /** Department: WeCom id. Member: member key. Membership: `memberKey/departmentId`. */
  readonly key: string;
  /** Display name; for memberships "member name · department name". */
  readonly name: string;
}

/**
 * A change of one department. `move` = the parent changed, other values may change too; `remove` and
 * `restore` carry `presence`. A created department is present.
 */
export type DepartmentChange = ChangeIdentity<'department'> & { readonly departmentId: number } & (
    | CreateOf<Partial<DepartmentValues> & Pick<DepartmentValues, 'name' | 'parentId'>>
    | ChangeOf<'update' | 'move' | 'remove' | 'restore', DepartmentValues>
  );

/** A change of one member without its memberships. A created member is present. */
export type MemberChange = ChangeIdentity<'member'> & { readonly memberKey: string } & (
    | CreateOf<Partial<MemberValues> & Pick<MemberValues, 'userId'>>
    | ChangeOf<'update' | 'remove' | 'restore', MemberValues>
  );

/** A change of one membership; memberships have no presence: a removed one is deleted. */
export type MembershipChange = ChangeIdentity<'membership'> & {
  readonly memberKey: string;
  readonly departmentId: number;
} & (
    | CreateOf<MembershipValues>
    | ChangeOf<'update', CurrentMembership>
    | { readonly kind: 'remove'; readonly before: MembershipValues; readonly after: null }
  );

/** One difference between the stored directory and WeCom's answers, with the values before and after. */
export type Change = DepartmentChange | MemberChange | MembershipChange;

/** How many changes of each kind; the shape of a run's `counts`. */
export interface Summary {
  readonly departments: Record<'create' | 'update' | 'move' | 'remove' | 'restore', number>;
  readonly members: Record<'create' | 'update' | 'remove' | 'restore', number>;
  readonly memberships: Record<'create' | 'update' | 'remove', number>;
}

/** One number for members and one for departments. */
export interface DirectoryCounts {
  readonly members: number;
  readonly departments: number;
}

/** What `planMember` must know about the rest of the plan. */
export interface MemberPlanContext {
  /** Of the snapshot; false = no membership of a member in it is removed. */
  readonly complete: boolean;
  /** Of the snapshot: whether the member is known to have left. */
  readonly isGone: (memberKey: string) => boolean;
  /** Departments that this plan removes; from `planDepartments`. */
  readonly removedDepartmentIds: ReadonlySet<number>;
  /** Display name of a department; undefined falls back to the id. */
  readonly departmentName: (departmentId: number) => string | undefined;
}

/** The departments' part of a plan. */
export interface DepartmentPlan {
  /** Creates, updates, moves and restores, parents before children. */
  readonly upserts: readonly DepartmentChange[];
  /** Removals, children before parents; empty for a partial snapshot. */
  readonly removals: readonly DepartmentChange[];
  readonly removedDepartmentIds: ReadonlySet<number>;
  /**
   * Departments whose parent differs after the plan, new and returning ones included: their subtrees need a
   * new path.
   */
  readonly movedDepartmentIds: ReadonlySet<number>;
  /** Departments present before the plan. */
  readonly presentCount: number;
  /** Whether a complete snapshot shows other root departments than those present; false on the first sync. */
  readonly rootsChanged: boolean;
}

import { formatCanonicalJson } from '../canonical-json.ts';
import { buildMemberFields, type Json, MEMBER_FIELDS } from '../member-fields.ts';
import type {
  Digest,
  MemberChecklist,
  Snapshot,
  SnapshotDepartment,
  SnapshotMember,
  SnapshotMembership,
} from '../types.ts';
import { ANOMALY } from './anomaly.ts';
import type { Arena } from './arena.ts';
import type { DepartmentCollector } from './departments.ts';
import type { NumberList } from './number-list.ts';
import { listPlaces, type PackedMember, unpackMember } from './packed-member.ts';
import { createWarningLog, type WarningLog } from './warning-log.ts';

/** WeCom's documented statuses: activated, disabled, not activated, left (WeCom: user/get). */
const KNOWN_STATUSES: readonly Json[] = [null, 1, 2, 4, 5];
const NAME_INDEX = MEMBER_FIELDS.findIndex(({ name }) => name === 'name');
const STATUS_INDEX = MEMBER_FIELDS.findIndex(({ name }) => name === 'status');

interface Collected {
  readonly departments: DepartmentCollector;
  readonly arena: Arena;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly recordOf: NumberList;
  readonly anomaliesOf: NumberList;
  readonly hasValue: readonly boolean[];
  readonly complete: boolean;
  readonly goneKeys: ReadonlySet<string>;
  readonly digest: Digest;
}

/** Members processed in one step: less than a millisecond. */
const MEMBERS_PER_STEP = 50;

/** Makes the snapshot of what a builder collected; one pass over all members, in steps, counts and warns. */
export function* createSnapshot(collected: Collected): Generator<void, Snapshot> {
  const { arena, indexOf, recordOf, digest } = collected;
  const log = createWarningLog();
  const departments = collected.departments.finish(log);
  const keys = [...indexOf.keys()].sort();
  const isWithheld = MEMBER_FIELDS.map(
    (field, index) => field.withheldAsEmpty && collected.hasValue[index] !== true,
  );

  function unpack(key: string): PackedMember | undefined {
    const index = indexOf.get(key);
    return index === undefined ? undefined : unpackMember(arena.read(recordOf.get(index)));
  }
  function getMember(key: string): SnapshotMember | undefined {
    const packed = unpack(key);
    return packed && presentMember(key, packed, departments, isWithheld);
  }
  const hashMember = (member: SnapshotMember): string => digest(describeMember(member));

  let membershipCount = 0;
  for (const [number, key] of keys.entries()) {
    if (number % MEMBERS_PER_STEP === 0) yield;
    const index = indexOf.get(key);
    const packed = unpack(key);
    if (index === undefined || packed === undefined) continue;
    warnOfMember(log, key, packed, collected.anomaliesOf.get(index));
    for (const { departmentId } of listPlaces(packed) ?? []) {
      if (departments.has(departmentId)) membershipCount += 1;
      else log.add('membership.unknown_department', key, `department ${departmentId}`);
    }
  }
  return {
    departments,
    roots: [...departments.values()].filter(({ parentId }) => parentId === null).map(({ id }) => id),
    complete: collected.complete,
    isGone: (key) => !indexOf.has(key) && (collected.complete || collected.goneKeys.has(key)),
    memberCount: keys.length,
    membershipCount,
    warnings: log.list(),
    memberKeys: () => keys.values(),
    hasMember: (key) => indexOf.has(key),
    createChecklist: () => createChecklist(keys, indexOf),
    memberHash(key) {
      const member = getMember(key);
      return member && hashMember(member);
    },
    hashMember,
    getMember,
  };
}

/** One byte per member, instead of the keys of 500,000 stored rows, tells which members are new. */
function createChecklist(keys: readonly string[], indexOf: ReadonlyMap<string, number>): MemberChecklist {
  const isTicked = new Uint8Array(indexOf.size);
  return {
    tick(key) {
      const index = indexOf.get(key);
      if (index !== undefined) isTicked[index] = 1;
      return index !== undefined;
    },
    *rest() {
      for (const key of keys) if (isTicked[indexOf.get(key) ?? -1] === 0) yield key;
    },
  };
}

function presentMember(
  key: string,
  packed: PackedMember,
  departments: ReadonlyMap<number, SnapshotDepartment>,
  isWithheld: readonly boolean[],
): SnapshotMember {
  const { mainDepartmentId } = packed;
  const places = listPlaces(packed)?.filter(({ departmentId }) => departments.has(departmentId)) ?? null;
  const isMainVisible = places?.some(({ departmentId }) => departmentId === mainDepartmentId) === true;
  const mainId = isMainVisible ? mainDepartmentId : places?.[0]?.departmentId;
  const memberships: SnapshotMembership[] | null =
    places?.map((place) => ({ ...place, isMain: place.departmentId === mainId })) ?? null;
  // The values were packed from MemberFields, in the order of the same table.
  const fields = buildMemberFields((_name, index) => {
    const value = packed.values[index] ?? null;
    return value === '' && isWithheld[index] === true ? null : value;
  });
  return { key, userId: packed.userId, fields, memberships, mainDepartmentId };
}

/**
 * Everything compared about a member; the order of the departments counts only where it decides the main one.
 */
function describeMember(member: SnapshotMember): string {
  const memberships = member.memberships
    ?.map((place) => [place.departmentId, place.sortOrder, place.isLeader, place.isMain] as const)
    .sort(([a], [b]) => a - b);
  const values = MEMBER_FIELDS.map(({ name }) => member.fields[name]);
  return formatCanonicalJson([member.userId, member.mainDepartmentId, memberships ?? null, values]);
}

function warnOfMember(log: WarningLog, key: string, packed: PackedMember, anomalies: number): void {
  if (anomalies & ANOMALY.spelling) log.add('member.duplicate_spelling', key, `kept ${packed.userId}`);
  if (anomalies & ANOMALY.conflict) log.add('member.conflicting_answers', key);
  if (anomalies & ANOMALY.misaligned) log.add('member.misaligned_arrays', key);
  if (anomalies & ANOMALY.overlooked) log.add('member.missing_contradicted', key);
  if (anomalies & ANOMALY.duplicatePlace) log.add('membership.duplicate', key);
  // Another answer may have had the name.
  if (anomalies & ANOMALY.blankName && packed.values[NAME_INDEX] === null) log.add('member.blank_name', key);
  const status = packed.values[STATUS_INDEX] ?? null;
  if (!KNOWN_STATUSES.includes(status)) log.add('member.unknown_status', key, `status ${status}`);
}

import { VendorError } from '../vendor-errors.ts';
import type { Corp, Department, Member, MemberStatus, Membership } from './corp.ts';
import { collectSubtree, rootDepartmentId } from './visible-scope.ts';

/** A new member as an admin enters it. Without a userid one is generated. */
export interface HireFields {
  readonly name: string;
  readonly departmentIds: readonly number[];
  readonly userid?: string | undefined;
  readonly mainDepartmentId?: number | undefined;
  readonly position?: string | undefined;
  readonly status?: MemberStatus | undefined;
}

/** A new department as an admin enters it. Without an id the next free one is taken. */
export interface NewDepartmentFields {
  readonly name: string;
  readonly parentid: number;
  readonly order?: number | undefined;
  readonly id?: number | undefined;
}

const maxNameLength = 64;
const forbiddenInDepartmentName = /[\\:*?"<>｜]/;
const useridShape = /^[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}$/;

function readMember(corp: Corp, userid: string): Member {
  const member = corp.findMember(userid);
  if (member === undefined) throw new VendorError(60111);
  return member;
}

function readDepartment(corp: Corp, id: number): Department {
  const department = corp.departments.get(id);
  if (department === undefined) throw new VendorError(60003);
  return department;
}

function checkMemberName(name: string): void {
  if (name === '' || [...name].length > maxNameLength) throw new VendorError(60112);
}

function checkDepartmentName(corp: Corp, name: string, parentid: number, ownId: number | undefined): void {
  if (name === '' || [...name].length > maxNameLength) throw new VendorError(60001);
  if (forbiddenInDepartmentName.test(name)) throw new VendorError(60009);
  for (const siblingId of corp.childrenOf(parentid)) {
    if (siblingId !== ownId && corp.departments.get(siblingId)?.name === name) throw new VendorError(60008);
  }
}

function buildMemberships(corp: Corp, departmentIds: readonly number[], before: readonly Membership[]) {
  if (departmentIds.length === 0) throw new VendorError(60127);
  return [...new Set(departmentIds)].map((departmentId) => {
    if (!corp.departments.has(departmentId)) throw new VendorError(60123);
    const known = before.find((held) => held.departmentId === departmentId);
    return known ?? { departmentId, order: 0, isLeader: false };
  });
}

function dropLeader(corp: Corp, department: Department, userid: string): void {
  const leaders = department.leaders.filter((leader) => leader.toLowerCase() !== userid.toLowerCase());
  if (leaders.length < department.leaders.length) corp.putDepartment({ ...department, leaders });
}

function makeUpUserid(corp: Corp): string {
  let serial = corp.members.size + 1;
  while (corp.findMember(`new${serial}`) !== undefined) serial += 1;
  return `new${serial}`;
}

/**
 * Adds a member (入职). 60102 userid taken, 40003 bad userid, 60123 unknown department, 60127 none given, 60112
 * bad name.
 */
export function hireMember(corp: Corp, fields: HireFields): Member {
  const userid = fields.userid ?? makeUpUserid(corp);
  if (!useridShape.test(userid)) throw new VendorError(40003);
  if (corp.findMember(userid) !== undefined) throw new VendorError(60102);
  checkMemberName(fields.name);
  const memberships = buildMemberships(corp, fields.departmentIds, []);
  const member: Member = {
    userid,
    name: fields.name,
    memberships,
    mainDepartmentId: fields.mainDepartmentId ?? memberships[0]?.departmentId ?? rootDepartmentId,
    position: fields.position ?? '',
    status: fields.status ?? 1,
    directLeaders: [],
  };
  corp.putMember(member);
  return member;
}

/** Changes a member's own fields; those left out stay. 60111 unknown, 60112 bad name. */
export function updateMember(
  corp: Corp,
  userid: string,
  changes: { name?: string | undefined; position?: string | undefined; status?: MemberStatus | undefined },
): Member {
  const before = readMember(corp, userid);
  if (changes.name !== undefined) checkMemberName(changes.name);
  const { name = before.name, position = before.position, status = before.status } = changes;
  const member = { ...before, name, position, status };
  corp.putMember(member);
  return member;
}

/**
 * Puts a member into exactly these departments (调动); order and leader flag stay where the member stays.
 * The main department stays when it is among them, else it is the first.
 */
export function moveMember(
  corp: Corp,
  userid: string,
  departmentIds: readonly number[],
  mainDepartmentId?: number,
): Member {
  const before = readMember(corp, userid);
  const memberships = buildMemberships(corp, departmentIds, before.memberships);
  const keepsMain = departmentIds.includes(before.mainDepartmentId);
  const main = mainDepartmentId ?? (keepsMain ? before.mainDepartmentId : memberships[0]?.departmentId);
  const member = { ...before, memberships, mainDepartmentId: main ?? rootDepartmentId };
  corp.putMember(member);
  for (const { departmentId, isLeader } of before.memberships) {
    const department = corp.departments.get(departmentId);
    const left = isLeader && !departmentIds.includes(departmentId);
    if (left && department !== undefined) dropLeader(corp, department, userid);
  }
  return member;
}

/** Takes a member out of the corp (离职); nothing of the member stays. 60111 unknown. */
export function removeMember(corp: Corp, userid: string): Member {
  const member = readMember(corp, userid);
  corp.dropMember(userid);
  for (const department of [...corp.departments.values()]) dropLeader(corp, department, userid);
  return member;
}

/**
 * Gives a member another userid (only one that WeCom generated can change, once). 60111 unknown, 60102 taken,
 * 40003 bad.
 */
export function changeUserid(corp: Corp, userid: string, newUserid: string): Member {
  const before = readMember(corp, userid);
  if (!useridShape.test(newUserid)) throw new VendorError(40003);
  const isSpelling = newUserid.toLowerCase() === userid.toLowerCase();
  if (!isSpelling && corp.findMember(newUserid) !== undefined) throw new VendorError(60102);
  const member = { ...before, userid: newUserid };
  corp.renameMember(userid, member);
  const isOld = (name: string) => name.toLowerCase() === userid.toLowerCase();
  for (const department of [...corp.departments.values()])
    if (department.leaders.some(isOld))
      corp.putDepartment({
        ...department,
        leaders: department.leaders.map((leader) => (isOld(leader) ? newUserid : leader)),
      });
  return member;
}

/** Makes a member of a department its leader or takes that away. 60123 when the member is not in it. */
export function setDepartmentLeader(
  corp: Corp,
  userid: string,
  departmentId: number,
  isLeader: boolean,
): Member {
  const before = readMember(corp, userid);
  const department = readDepartment(corp, departmentId);
  if (!before.memberships.some((held) => held.departmentId === departmentId)) throw new VendorError(60123);
  const memberships = before.memberships.map((held) =>
    held.departmentId === departmentId ? { ...held, isLeader } : held,
  );
  const member = { ...before, memberships };
  corp.putMember(member);
  const others = department.leaders.filter((leader) => leader.toLowerCase() !== userid.toLowerCase());
  corp.putDepartment({ ...department, leaders: isLeader ? [...others, before.userid] : others });
  return member;
}

/** Adds a department. 60004 unknown parent, 60008 id or sibling name taken, 60001 and 60009 bad name. */
export function createDepartment(corp: Corp, fields: NewDepartmentFields): Department {
  if (!corp.departments.has(fields.parentid)) throw new VendorError(60004);
  checkDepartmentName(corp, fields.name, fields.parentid, undefined);
  const id = fields.id ?? 1 + Math.max(...corp.departments.keys());
  if (corp.departments.has(id)) throw new VendorError(60008);
  const department = {
    id,
    name: fields.name,
    parentid: fields.parentid,
    order: fields.order ?? 0,
    leaders: [],
  };
  corp.putDepartment(department);
  return department;
}

/**
 * Renames, moves or reorders a department. 60003 unknown, 60004 unknown parent, 60010 below itself, 60007
 * root moved.
 */
export function updateDepartment(
  corp: Corp,
  id: number,
  changes: { name?: string | undefined; parentid?: number | undefined; order?: number | undefined },
): Department {
  const before = readDepartment(corp, id);
  const { name = before.name, parentid = before.parentid, order = before.order } = changes;
  if (parentid !== before.parentid) {
    if (id === rootDepartmentId) throw new VendorError(60007);
    if (!corp.departments.has(parentid)) throw new VendorError(60004);
    if (collectSubtree(corp, id).has(parentid)) throw new VendorError(60010);
  }
  if (name !== before.name || parentid !== before.parentid) checkDepartmentName(corp, name, parentid, id);
  const department = { ...before, name, parentid, order };
  corp.putDepartment(department);
  return department;
}

/**
 * Deletes a department that is empty. 60007 root, 60006 has sub-departments, 60005 has members, 60003
 * unknown.
 */
export function deleteDepartment(corp: Corp, id: number): Department {
  const department = readDepartment(corp, id);
  if (id === rootDepartmentId) throw new VendorError(60007);
  if (corp.childrenOf(id).size > 0) throw new VendorError(60006);
  if (corp.membersOf(id).size > 0) throw new VendorError(60005);
  corp.dropDepartment(id);
  return department;
}

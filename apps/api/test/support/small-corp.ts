import {
  type Corp,
  createCorp,
  createDepartment,
  type Department,
  hireMember,
  type Member,
  moveMember,
} from '@orgmirror/wecom-simulator';

/** A corp of the departments `[id, parentid]` and the members `[userid, ...departments]`. */
export function createSmallCorp(
  departments: readonly (readonly [id: number, parentid: number])[],
  members: readonly (readonly [userid: string, ...departmentIds: number[]])[] = [],
): Corp {
  const corp = createCorp();
  for (const [id, parentid] of departments)
    corp.putDepartment({ id, name: `部门${id}`, parentid, order: 1000 - id, leaders: [] });
  for (const [userid, ...departmentIds] of members) hire(corp, userid, ...departmentIds);
  return corp;
}

export const hire = (corp: Corp, userid: string, ...departmentIds: number[]): Member =>
  hireMember(corp, { userid, name: `成员${userid}`, departmentIds });

export const addDepartment = (corp: Corp, id: number, parentid: number): Department =>
  createDepartment(corp, { id, parentid, name: `部门${id}` });

export const move = (corp: Corp, userid: string, ...departmentIds: number[]): Member =>
  moveMember(corp, userid, departmentIds);

/** Changes a department without any of WeCom's checks. */
export function forceDepartment(corp: Corp, id: number, changes: Partial<Department>): void {
  const department = corp.departments.get(id);
  if (department === undefined) throw new Error(`There is no department ${id}.`);
  corp.putDepartment({ ...department, ...changes });
}

/** `u1` … `u<count>`, each in this department. */
export const crowd = (count: number, departmentId: number): [string, number][] =>
  Array.from({ length: count }, (_, index) => [`u${index + 1}`, departmentId]);

import { describe, expect, it } from 'vitest';
import type { Corp } from './corp.ts';
import { generateCorp } from './generate-corp.ts';
import { createSampleCorp } from './sample-corp.ts';

function depthOf(corp: Corp, id: number): number {
  const department = corp.departments.get(id);
  return department === undefined ? 0 : 1 + depthOf(corp, department.parentid);
}

function checkConsistency(corp: Corp): void {
  for (const { id, parentid, leaders } of corp.departments.values()) {
    expect(id === 1 ? parentid === 0 : corp.departments.has(parentid)).toBe(true);
    for (const leader of leaders) {
      const held = corp.findMember(leader)?.memberships.find(({ departmentId }) => departmentId === id);
      expect(held?.isLeader).toBe(true);
    }
  }
  for (const { memberships, mainDepartmentId, directLeaders } of corp.members.values()) {
    const ids = memberships.map(({ departmentId }) => departmentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(mainDepartmentId);
    expect(ids.every((id) => corp.departments.has(id))).toBe(true);
    expect(directLeaders.every((userid) => corp.findMember(userid) !== undefined)).toBe(true);
  }
}

describe('the sample corp', () => {
  const corp = createSampleCorp();
  const members = [...corp.members.values()];

  it('has 40 departments on five levels and 606 members, all references whole', () => {
    expect([corp.departments.size, corp.members.size]).toEqual([40, 606]);
    expect(Math.max(...[...corp.departments.keys()].map((id) => depthOf(corp, id)))).toBe(5);
    checkConsistency(corp);
  });

  it('is the same at every call', () => {
    expect([...createSampleCorp().members]).toEqual([...corp.members]);
  });

  it('has two disabled and four not activated members and some in several departments', () => {
    expect(members.filter(({ status }) => status === 2)).toHaveLength(2);
    expect(members.filter(({ status }) => status === 4)).toHaveLength(4);
    expect(members.filter(({ memberships }) => memberships.length > 1).length).toBeGreaterThanOrEqual(5);
    const mainIsNotFirst = members.filter(
      (member) => member.mainDepartmentId !== member.memberships[0]?.departmentId,
    );
    expect(mainIsNotFirst.length).toBeGreaterThanOrEqual(3);
  });

  it('repeats department names under different parents only', () => {
    const places = [...corp.departments.values()].map(({ name, parentid }) => `${parentid}/${name}`);
    expect(new Set(places).size).toBe(40);
    const names = new Set([...corp.departments.values()].map(({ name }) => name));
    expect(names.size).toBeLessThan(40);
  });

  it('has names that break careless code', () => {
    const names = members.map(({ name }) => name).join('\n');
    for (const part of ['😀', '<b>', '"', "'", '%', '_', '&', '尉迟', '单', '仇', '解', '查', '区', '曾']) {
      expect(names).toContain(part);
    }
  });
});

describe('a generated corp', () => {
  it('has the asked size, whole references and at most 15 levels', () => {
    const corp = generateCorp({ departments: 300, members: 5000, seed: 3 });
    expect([corp.departments.size, corp.members.size]).toEqual([300, 5000]);
    expect(Math.max(...[...corp.departments.keys()].map((id) => depthOf(corp, id)))).toBeLessThanOrEqual(15);
    checkConsistency(corp);
  });

  it('is the same for the same seed and another for another', () => {
    const namesOf = (seed: number) =>
      [...generateCorp({ departments: 20, members: 100, seed }).members.values()].map(({ name }) => name);
    expect(namesOf(5)).toEqual(namesOf(5));
    expect(namesOf(5)).not.toEqual(namesOf(6));
  });

  it('can be a root without members', () => {
    const corp = generateCorp({ departments: 1, members: 0 });
    expect([corp.departments.size, corp.members.size]).toEqual([1, 0]);
  });

  it('is whole when it has fewer members than departments', () => {
    checkConsistency(generateCorp({ departments: 50, members: 10 }));
  });
});

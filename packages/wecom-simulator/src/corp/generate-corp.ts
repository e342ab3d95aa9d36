import { type Corp, createCorp, type Member, type MemberStatus, type Membership } from './corp.ts';
import { familyNames, givenNames } from './member-names.ts';
import { createSeededRandom, pickOne, type RandomSource } from './random.ts';

/** Size of a generated corp. The same values give the same corp. */
export interface GeneratedCorpSize {
  /** Number of departments with the root, at least 1 (WeCom allows 30,000). */
  readonly departments: number;
  readonly members: number;
  /** Default 1. */
  readonly seed?: number;
}

const childrenPerDepartment = 6;
const regions = ['华东', '华南', '华北', '西南', '西北', '东北', '海外', '总部'];
const duties = ['研发部', '销售部', '交付部', '运营部', '财务组', '人力组', '客服组', '质量组', '采购组'];
const positions = ['工程师', '高级工程师', '经理', '主管', '专员', '总监', '顾问', '操作工', ''];
const secondDepartmentShare = 0.08;
const disabledShare = 0.01;
const notActivatedShare = 0.02;

function putDepartments(corp: Corp, random: RandomSource, count: number, memberCount: number): void {
  corp.putDepartment({ id: 1, name: '生成集团', parentid: 0, order: 100_000_000, leaders: [] });
  for (let id = 2; id <= count; id += 1) {
    // A parent from the first part of those that exist keeps the tree about six levels deep at 30,000
    // departments.
    const parentid = 1 + Math.floor(((id - 2) / childrenPerDepartment) * (0.5 + random() / 2));
    const name = `${pickOne(random, regions)}${pickOne(random, duties)}${id}`;
    const leaders = id - 1 <= memberCount ? [`u${id - 1}`] : [];
    corp.putDepartment({ id, name, parentid, order: Math.floor(random() * 100_000), leaders });
  }
}

function createNameTable(): string[] {
  return familyNames.flatMap((family) => givenNames.map((given) => family + given));
}

function pickStatus(random: RandomSource): MemberStatus {
  const roll = random();
  if (roll < disabledShare) return 2;
  return roll < disabledShare + notActivatedShare ? 4 : 1;
}

/**
 * One list of memberships per department, shared by all its plain members: half a million members stay small.
 */
function createPlainMemberships(count: number): (readonly Membership[])[] {
  return Array.from({ length: count + 1 }, (_, departmentId) => [
    { departmentId, order: 0, isLeader: false },
  ]);
}

function pickMemberships(
  random: RandomSource,
  plain: readonly (readonly Membership[])[],
  departmentId: number,
  isLeader: boolean,
): readonly Membership[] {
  const held = isLeader ? [{ departmentId, order: 100, isLeader }] : (plain[departmentId] ?? []);
  if (random() >= secondDepartmentShare) return held;
  const second = 1 + Math.floor(random() * (plain.length - 1));
  return second === departmentId ? held : [...held, ...(plain[second] ?? [])];
}

/**
 * Generates a corp of any size by seed; 30,000 departments with 500,000 members take a few seconds.
 * Member `u<n>` leads department n + 1; some members are in two departments, disabled or not activated.
 */
export function generateCorp({ departments, members, seed = 1 }: GeneratedCorpSize): Corp {
  const corp = createCorp();
  const random = createSeededRandom(seed);
  putDepartments(corp, random, departments, members);
  const names = createNameTable();
  const plain = createPlainMemberships(departments);
  const noLeaders: readonly string[] = [];
  for (let number = 1; number <= members; number += 1) {
    const isLeader = number < departments;
    const departmentId = isLeader ? number + 1 : 1 + Math.floor(random() * departments);
    const member: Member = {
      userid: `u${number}`,
      name: pickOne(random, names),
      memberships: pickMemberships(random, plain, departmentId, isLeader),
      mainDepartmentId: departmentId,
      position: pickOne(random, positions),
      status: pickStatus(random),
      directLeaders: noLeaders,
    };
    corp.putMember(member);
  }
  return corp;
}

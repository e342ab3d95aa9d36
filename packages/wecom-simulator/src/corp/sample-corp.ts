import { type Corp, createCorp, type Department, type Member } from './corp.ts';
import { handMadeMembers } from './hand-made-members.ts';
import { familyNames, givenNames } from './member-names.ts';
import { createSeededRandom, pickOne, type RandomSource } from './random.ts';
import { type SampleDepartment, sampleTree } from './sample-departments.ts';

const sampleSeed = 20_220_620;

function listTree(node: SampleDepartment, parentid: number): (SampleDepartment & { parentid: number })[] {
  return [{ ...node, parentid }, ...(node.children ?? []).flatMap((child) => listTree(child, node.id))];
}

function findLeaders(departmentId: number): string[] {
  return handMadeMembers
    .filter(({ memberships }) =>
      memberships.some((held) => held.departmentId === departmentId && held.isLeader),
    )
    .map(({ userid }) => userid);
}

function makeUpMember(random: RandomSource, node: SampleDepartment, serial: number, lead: boolean): Member {
  return {
    userid: `XC${String(serial).padStart(5, '0')}`,
    name: `${pickOne(random, familyNames)}${pickOne(random, givenNames)}`,
    memberships: [{ departmentId: node.id, order: lead ? 100 : 0, isLeader: lead }],
    mainDepartmentId: node.id,
    position: lead ? `${node.name}负责人` : pickOne(random, node.positions),
    status: 1,
    directLeaders: [],
  };
}

function fillDepartment(
  corp: Corp,
  random: RandomSource,
  node: SampleDepartment,
  firstSerial: number,
): string[] {
  const known = findLeaders(node.id);
  const leaders =
    known.length > 0 || node.headcount === 0 ? known : [`XC${String(firstSerial).padStart(5, '0')}`];
  for (let index = 0; index < node.headcount; index += 1) {
    const made = makeUpMember(random, node, firstSerial + index, index === 0 && known.length === 0);
    corp.putMember({
      ...made,
      directLeaders: leaders.filter((userid) => userid !== made.userid).slice(0, 1),
    });
  }
  return leaders;
}

/**
 * Builds the sample corp 星辰科技: 40 departments on five levels, about 600 members, the same at every call.
 * Two tags, one colleague of a linked corp and two outsiders come with it.
 */
export function createSampleCorp(): Corp {
  const corp = createCorp([
    { kind: 'linkedCorp', label: '上下游企业：北辰物流 / 周航', id: 'wwother0000000000/zhouhang' },
    {
      kind: 'outsider',
      label: '非企业成员（外部联系人）',
      id: 'oSIMULATED0000000001',
      external_userid: 'wmSIMULATED01',
    },
    { kind: 'outsider', label: '非企业成员（陌生人）', id: 'oSIMULATED0000000002' },
  ]);
  // First, so that the sign-in pages offer the hand-made members before the generated ones.
  for (const member of handMadeMembers) corp.putMember(member);
  const random = createSeededRandom(sampleSeed);
  let serial = 1;
  for (const node of listTree(sampleTree, 0)) {
    const leaders = fillDepartment(corp, random, node, serial);
    serial += node.headcount;
    const { id, name, name_en, order, parentid } = node;
    const department: Department = { id, name, parentid, order, leaders };
    corp.putDepartment(name_en === undefined ? department : { ...department, name_en });
  }
  corp.putTag({ tagid: 1, tagname: '乒乓球协会', userids: ['linyi', 'happy.sun', 'XC00012'], partyIds: [] });
  corp.putTag({ tagid: 2, tagname: '远程办公', userids: ['five.hats'], partyIds: [15, 213] });
  return corp;
}

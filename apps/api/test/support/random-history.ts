import {
  type Corp,
  createCorp,
  createDepartment,
  deleteDepartment,
  hireMember,
  moveMember,
  removeMember,
  setDepartmentLeader,
  updateDepartment,
  updateMember,
  VendorError,
} from '@orgmirror/wecom-simulator';
import fc from 'fast-check';

/** Choices at random that fast-check draws, repeats by their seed, and makes smaller when a test fails. */
export interface Choices {
  /** 0 … limit - 1. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function createChoices(draw: fc.GeneratorValue): Choices {
  const below = (limit: number) => draw(evenly, limit - 1);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick.');
      return item;
    },
  };
}

/** Without a bias to small numbers, which would pick the same departments and members again and again. */
const evenly = (max: number) => fc.noBias(fc.nat({ max }));

const names = ['王小明', '单雨', '欧阳娜娜', 'Ann Lee', '  空格  ', '🚀组', "O'Neil", '%_\\', '李'];

/** A corp of a few departments and members at choices. */
export function generateCorp(choices: Choices): Corp {
  const corp = createCorp();
  corp.putDepartment({ id: 1, name: '总部', parentid: 0, order: 1, leaders: [] });
  for (let count = choices.below(8); count > 0; count--) edit(corp, choices, editDepartments[0]);
  for (let count = choices.below(10); count > 0; count--) edit(corp, choices, editMembers[0]);
  return corp;
}

/** Changes the corp so many times, as its admins would. */
export function generateHistory(corp: Corp, choices: Choices, edits: number): void {
  for (let count = 0; count < edits; count++)
    edit(corp, choices, choices.pick([...editDepartments, ...editMembers]));
}

type Edit = (corp: Corp, choices: Choices) => unknown;

/** What WeCom would refuse just does not happen. */
function edit(corp: Corp, choices: Choices, change: Edit): void {
  try {
    change(corp, choices);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
  }
}

const pickDepartment = (corp: Corp, choices: Choices) => choices.pick([...corp.departments.keys()]);
const pickUserid = (corp: Corp, choices: Choices) => {
  if (corp.members.size === 0) throw new VendorError(60111);
  return choices.pick([...corp.members.values()]).userid;
};
const pickDepartments = (corp: Corp, choices: Choices) =>
  Array.from({ length: 1 + choices.below(3) }, () => pickDepartment(corp, choices));

const editDepartments: [Edit, ...Edit[]] = [
  (corp, choices) =>
    createDepartment(corp, {
      id: 2 + choices.below(20), // few, so that removed ones come back
      name: `部${choices.below(1000)}`,
      parentid: pickDepartment(corp, choices),
      order: choices.pick([0, 5, 2 ** 32 - 1, choices.below(1000)]),
    }),
  (corp, choices) =>
    updateDepartment(corp, pickDepartment(corp, choices), { name: `改${choices.below(1000)}` }),
  (corp, choices) =>
    updateDepartment(corp, pickDepartment(corp, choices), { parentid: pickDepartment(corp, choices) }),
  (corp, choices) => updateDepartment(corp, pickDepartment(corp, choices), { order: choices.below(100) }),
  (corp, choices) => deleteDepartment(corp, pickDepartment(corp, choices)),
  swapWithParent,
  (corp, choices) => {
    const id = pickDepartment(corp, choices);
    for (const { userid } of [...corp.membersOf(id)]) moveMember(corp, userid, [1]);
    return deleteDepartment(corp, id);
  },
];

function swapWithParent(corp: Corp, choices: Choices): void {
  const child = corp.departments.get(pickDepartment(corp, choices));
  const parent = corp.departments.get(child?.parentid ?? 0);
  if (child === undefined || parent === undefined || parent.id === 1) return;
  corp.putDepartment({ ...child, parentid: parent.parentid });
  corp.putDepartment({ ...parent, parentid: child.id });
}

const editMembers: [Edit, ...Edit[]] = [
  (corp, choices) =>
    hireMember(corp, {
      userid: choices.pick(['u', 'U']) + choices.below(20), // few, so that leavers return, now and then spelt otherwise
      name: choices.pick(names),
      departmentIds: pickDepartments(corp, choices),
      position: choices.pick(['', '工程师']),
    }),
  (corp, choices) => removeMember(corp, pickUserid(corp, choices)),
  (corp, choices) => moveMember(corp, pickUserid(corp, choices), pickDepartments(corp, choices)),
  (corp, choices) =>
    updateMember(corp, pickUserid(corp, choices), {
      name: choices.pick(names),
      position: `岗${choices.below(9)}`,
      status: choices.pick([1, 2, 4, 5]),
    }),
  (corp, choices) => {
    const member = corp.findMember(pickUserid(corp, choices));
    const place = member && choices.pick(member.memberships);
    return (
      member && place && setDepartmentLeader(corp, member.userid, place.departmentId, choices.below(2) === 1)
    );
  },
  (corp, choices) => {
    const member = corp.findMember(pickUserid(corp, choices));
    if (member === undefined) return;
    const memberships = member.memberships.map((place) => ({ ...place, order: choices.below(5) }));
    const extras = {
      alias: choices.pick(['', '别名', 'a\\b']),
      mobile: `1380000${choices.below(9)}`,
      extattr: { attrs: [{ type: 0, name: '工号', text: { value: String(choices.below(9)) } }] },
    };
    corp.putMember({ ...member, memberships, extras, directLeaders: [pickUserid(corp, choices)] });
  },
];

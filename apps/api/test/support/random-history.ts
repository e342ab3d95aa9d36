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

/** Numbers that are the same for the same seed: `below(n)` is 0 … n-1. */
export interface Dice {
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick.');
      return item;
    },
  };
}

const names = ['王小明', '单雨', '欧阳娜娜', 'Ann Lee', '  空格  ', '🚀组', "O'Neil", '%_\\', '李'];

/** A corp of a few departments and people that the dice make up. */
export function rollCorp(dice: Dice): Corp {
  const corp = createCorp();
  corp.putDepartment({ id: 1, name: '总部', parentid: 0, order: 1, leaders: [] });
  for (let count = dice.below(8); count > 0; count--) edit(corp, dice, editDepartments[0]);
  for (let count = dice.below(10); count > 0; count--) edit(corp, dice, editMembers[0]);
  return corp;
}

/** Changes the corp so many times, as its admins would. */
export function rollHistory(corp: Corp, dice: Dice, edits: number): void {
  for (let count = 0; count < edits; count++)
    edit(corp, dice, dice.pick([...editDepartments, ...editMembers]));
}

type Edit = (corp: Corp, dice: Dice) => unknown;

/** What WeCom would refuse just does not happen. */
function edit(corp: Corp, dice: Dice, change: Edit): void {
  try {
    change(corp, dice);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
  }
}

const pickDepartment = (corp: Corp, dice: Dice) => dice.pick([...corp.departments.keys()]);
const pickUserid = (corp: Corp, dice: Dice) => {
  if (corp.members.size === 0) throw new VendorError(60111);
  return dice.pick([...corp.members.values()]).userid;
};
const pickDepartments = (corp: Corp, dice: Dice) =>
  Array.from({ length: 1 + dice.below(3) }, () => pickDepartment(corp, dice));

const editDepartments: [Edit, ...Edit[]] = [
  (corp, dice) =>
    createDepartment(corp, {
      id: 2 + dice.below(20), // few, so that removed ones come back
      name: `部${dice.below(1000)}`,
      parentid: pickDepartment(corp, dice),
      order: dice.pick([0, 5, 2 ** 32 - 1, dice.below(1000)]),
    }),
  (corp, dice) => updateDepartment(corp, pickDepartment(corp, dice), { name: `改${dice.below(1000)}` }),
  (corp, dice) =>
    updateDepartment(corp, pickDepartment(corp, dice), { parentid: pickDepartment(corp, dice) }),
  (corp, dice) => updateDepartment(corp, pickDepartment(corp, dice), { order: dice.below(100) }),
  (corp, dice) => deleteDepartment(corp, pickDepartment(corp, dice)),
  swapWithParent,
  (corp, dice) => {
    const id = pickDepartment(corp, dice);
    for (const { userid } of [...corp.membersOf(id)]) moveMember(corp, userid, [1]);
    return deleteDepartment(corp, id);
  },
];

function swapWithParent(corp: Corp, dice: Dice): void {
  const child = corp.departments.get(pickDepartment(corp, dice));
  const parent = corp.departments.get(child?.parentid ?? 0);
  if (child === undefined || parent === undefined || parent.id === 1) return;
  corp.putDepartment({ ...child, parentid: parent.parentid });
  corp.putDepartment({ ...parent, parentid: child.id });
}

const editMembers: [Edit, ...Edit[]] = [
  (corp, dice) =>
    hireMember(corp, {
      userid: dice.pick(['u', 'U']) + dice.below(20), // few, so that leavers return, now and then spelt otherwise
      name: dice.pick(names),
      departmentIds: pickDepartments(corp, dice),
      position: dice.pick(['', '工程师']),
    }),
  (corp, dice) => removeMember(corp, pickUserid(corp, dice)),
  (corp, dice) => moveMember(corp, pickUserid(corp, dice), pickDepartments(corp, dice)),
  (corp, dice) =>
    updateMember(corp, pickUserid(corp, dice), {
      name: dice.pick(names),
      position: `岗${dice.below(9)}`,
      status: dice.pick([1, 2, 4, 5]),
    }),
  (corp, dice) => {
    const member = corp.findMember(pickUserid(corp, dice));
    const place = member && dice.pick(member.memberships);
    return (
      member && place && setDepartmentLeader(corp, member.userid, place.departmentId, dice.below(2) === 1)
    );
  },
  (corp, dice) => {
    const member = corp.findMember(pickUserid(corp, dice));
    if (member === undefined) return;
    const memberships = member.memberships.map((place) => ({ ...place, order: dice.below(5) }));
    const extras = {
      alias: dice.pick(['', '别名', 'a\\b']),
      mobile: `1380000${dice.below(9)}`,
      extattr: { attrs: [{ type: 0, name: '工号', text: { value: String(dice.below(9)) } }] },
    };
    corp.putMember({ ...member, memberships, extras, directLeaders: [pickUserid(corp, dice)] });
  },
];

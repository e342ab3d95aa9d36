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
export interface SeededRandom {
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** mulberry32. */
export function createSeededRandom(seed: number): SeededRandom {
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

/** A corp of a few departments and members at random. */
export function generateCorp(random: SeededRandom): Corp {
  const corp = createCorp();
  corp.putDepartment({ id: 1, name: '总部', parentid: 0, order: 1, leaders: [] });
  for (let count = random.below(8); count > 0; count--) edit(corp, random, editDepartments[0]);
  for (let count = random.below(10); count > 0; count--) edit(corp, random, editMembers[0]);
  return corp;
}

/** Changes the corp so many times, as its admins would. */
export function generateHistory(corp: Corp, random: SeededRandom, edits: number): void {
  for (let count = 0; count < edits; count++)
    edit(corp, random, random.pick([...editDepartments, ...editMembers]));
}

type Edit = (corp: Corp, random: SeededRandom) => unknown;

/** What WeCom would refuse just does not happen. */
function edit(corp: Corp, random: SeededRandom, change: Edit): void {
  try {
    change(corp, random);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
  }
}

const pickDepartment = (corp: Corp, random: SeededRandom) => random.pick([...corp.departments.keys()]);
const pickUserid = (corp: Corp, random: SeededRandom) => {
  if (corp.members.size === 0) throw new VendorError(60111);
  return random.pick([...corp.members.values()]).userid;
};
const pickDepartments = (corp: Corp, random: SeededRandom) =>
  Array.from({ length: 1 + random.below(3) }, () => pickDepartment(corp, random));

const editDepartments: [Edit, ...Edit[]] = [
  (corp, random) =>
    createDepartment(corp, {
      id: 2 + random.below(20), // few, so that removed ones come back
      name: `部${random.below(1000)}`,
      parentid: pickDepartment(corp, random),
      order: random.pick([0, 5, 2 ** 32 - 1, random.below(1000)]),
    }),
  (corp, random) => updateDepartment(corp, pickDepartment(corp, random), { name: `改${random.below(1000)}` }),
  (corp, random) =>
    updateDepartment(corp, pickDepartment(corp, random), { parentid: pickDepartment(corp, random) }),
  (corp, random) => updateDepartment(corp, pickDepartment(corp, random), { order: random.below(100) }),
  (corp, random) => deleteDepartment(corp, pickDepartment(corp, random)),
  swapWithParent,
  (corp, random) => {
    const id = pickDepartment(corp, random);
    for (const { userid } of [...corp.membersOf(id)]) moveMember(corp, userid, [1]);
    return deleteDepartment(corp, id);
  },
];

function swapWithParent(corp: Corp, random: SeededRandom): void {
  const child = corp.departments.get(pickDepartment(corp, random));
  const parent = corp.departments.get(child?.parentid ?? 0);
  if (child === undefined || parent === undefined || parent.id === 1) return;
  corp.putDepartment({ ...child, parentid: parent.parentid });
  corp.putDepartment({ ...parent, parentid: child.id });
}

const editMembers: [Edit, ...Edit[]] = [
  (corp, random) =>
    hireMember(corp, {
      userid: random.pick(['u', 'U']) + random.below(20), // few, so that leavers return, now and then spelt otherwise
      name: random.pick(names),
      departmentIds: pickDepartments(corp, random),
      position: random.pick(['', '工程师']),
    }),
  (corp, random) => removeMember(corp, pickUserid(corp, random)),
  (corp, random) => moveMember(corp, pickUserid(corp, random), pickDepartments(corp, random)),
  (corp, random) =>
    updateMember(corp, pickUserid(corp, random), {
      name: random.pick(names),
      position: `岗${random.below(9)}`,
      status: random.pick([1, 2, 4, 5]),
    }),
  (corp, random) => {
    const member = corp.findMember(pickUserid(corp, random));
    const place = member && random.pick(member.memberships);
    return (
      member && place && setDepartmentLeader(corp, member.userid, place.departmentId, random.below(2) === 1)
    );
  },
  (corp, random) => {
    const member = corp.findMember(pickUserid(corp, random));
    if (member === undefined) return;
    const memberships = member.memberships.map((place) => ({ ...place, order: random.below(5) }));
    const extras = {
      alias: random.pick(['', '别名', 'a\\b']),
      mobile: `1380000${random.below(9)}`,
      extattr: { attrs: [{ type: 0, name: '工号', text: { value: String(random.below(9)) } }] },
    };
    corp.putMember({ ...member, memberships, extras, directLeaders: [pickUserid(corp, random)] });
  },
];

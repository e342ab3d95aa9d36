import { describe, expect, it } from 'vitest';
import { createSnapshotBuilder, type WarningCode } from '../index.ts';
import { buildSnapshot, type Corp, digest, readDepartment, readMember } from '../test/corp.ts';

const departments = [readDepartment(1, 0), readDepartment(2, 1), readDepartment(3, 1)];

function warningsOf(corp: Corp) {
  return buildSnapshot(corp).warnings.map(({ code, count }): [WarningCode, number] => [code, count]);
}

describe('departments of a snapshot', () => {
  it('take as roots those whose parent is 0, and with a warning those whose parent was not returned', () => {
    const snapshot = buildSnapshot({
      departments: [readDepartment(9, null), readDepartment(4, 0)],
      members: [],
    });
    expect(snapshot.roots).toEqual([4, 9]);
    expect([...snapshot.departments.values()].map(({ isPlaced }) => isPlaced)).toEqual([true, false]);
    expect(snapshot.warnings).toEqual([
      {
        code: 'department.orphan',
        count: 1,
        examples: [{ key: '9', detail: 'its parent was not returned' }],
      },
    ]);
  });

  it('take an orphan as a root', () => {
    const snapshot = buildSnapshot({
      departments: [readDepartment(5, 4), readDepartment(6, 5)],
      members: [],
    });
    expect(snapshot.roots).toEqual([5]);
    expect(snapshot.warnings).toEqual([
      { code: 'department.orphan', count: 1, examples: [{ key: '5', detail: 'parent 4 is not visible' }] },
    ]);
  });

  it('cut each cycle at its smallest id and keep what hangs on it', () => {
    const cyclic = [
      readDepartment(7, 3),
      readDepartment(3, 5),
      readDepartment(5, 7),
      readDepartment(1, 5),
      readDepartment(8, 8),
    ];
    const snapshot = buildSnapshot({ departments: cyclic, members: [] });
    expect(snapshot.roots).toEqual([3, 8]);
    expect([...snapshot.departments.values()].map(({ id, parentId }) => [id, parentId])).toEqual([
      [1, 5],
      [3, null],
      [5, 7],
      [7, 3],
      [8, null],
    ]);
    expect(warningsOf({ departments: cyclic, members: [] })).toEqual([['department.cycle', 2]]);
  });

  it('join duplicates, known over not visible', () => {
    const twice = [readDepartment(1, null, { nameEn: 'Head' }), readDepartment(1, 0, { sortOrder: 7 })];
    const snapshot = buildSnapshot({ departments: twice, members: [] });
    expect(snapshot.departments.get(1)).toMatchObject({ nameEn: 'Head', sortOrder: 7 });
    expect(warningsOf({ departments: twice, members: [] })).toEqual([['department.duplicate', 1]]);
  });

  it('stand 1,000 levels deep', () => {
    const chain = Array.from({ length: 1000 }, (_, index) => readDepartment(index + 1, index));
    expect(buildSnapshot({ departments: chain, members: [] }).roots).toEqual([1]);
  });
});

describe('members of a snapshot', () => {
  it('come once per department but count once, in the order of their keys', () => {
    const zhang = readMember('Zhang', [2, 3]);
    const snapshot = buildSnapshot({ departments, members: [zhang, readMember('anna', [1]), zhang] });
    expect([...snapshot.memberKeys()]).toEqual(['anna', 'zhang']);
    expect([snapshot.memberCount, snapshot.membershipCount, snapshot.warnings]).toEqual([2, 3, []]);
  });

  it('merge without case and keep the smallest spelling', () => {
    const members = [readMember('lisi', [1]), readMember('LiSi', [1]), readMember('liSi', [1])];
    const snapshot = buildSnapshot({
      departments,
      members: members.map((member) => ({ ...member, fields: members[0]!.fields })),
    });
    expect(snapshot.getMember('lisi')?.userId).toBe('LiSi');
    expect(snapshot.warnings).toEqual([
      { code: 'member.duplicate_spelling', count: 1, examples: [{ key: 'lisi', detail: 'kept LiSi' }] },
    ]);
  });

  it('take the larger of two conflicting answers and the known one of two others', () => {
    const members = [
      readMember('a', [1], { fields: { position: '!', alias: 'x' } }),
      readMember('a', [1], { fields: { position: '' } }),
    ];
    const snapshot = buildSnapshot({ departments, members });
    expect(snapshot.getMember('a')?.fields).toMatchObject({ position: '!', alias: 'x' });
    expect(warningsOf({ departments, members })).toEqual([['member.conflicting_answers', 1]]);
  });

  it('zip flags and orders by index, not by department id', () => {
    const member = readMember('a', [3, 1], {
      sortOrders: [30, 10],
      leaderFlags: [1, 0],
      mainDepartmentId: 1,
    });
    expect(buildSnapshot({ departments, members: [member] }).getMember('a')?.memberships).toEqual([
      { departmentId: 3, sortOrder: 30, isLeader: true, isMain: false },
      { departmentId: 1, sortOrder: 10, isLeader: false, isMain: true },
    ]);
  });

  it('hold a misaligned array as not visible with a warning, an empty one without', () => {
    const members = [
      readMember('a', [1, 2], { sortOrders: [1], leaderFlags: [1, 0] }),
      readMember('b', [1, 2], { sortOrders: [], leaderFlags: [] }),
    ];
    const snapshot = buildSnapshot({ departments, members });
    const places = (key: string) =>
      snapshot.getMember(key)?.memberships?.map(({ sortOrder, isLeader }) => [sortOrder, isLeader]);
    expect(places('a')).toEqual([
      [null, true],
      [null, false],
    ]);
    expect(places('b')).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(warningsOf({ departments, members })).toEqual([['member.misaligned_arrays', 1]]);
  });

  it('lose a membership in an unknown department but never their place in the company', () => {
    const members = [
      readMember('a', [66, 2], { mainDepartmentId: 66 }),
      readMember('b', [66]),
      readMember('c', null),
    ];
    const snapshot = buildSnapshot({ departments, members });
    expect(snapshot.getMember('a')).toMatchObject({
      mainDepartmentId: 66,
      memberships: [{ departmentId: 2, isMain: true }],
    });
    expect(snapshot.getMember('b')?.memberships).toEqual([]);
    expect(snapshot.getMember('c')?.memberships).toBeNull();
    expect(warningsOf({ departments, members })).toEqual([['membership.unknown_department', 2]]);
  });

  it('are in the departments whose lists name them, even when their own arrays contradict or omit it', () => {
    const placesOf = (...answers: [departments: number[] | null, listedIn: number][]) => {
      const members = answers.map(([own, listedIn]) => readMember('a', own, { listedIn }));
      const forward = buildSnapshot({ departments, members }).getMember('a')?.memberships;
      const backward = buildSnapshot({ departments, members: members.reverse() }).getMember('a')?.memberships;
      expect(backward).toEqual(forward);
      return forward?.map(({ departmentId }) => departmentId);
    };
    expect(placesOf([null, 2])).toEqual([2]);
    expect(placesOf([null, 3], [null, 2])).toEqual([2, 3]);
    expect(placesOf([[], 2], [[], 3])).toEqual([2, 3]);
    expect(placesOf([[3, 1], 2])).toEqual([3, 1, 2]);
    expect(placesOf([[3, 2], 2], [[3, 2], 3])).toEqual([3, 2]);
    const listed = [readMember('a', null, { listedIn: 2 }), readMember('a', null, { listedIn: 3 })];
    expect(warningsOf({ departments, members: listed })).toEqual([]);
  });

  it('lose no place to an answer that contradicts another, as while a member is moved', () => {
    const members = [
      readMember('a', [3, 2], { sortOrders: [7, 8] }),
      readMember('a', [2], { sortOrders: [9] }),
    ];
    const [forward, backward] = [members, members.toReversed()].map(
      (order) => buildSnapshot({ departments, members: order }).getMember('a')?.memberships,
    );
    expect(forward?.map(({ departmentId, sortOrder }) => [departmentId, sortOrder])).toEqual([
      [2, 9],
      [3, 7],
    ]);
    expect(backward).toEqual(forward);
    expect(warningsOf({ departments, members })).toEqual([['member.conflicting_answers', 1]]);
  });

  it('keep an unknown status as it came and a department named twice once', () => {
    const members = [
      readMember('a', [1, 1], { fields: { status: 3 } }),
      readMember('b', [1], { fields: { status: 5 } }),
    ];
    expect(buildSnapshot({ departments, members }).getMember('a')?.fields.status).toBe(3);
    expect(warningsOf({ departments, members })).toEqual([
      ['member.unknown_status', 1],
      ['membership.duplicate', 1],
    ]);
  });

  it('give 20 examples of a warning and count the rest', () => {
    const members = Array.from({ length: 21 }, (_, index) => readMember(`u${100 + index}`, [66]));
    const [warning] = buildSnapshot({ departments, members: members.reverse() }).warnings;
    expect(warning?.count).toBe(21);
    expect(warning?.examples.map(({ key }) => key)).toEqual(
      Array.from({ length: 20 }, (_, index) => `u${100 + index}`),
    );
  });

  it('hold an empty withheld field as not visible while no member has a value, else as known empty', () => {
    const withheld = [
      readMember('a', [1], { fields: { mobile: '', alias: '' } }),
      readMember('b', [1], { fields: { mobile: '' } }),
    ];
    expect(buildSnapshot({ departments, members: withheld }).getMember('a')?.fields).toMatchObject({
      mobile: null,
      alias: '',
    });
    const given = [...withheld, readMember('c', [1], { fields: { mobile: '138' } })];
    const snapshot = buildSnapshot({ departments, members: given });
    expect(snapshot.getMember('a')?.fields.mobile).toBe('');
    expect(snapshot.getMember('c')?.fields.mobile).toBe('138');
  });

  it('survive packing with emoji, lone surrogates and names longer than a buffer', () => {
    const names = ['👩‍👩‍👧 家', '\ud83d', 'x\udc00', '\u2028"\\', '长'.repeat(2_000_000), 'z'];
    const members = names.map((name, index) => readMember(`u${index}`, [1], { fields: { name } }));
    const snapshot = buildSnapshot({ departments, members });
    for (const [index, name] of names.entries())
      expect(snapshot.getMember(`u${index}`)?.fields.name === name).toBe(true);
  });

  it('are told apart by their hash exactly when something compared differs', () => {
    const hashOf = (member: ReturnType<typeof readMember>) =>
      buildSnapshot({ departments, members: [member] }).memberHash('a');
    const base = readMember('a', [1, 2], {
      sortOrders: [1, 2],
      mainDepartmentId: 1,
      fields: { extendedAttributes: { x: 1, y: [2] } },
    });
    const same = readMember('a', [2, 1], {
      sortOrders: [2, 1],
      mainDepartmentId: 1,
      fields: { extendedAttributes: { y: [2], x: 1 } },
    });
    expect(hashOf(same)).toBe(hashOf(base));
    const others = [
      readMember('A', [1, 2], { ...base }),
      { ...base, sortOrders: [1, 3] },
      { ...base, sortOrders: null },
      { ...base, leaderFlags: [0, 0] },
      { ...base, mainDepartmentId: null },
      { ...base, departments: null, sortOrders: null },
      { ...base, fields: { ...base.fields, alias: '' } },
    ];
    expect(new Set([base, ...others].map(hashOf)).size).toBe(others.length + 1);
    const snapshot = buildSnapshot({ departments, members: [base] });
    expect(snapshot.hashMember(snapshot.getMember('a')!)).toBe(hashOf(base));
  });

  it('are known before the end, and warned of when only an answer of their own showed them', () => {
    const builder = createSnapshotBuilder({ digest });
    builder.addDepartments(departments);
    builder.addMember(readMember('Anna', [1]));
    expect([builder.hasMember('anna'), builder.hasMember('bob')]).toEqual([true, false]);
    expect(builder.memberCount()).toBe(1);
    builder.addOverlookedMember(readMember('Bob', [2]));
    expect(builder.hasMember('bob')).toBe(true);
    const snapshot = builder.finish({ complete: true });
    expect(snapshot.getMember('bob')?.memberships).toMatchObject([{ departmentId: 2, isMain: true }]);
    expect(snapshot.warnings).toEqual([
      { code: 'member.missing_contradicted', count: 1, examples: [{ key: 'bob' }] },
    ]);
  });

  it('are gone who are in no whole answer, or whom WeCom denied by name and no list named', () => {
    const corp = { departments, members: [readMember('Anna', [1])] };
    const gone = (complete: boolean, denied: string[] = []) =>
      ['anna', 'bob', 'cai'].filter((key) => buildSnapshot(corp, complete, denied).isGone(key));
    expect(gone(true)).toEqual(['bob', 'cai']);
    expect(gone(false)).toEqual([]);
    expect(gone(false, ['anna', 'cai'])).toEqual(['cai']);
    expect(createSnapshotBuilder({ digest }).finish({ complete: false }).isGone('a')).toBe(false);
  });

  it('can be ticked off, which leaves the others in order', () => {
    const members = ['d', 'B', 'a', 'c'].map((userId) => readMember(userId, [1]));
    const snapshot = buildSnapshot({ departments, members });
    const checklist = snapshot.createChecklist();
    expect(['c', 'nobody', 'a', 'a'].map((key) => checklist.tick(key))).toEqual([true, false, true, true]);
    expect([...checklist.rest()]).toEqual(['b', 'd']);
    expect([...snapshot.createChecklist().rest()]).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are undefined when absent', () => {
    const snapshot = createSnapshotBuilder({ digest }).finish({ complete: true });
    expect([snapshot.getMember('a'), snapshot.memberHash('a'), snapshot.hasMember('a')]).toEqual([
      undefined,
      undefined,
      false,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { buildSnapshot, readDepartment, readMember } from '../test/corp.ts';
import { createCandidateFinder, type MemberDigest } from './candidates.ts';

const corp = {
  departments: [readDepartment(1, 0)],
  members: ['d', 'c', 'b', 'a'].map((userId) => readMember(userId, [1])),
};

function candidatesAmong(
  stored: readonly MemberDigest[],
  complete = true,
  affected: string[] = [],
  gone: string[] = [],
) {
  const finder = createCandidateFinder(buildSnapshot(corp, complete, gone), new Set(affected));
  for (const member of stored) finder.add(member);
  const { newKeys, ...found } = finder.finish();
  return { ...found, newKeys: [...newKeys] };
}

const hashOf = (key: string) => buildSnapshot(corp).memberHash(key) ?? null;

describe('createCandidateFinder', () => {
  const stored = [
    { key: 'a', contentHash: hashOf('a'), isPresent: true },
    { key: 'b', contentHash: null, isPresent: true },
    { key: 'c', contentHash: hashOf('c'), isPresent: false },
    { key: 'x', contentHash: 'x', isPresent: true },
    { key: 'y', contentHash: 'y', isPresent: false },
  ];

  it('leaves out members present with the hash of the snapshot, and members who left before', () => {
    expect(candidatesAmong(stored)).toEqual({
      newKeys: ['d'],
      changedKeys: ['b', 'c'],
      leavingKeys: ['x'],
      presentCount: 3,
    });
  });

  it('finds no leaving member by a partial snapshot', () => {
    expect(candidatesAmong(stored, false)).toMatchObject({ changedKeys: ['b', 'c'], leavingKeys: [] });
  });

  it('finds those leaving whom WeCom denied by name although the snapshot is partial', () => {
    const others = [{ key: 'z', contentHash: 'z', isPresent: true }];
    expect(candidatesAmong([...stored, ...others], false, [], ['x', 'y', 'a', 'nobody'])).toMatchObject({
      changedKeys: ['b', 'c'],
      leavingKeys: ['x'],
    });
  });

  it('compares members of a removed department although their hash is unchanged', () => {
    expect(candidatesAmong(stored, true, ['a', 'x'])).toMatchObject({
      changedKeys: ['a', 'b', 'c'],
      leavingKeys: ['x'],
    });
  });

  it('finds all of them new where nothing is stored, in code unit order', () => {
    expect(candidatesAmong([]).newKeys).toEqual(['a', 'b', 'c', 'd']);
  });
});

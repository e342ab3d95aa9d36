import { describe, expect, it } from 'vitest';
import { buildSnapshot, readDepartment, readMember } from '../test/corp.ts';

describe('names that come as empty texts', () => {
  it('are not visible, with a warning each', () => {
    const snapshot = buildSnapshot({
      departments: [readDepartment(1, 0, { name: '' }), readDepartment(2, 1)],
      members: [readMember('ann', [1], { fields: { name: '', openUserId: '' } }), readMember('bob', [1])],
    });
    expect(snapshot.departments.get(1)?.name).toBeNull();
    expect(snapshot.getMember('ann')?.fields).toMatchObject({ name: null, openUserId: null });
    expect(snapshot.warnings).toEqual([
      { code: 'department.blank_name', count: 1, examples: [{ key: '1' }] },
      { code: 'member.blank_name', count: 1, examples: [{ key: 'ann' }] },
    ]);
  });

  it('give way to another answer that has the name, whichever comes first', () => {
    const blank = [
      readDepartment(1, 0, { name: '' }),
      readMember('ann', [1], { fields: { name: '' } }),
    ] as const;
    const named = [
      readDepartment(1, 0, { name: '总部' }),
      readMember('ann', [1], { fields: { name: '安' } }),
    ] as const;
    for (const answers of [
      [blank, named],
      [named, blank],
    ]) {
      const snapshot = buildSnapshot({
        departments: answers.map(([department]) => department!),
        members: answers.map(([, member]) => member!),
      });
      expect(snapshot.departments.get(1)?.name).toBe('总部');
      expect(snapshot.getMember('ann')?.fields.name).toBe('安');
      expect(snapshot.warnings.map(({ code }) => code)).toEqual(['department.duplicate']);
    }
  });
});

import { expect } from 'vitest';
import { MEMBER_FIELDS, type Snapshot } from '../index.ts';
import { createDirectory, type Directory } from '../testing/reference-directory.ts';
import { buildReading, type Reading, sync } from './corp.ts';

/** The directory after several readings. */
export function liveThrough(readings: readonly Reading[]): Directory {
  let directory = createDirectory();
  for (const reading of readings) directory = sync(directory, buildReading(reading));
  return directory;
}

/** Rows that are present, by key. */
export function presentOf<Row extends { presence: string }>(rows: ReadonlyMap<unknown, Row>): Row[] {
  return [...rows.values()].filter(({ presence }) => presence === 'present');
}

/**
 * Present departments are a forest of present departments; members are only in present ones, one of them
 * main.
 */
export function expectSoundTree(directory: Directory): void {
  const departments = new Map(
    presentOf(directory.departments).map((department) => [department.id, department]),
  );
  for (const { id } of departments.values()) {
    let above: number | null = id;
    for (let steps = 0; above !== null; steps += 1) {
      expect(steps, `department ${id} is in a cycle`).toBeLessThanOrEqual(departments.size);
      expect(departments.has(above), `department ${above} above ${id} is present`).toBe(true);
      above = departments.get(above)?.parentId ?? null;
    }
  }
}

/** Everything that holds between two syncs. */
export function expectSound(directory: Directory): void {
  expectSoundTree(directory);
  for (const member of directory.members.values()) {
    const { memberships, presence } = member;
    expect(
      memberships.every(
        ({ departmentId }) => directory.departments.get(departmentId)?.presence === 'present',
      ),
    ).toBe(true);
    const mains = memberships.filter(({ isMain }) => isMain).length;
    expect(mains, `main departments of ${member.key}`).toBe(memberships.length > 0 ? 1 : 0);
    if (presence === 'left') expect(memberships).toEqual([]);
  }
}

/** The oracle: what is visible is as WeCom says, what is not is as it was; no other member is present. */
export function expectMirror(before: Directory, after: Directory, snapshot: Snapshot): void {
  expect(
    presentOf(after.departments)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...snapshot.departments.keys()].sort());
  for (const desired of snapshot.departments.values()) {
    const old = before.departments.get(desired.id);
    const { localId: _, ...row } = after.departments.get(desired.id)!;
    if (!desired.isPlaced) expect([null, old?.parentId]).toContain(row.parentId);
    expect(row).toEqual({
      id: desired.id,
      name: desired.name ?? old?.name ?? String(desired.id),
      parentId: desired.isPlaced ? desired.parentId : row.parentId,
      nameEn: desired.nameEn ?? old?.nameEn ?? null,
      sortOrder: desired.sortOrder ?? old?.sortOrder ?? null,
      leaderUserIds: desired.leaderUserIds ?? old?.leaderUserIds ?? null,
      presence: 'present',
    });
  }
  expect(
    presentOf(after.members)
      .map(({ key }) => key)
      .sort(),
  ).toEqual([...snapshot.memberKeys()]);
  for (const key of snapshot.memberKeys()) expectMemberMirror(before, after, snapshot, key);
}

function expectMemberMirror(before: Directory, after: Directory, snapshot: Snapshot, key: string): void {
  const desired = snapshot.getMember(key)!;
  const old = before.members.get(key);
  const row = after.members.get(key)!;
  expect(row.userId).toBe(desired.userId);
  expect(row.mainDepartmentId).toBe(desired.mainDepartmentId ?? old?.mainDepartmentId ?? null);
  for (const { name } of MEMBER_FIELDS) {
    expect(row.fields[name], name).toEqual(desired.fields[name] ?? old?.fields[name] ?? null);
  }
  const kept = (old?.memberships ?? []).filter(({ departmentId }) => snapshot.departments.has(departmentId));
  const places = desired.memberships ?? kept;
  const byId = (a: { departmentId: number }, b: { departmentId: number }) => a.departmentId - b.departmentId;
  const expected = [...places].sort(byId).map(({ departmentId, sortOrder, isLeader }) => {
    const known = old?.memberships.find((membership) => membership.departmentId === departmentId);
    return {
      departmentId,
      sortOrder: sortOrder ?? known?.sortOrder ?? 0,
      isLeader: isLeader ?? known?.isLeader ?? false,
    };
  });
  expect(row.memberships.map(({ isMain: _, ...place }) => place)).toEqual(expected);
  const main = row.memberships.find(({ isMain }) => isMain)?.departmentId;
  if (places.some(({ departmentId }) => departmentId === desired.mainDepartmentId)) {
    expect(main).toBe(desired.mainDepartmentId);
  }
}

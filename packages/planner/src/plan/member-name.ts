import type { CurrentMember, SnapshotMember } from '../types.ts';

/** Display name of a member: the latest known name, else the userid. */
export function nameMember(current: CurrentMember | null, desired: SnapshotMember | null): string {
  const name = desired?.fields.name ?? current?.fields.name ?? '';
  return name === '' ? (desired?.userId ?? current?.userId ?? '') : name;
}

import { type Json, MEMBER_FIELDS } from '../member-fields.ts';
import type {
  CurrentMember,
  DisabledBy,
  MemberChange,
  MemberPlanContext,
  MembershipChange,
  MemberValues,
  SnapshotMember,
} from '../types.ts';
import { planMemberships } from './compare-memberships.ts';
import { nameMember } from './member-name.ts';
import { compareValues, pickKnown } from './same-value.ts';

const FIELD_NAMES = MEMBER_FIELDS.map(({ name }) => name);
const IDENTITY_NAMES = ['userId', 'mainDepartmentId'] as const;

/** WeCom's status of a member whom WeCom's admin has disabled (WeCom: user/get). */
const STATUS_DISABLED = 2;

/**
 * Plans one member: the member's change, if any, then those of the memberships.
 *
 * `current` null = never seen, `desired` null = not in the snapshot. Sort the changes of several members by
 * `getChangeStage` before applying them.
 *
 * Exact for any selection of members, so those whose stored hash equals `snapshot.memberHash` may be left
 * out, on two conditions. The hash was stored when all changes from a *complete* snapshot were applied to
 * them, none held or undone since: a partial one leaves memberships standing that the same answer, complete,
 * takes away. And they have no membership in `context.removedDepartmentIds`, since that is not part of their
 * own answer.
 */
export function planMember(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  context: MemberPlanContext,
): (MemberChange | MembershipChange)[] {
  const changes: (MemberChange | MembershipChange)[] = [];
  const change = compareMember(current, desired, context);
  if (change !== null) changes.push(change);
  changes.push(...planMemberships(current, desired, context));
  return changes;
}

function compareMember(
  current: CurrentMember | null,
  desired: SnapshotMember | null,
  context: MemberPlanContext,
): MemberChange | null {
  if (desired === null) return current === null ? null : removeMember(current, context);
  return current === null ? createMember(desired) : updateMember(current, desired);
}

function createMember(desired: SnapshotMember): MemberChange {
  const known: Partial<MemberValues> = {
    ...pickKnown(FIELD_NAMES, desired.fields),
    ...pickKnown(IDENTITY_NAMES, desired),
  };
  const disabledBy = decideDisabledBy(null, desired);
  const disabled: Partial<MemberValues> = disabledBy === null ? {} : { disabledBy };
  return {
    ...describeMember(null, desired),
    kind: 'create',
    before: null,
    after: { ...known, ...disabled, userId: desired.userId },
  };
}

function updateMember(current: CurrentMember, desired: SnapshotMember): MemberChange | null {
  const identity = compareValues(IDENTITY_NAMES, current, desired);
  const fields = compareValues(FIELD_NAMES, current.fields, desired.fields);
  const before: Record<string, Json> = { ...identity.before, ...fields.before };
  const after: Record<string, Json> = { ...identity.after, ...fields.after };
  const disabledBy = decideDisabledBy(current.disabledBy, desired);
  if (disabledBy !== current.disabledBy) {
    before.disabledBy = current.disabledBy;
    after.disabledBy = disabledBy;
  }
  const described = describeMember(current, desired);
  if (current.presence === 'left') {
    const restored = {
      before: { ...before, presence: 'left' },
      after: { ...after, presence: 'present' },
    } as const;
    return { ...described, kind: 'restore', ...restored };
  }
  return Object.keys(after).length === 0 ? null : { ...described, kind: 'update', before, after };
}

function removeMember(current: CurrentMember, context: MemberPlanContext): MemberChange | null {
  if (!context.isGone(current.key) || current.presence === 'left') return null;
  return {
    ...describeMember(current, null),
    kind: 'remove',
    before: { presence: 'present' },
    after: { presence: 'left' },
  };
}

/** The sync disables a member whom WeCom has disabled, and enables again only members it disabled itself. */
function decideDisabledBy(current: DisabledBy, desired: SnapshotMember): DisabledBy {
  const { status } = desired.fields;
  if (status === STATUS_DISABLED) return current ?? 'sync';
  return status !== null && current === 'sync' ? null : current;
}

function describeMember(current: CurrentMember | null, desired: SnapshotMember | null) {
  const key = desired?.key ?? current?.key ?? '';
  return { entity: 'member', key, memberKey: key, name: nameMember(current, desired) } as const;
}

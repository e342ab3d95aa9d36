import type {
  Change,
  CurrentDepartment,
  CurrentMember,
  Digest,
  MemberPlanContext,
  Plan,
  Snapshot,
} from '../types.ts';
import { planDepartments } from './compare-departments.ts';
import { planMember } from './compare-member.ts';
import { createFingerprint } from './fingerprint.ts';
import { isEmptyAnswer } from './guard.ts';
import { getChangeStage } from './order.ts';
import { countChange, createSummary } from './summary.ts';

/**
 * Plans a whole directory in memory, composed of the same parts a streaming caller uses.
 *
 * `baseRevision` names the state that `current` was read from; it goes into the fingerprint.
 */
export function planDirectory(input: {
  current: { departments: Iterable<CurrentDepartment>; members: Iterable<CurrentMember> };
  snapshot: Snapshot;
  digest: Digest;
  baseRevision: string;
}): Plan {
  const { snapshot } = input;
  const currentDepartments = new Map(
    [...input.current.departments].map((department) => [department.id, department]),
  );
  const currentMembers = new Map([...input.current.members].map((member) => [member.key, member]));
  const departments = planDepartments(currentDepartments.values(), snapshot);
  const members = planMembers(currentMembers, snapshot, {
    complete: snapshot.complete,
    removedDepartmentIds: departments.removedDepartmentIds,
    departmentName: (id) => snapshot.departments.get(id)?.name ?? currentDepartments.get(id)?.name,
  });
  const changes = orderChanges([...departments.upserts, ...members, ...departments.removals]);

  const summary = createSummary();
  const fingerprint = createFingerprint(input);
  const leavingAdminKeys: string[] = [];
  for (const change of changes) {
    countChange(summary, change);
    fingerprint.add(change);
    const isLeaving = change.entity === 'member' && change.kind === 'remove';
    if (isLeaving && currentMembers.get(change.key)?.isAdmin === true) leavingAdminKeys.push(change.key);
  }
  const presentMembers = [...currentMembers.values()].filter(({ presence }) => presence === 'present');
  const present = { members: presentMembers.length, departments: departments.presentCount };
  return {
    changes,
    summary,
    fingerprint: fingerprint.finish(),
    complete: snapshot.complete,
    present,
    rootsChanged: departments.rootsChanged,
    emptyAnswer: isEmptyAnswer(snapshot, present),
    leavingAdminKeys,
  };
}

function* planMembers(
  current: ReadonlyMap<string, CurrentMember>,
  snapshot: Snapshot,
  context: MemberPlanContext,
): Generator<Change> {
  const unseenKeys = [...snapshot.memberKeys()].filter((key) => !current.has(key));
  for (const key of [...current.keys(), ...unseenKeys].sort()) {
    yield* planMember(current.get(key) ?? null, snapshot.getMember(key) ?? null, context);
  }
}

function orderChanges(changes: readonly Change[]): Change[] {
  const stages: Change[][] = [];
  for (const change of changes) {
    const stage = getChangeStage(change);
    stages[stage] ??= [];
    stages[stage].push(change);
  }
  return stages.flat();
}

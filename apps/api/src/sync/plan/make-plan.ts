import type { RemovalGuard, SyncRunCounts } from '@orgmirror/contracts';
import {
  type Change,
  type CurrentMember,
  countChange,
  createFingerprint,
  createSummary,
  type Digest,
  evaluateGuard,
  type GuardReason,
  getChangeStage,
  isEmptyAnswer,
  type MemberPlanContext,
  planDepartments,
  planMember,
  type Rename,
  type Snapshot,
  type SnapshotMember,
  splitHeld,
} from '@orgmirror/planner';
import { buildSearchColumns } from '../../directory/search/search-text.ts';
import type { ExecuteLarge } from '../../platform/database/database.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Lease } from '../../runs/write-under-lease.ts';
import { readCurrentDepartments, readCurrentMembers } from './current-directory-repository.ts';
import { findCandidates } from './find-candidates.ts';
import { findTargets } from './find-targets.ts';
import { mergeSensitive } from './merge-sensitive.ts';
import { findRenamed, type RenamedMember } from './plan-renames.ts';
import { createPlanWriter, type DerivedColumns, type PlannedChange, type PlanWriter } from './plan-writer.ts';

export interface MakePlanOptions {
  prisma: PrismaClient;
  executeLarge: ExecuteLarge;
  secretBox: SecretBox;
  digest: Digest;
  lease: Lease;
  snapshot: Snapshot;
  /** Of a targeted read: the only members to look at, by key. */
  targetKeys?: readonly string[] | undefined;
  /** Userids that WeCom changed: those members keep their rows. */
  renames: readonly Rename[];
  removalGuard: RemovalGuard;
  /** Removals of the guard's rolling window that nobody approved. */
  recentRemovals: { members: number; departments: number };
  signal: AbortSignal;
}

/** What there is to know about a plan; its changes lie in the run's history. */
export interface MadePlan {
  fingerprint: string;
  /** The directory revision that it was planned from. */
  baseRevision: bigint;
  counts: SyncRunCounts;
  held: { departments: number; members: number };
  heldReasons: readonly GuardReason[];
  changeCount: number;
  /** Content hashes of members who were compared in full and have no change. */
  unchangedHashes: ReadonlyMap<string, string>;
  /** Removals that are not held. */
  freeRemovals: { departments: number; members: number };
}

const membersPerQuery = 2_000;

/**
 * Plans the difference between the snapshot and our directory and stores it as the run's changes, held removals
 * marked. Members whose content hash is unchanged are not even loaded.
 */
export async function makePlan(options: MakePlanOptions): Promise<MadePlan> {
  const { prisma, lease, snapshot, signal } = options;
  const { revision } = await prisma.corp.findUniqueOrThrow({ where: { id: lease.corpRowId } });
  const departments = await readCurrentDepartments(prisma, lease.corpRowId);
  const departmentPlan = planDepartments(departments, snapshot);
  const candidates = options.targetKeys
    ? await findTargets(prisma, lease.corpRowId, snapshot, options.targetKeys)
    : await findCandidates(prisma, lease.corpRowId, snapshot, departmentPlan.removedDepartmentIds);
  const renamed = await findRenamed(options, lease.corpRowId, snapshot, {
    renames: options.renames,
    candidates,
  });
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const planning = startPlanning(options, revision, {
    complete: snapshot.complete,
    removedDepartmentIds: departmentPlan.removedDepartmentIds,
    departmentName: (id) => snapshot.departments.get(id)?.name ?? names.get(id),
  });

  for (const change of departmentPlan.upserts) await planning.add({ change, held: false });
  for (const member of renamed) await planRenamed(planning, member, snapshot);
  for (const key of candidates.newKeys) {
    signal.throwIfAborted();
    await planPerson(planning, null, snapshot.getMember(key) ?? null);
  }
  for (const keys of chunk([...candidates.changedKeys, ...candidates.leavingKeys], membersPerQuery)) {
    signal.throwIfAborted();
    for (const member of await readCurrentMembers(prisma, options.secretBox, lease.corpRowId, keys))
      await planPerson(planning, member, snapshot.getMember(member.key) ?? null);
  }
  planning.removals.push(...departmentPlan.removals.map((change) => ({ change })));

  const present = { members: candidates.presentCount, departments: departmentPlan.presentCount };
  const removedCount = (entity: Change['entity']) =>
    planning.removals.filter(({ change }) => change.entity === entity).length;
  const verdict = evaluateGuard({
    limits: options.removalGuard,
    present,
    removals: { members: removedCount('member'), departments: removedCount('department') },
    recentRemovals: options.recentRemovals,
    rootsChanged: departmentPlan.rootsChanged,
    emptyAnswer: options.targetKeys === undefined && isEmptyAnswer(snapshot, present),
    leavingAdminKeys: planning.leavingAdminKeys,
  });
  const held = splitHeld({
    removals: planning.removals.map(({ change }) => change),
    verdict,
    departments,
    keepsDepartment: (key) => snapshot.getMember(key)?.memberships?.length !== 0,
  });
  for (const removal of sortRemovals(planning.removals))
    await planning.add({ ...removal, held: held.isHeld(removal.change) });
  return planning.finish(verdict.reasons);
}

/** What planning one person reads and adds to. */
interface PersonPlanning {
  context: MemberPlanContext;
  contentHashOf: (member: SnapshotMember) => string | null;
  /** Every removal, collected until the guard has judged them together. */
  removals: Omit<PlannedChange, 'held'>[];
  leavingAdminKeys: string[];
  unchangedHashes: Map<string, string>;
  add(planned: PlannedChange): Promise<void>;
}

interface Planning extends PersonPlanning {
  finish(reasons: readonly GuardReason[]): Promise<MadePlan>;
}

function startPlanning(options: MakePlanOptions, revision: bigint, context: MemberPlanContext): Planning {
  const { snapshot } = options;
  const unchangedHashes = new Map<string, string>();
  const recorder = openPlanRecorder(options, revision);
  return {
    context,
    unchangedHashes,
    // After a partial read the same answer may later remove something, and after a targeted one the fields that the app
    // may see are not known: look again next time.
    contentHashOf: (member) =>
      snapshot.complete && options.targetKeys === undefined ? snapshot.hashMember(member) : null,
    removals: [],
    leavingAdminKeys: [],
    add: recorder.add,
    finish: async (reasons) => ({ ...(await recorder.finish(reasons)), unchangedHashes }),
  };
}

/** Writes changes into the run's history, in plan order, and sums them up at the end. */
export function openPlanRecorder(
  options: Pick<MakePlanOptions, 'executeLarge' | 'secretBox' | 'digest' | 'lease'>,
  revision: bigint,
) {
  const writer: PlanWriter = createPlanWriter(options.executeLarge, options.secretBox, options.lease);
  const fingerprint = createFingerprint({ digest: options.digest, baseRevision: String(revision) });
  const counts = createSummary();
  const held = { departments: 0, members: 0 };
  let changeCount = 0;
  return {
    add: async (planned: PlannedChange): Promise<void> => {
      const { change } = planned;
      fingerprint.add(change);
      countChange(counts, change);
      changeCount++;
      if (planned.held && change.entity !== 'membership')
        held[change.entity === 'member' ? 'members' : 'departments']++;
      await writer.write(planned);
    },
    finish: async (heldReasons: readonly GuardReason[]): Promise<MadePlan> => {
      await writer.finish();
      return {
        fingerprint: fingerprint.finish(),
        baseRevision: revision,
        counts,
        held,
        heldReasons,
        changeCount,
        unchangedHashes: new Map(),
        freeRemovals: {
          departments: counts.departments.remove - held.departments,
          members: counts.members.remove - held.members,
        },
      };
    },
  };
}

/** Plans one person; their first change carries what else is to be stored about them, unless it is their leaving. */
export async function planPerson(
  planning: PersonPlanning,
  current: CurrentMember | null,
  desired: SnapshotMember | null,
): Promise<void> {
  const changes = planMember(current, desired, planning.context);
  if (desired && changes.length === 0) {
    const hash = planning.contentHashOf(desired);
    if (hash !== null) planning.unchangedHashes.set(desired.key, hash);
    return;
  }
  let derived = desired ? deriveColumns(planning, current, desired) : undefined;
  for (const change of changes) {
    if (change.kind === 'remove') {
      planning.removals.push({ change, derived });
      if (change.entity === 'member' && current?.isAdmin) planning.leavingAdminKeys.push(change.memberKey);
      derived = undefined;
      continue;
    }
    await planning.add({
      change,
      held: false,
      derived,
      sensitiveAfter: change.entity === 'member' ? mergeSensitive(change, current) : undefined,
    });
    derived = undefined;
  }
}

/** Plans somebody whose userid changed: their first change moves the row to the new one before anything else. */
async function planRenamed(
  planning: PersonPlanning,
  { from, to, current }: RenamedMember,
  snapshot: Snapshot,
): Promise<void> {
  const add = (planned: PlannedChange) =>
    planning.add(
      planned.change.entity === 'member'
        ? { ...planned, derived: { contentHash: null, ...planned.derived, renamedFrom: from } }
        : planned,
    );
  await planPerson({ ...planning, add }, current, snapshot.getMember(to) ?? null);
}

function deriveColumns(
  planning: PersonPlanning,
  current: CurrentMember | null,
  desired: SnapshotMember,
): DerivedColumns {
  const latest = (field: 'name' | 'alias' | 'englishName') =>
    desired.fields[field] ?? current?.fields[field] ?? null;
  const searched = {
    name: latest('name') ?? desired.userId,
    alias: latest('alias'),
    englishName: latest('englishName'),
    userId: desired.userId,
  };
  const unchanged =
    current !== null &&
    current.userId === searched.userId &&
    current.fields.name === searched.name &&
    current.fields.alias === searched.alias &&
    current.fields.englishName === searched.englishName;
  return {
    contentHash: mayKeepOldPlaces(planning, current, desired) ? null : planning.contentHashOf(desired),
    ...(!unchanged && buildSearchColumns(searched)),
  };
}

/** Whether the guard may leave the member in departments that the answer no longer names: then look again next time. */
function mayKeepOldPlaces(
  planning: PersonPlanning,
  current: CurrentMember | null,
  desired: SnapshotMember,
): boolean {
  const { removedDepartmentIds } = planning.context;
  const losesAll = desired.memberships?.length === 0;
  return (
    losesAll &&
    (current?.memberships.some(({ departmentId }) => removedDepartmentIds.has(departmentId)) ?? false)
  );
}

/** Memberships, then members, then departments (which come children first). */
const sortRemovals = (removals: Planning['removals']): Planning['removals'] =>
  removals.toSorted((a, b) => getChangeStage(a.change) - getChangeStage(b.change));

function* chunk<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

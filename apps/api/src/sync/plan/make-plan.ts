import {
  type Change,
  type CurrentMember,
  createPlanner,
  type Digest,
  type DirectoryCounts,
  type GuardLimits,
  type GuardReason,
  type Planner,
  type PlanTotals,
  type Rename,
  type Snapshot,
} from '@orgmirror/planner';
import type { ExecuteLarge } from '../../platform/database/database.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { ReportWork } from '../../runs/report-work.ts';
import { readCurrentDepartments, readCurrentMembers } from './current-directory-repository.ts';
import { findCandidates } from './find-candidates.ts';
import { findTargets } from './find-targets.ts';
import { findRenamed } from './plan-renames.ts';
import { createPlanWriter, type DerivedColumns, type PlanWriter } from './plan-writer.ts';
import { toPlannedChanges } from './planned-member.ts';

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
  limits: GuardLimits;
  /** Removals of the guard's rolling window that nobody approved. */
  recentRemovals: DirectoryCounts;
  signal: AbortSignal;
  /** Of the members that are compared one by one. */
  reportWork: ReportWork;
}

/** What a plan comes to; its changes are stored as the run's. */
export interface MadePlan extends PlanTotals {
  /** The directory revision that it was planned from. */
  baseRevision: bigint;
  heldReasons: readonly GuardReason[];
  /** Content hashes of members who were compared in full and have no change. */
  unchangedHashes: ReadonlyMap<string, string>;
}

const membersPerQuery = 2_000;

/**
 * Feeds the planner from the database and stores its changes as the run's, held removals marked. Members
 * whose content hash is unchanged are not even loaded.
 */
export async function makePlan(options: MakePlanOptions): Promise<MadePlan> {
  const { prisma, secretBox, lease, snapshot, signal } = options;
  const { revision } = await prisma.corp.findUniqueOrThrow({ where: { id: lease.corpRowId } });
  const planner = await startPlanner(options, revision);
  const found = options.targetKeys
    ? await findTargets(prisma, lease.corpRowId, snapshot, options.targetKeys)
    : await findCandidates(prisma, lease.corpRowId, snapshot, planner.removedDepartmentIds);
  const { renamed, candidates } = await findRenamed(options, lease.corpRowId, snapshot, {
    renames: options.renames,
    candidates: found,
  });
  const output = createPlanOutput(planner, createPlanWriter(options.executeLarge, secretBox, lease));

  for (const change of planner.departmentChanges) await output.write({ change, held: false });
  for (const { from, to, current } of renamed) await output.addMember(to, current, from);
  const newKeys = [...candidates.newKeys];
  const total = newKeys.length + candidates.changedKeys.length + candidates.leavingKeys.length;
  let compared = 0;
  for (const key of newKeys) {
    signal.throwIfAborted();
    await output.addMember(key, null);
    options.reportWork(++compared, total);
  }
  for (const keys of chunk([...candidates.changedKeys, ...candidates.leavingKeys], membersPerQuery)) {
    signal.throwIfAborted();
    for (const member of await readCurrentMembers(prisma, secretBox, lease.corpRowId, keys))
      await output.addMember(member.key, member);
    compared += keys.length;
    options.reportWork(compared, total);
  }
  return { ...(await output.finish(candidates.presentCount)), baseRevision: revision };
}

async function startPlanner(options: MakePlanOptions, revision: bigint): Promise<Planner> {
  return createPlanner({
    snapshot: options.snapshot,
    departments: await readCurrentDepartments(options.prisma, options.lease.corpRowId),
    scope: options.targetKeys === undefined ? 'full' : 'targeted',
    limits: options.limits,
    recentRemovals: options.recentRemovals,
    digest: options.digest,
    baseRevision: String(revision),
  });
}

/**
 * Stores what the planner says: changes at once, removals when they are judged, with the columns that go with
 * them.
 */
function createPlanOutput(planner: Planner, writer: PlanWriter) {
  const columnsOfRemovals = new Map<Change, DerivedColumns>();
  const unchangedHashes = new Map<string, string>();
  return {
    write: writer.write,
    addMember: async (key: string, current: CurrentMember | null, renamedFrom?: string): Promise<void> => {
      const plan = planner.addMember(key, current);
      if (plan.changes.length === 0 && plan.contentHash !== null) unchangedHashes.set(key, plan.contentHash);
      for (const planned of toPlannedChanges(plan, current, renamedFrom)) {
        if (planned.change.kind !== 'remove') await writer.write(planned);
        else if (planned.derived) columnsOfRemovals.set(planned.change, planned.derived);
      }
    },
    finish: async (presentCount: number) => {
      const { removals, ...totals } = planner.finish(presentCount);
      for (const { change, isHeld } of removals)
        await writer.write({ change, held: isHeld, derived: columnsOfRemovals.get(change) });
      await writer.finish();
      return { ...totals, unchangedHashes };
    },
  };
}

function* chunk<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

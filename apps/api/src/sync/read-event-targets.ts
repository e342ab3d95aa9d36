import type { SyncRun as SyncRunAnswer } from '@orgmirror/contracts';
import {
  type CurrentDepartment,
  createSnapshotBuilder,
  type Digest,
  type ReadDepartment,
  type Snapshot,
} from '@orgmirror/planner';
import type { WecomClient } from '@orgmirror/wecom';
import { collectTargets, listClaimedEvents, maxTargets } from '../events/claimed-events.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import {
  listMemberUserIdsIn,
  readCurrentDepartments,
  readMemberPlaces,
} from './plan/current-directory-repository.ts';
import { readVisibleScope } from './snapshot/read-directory.ts';
import {
  type Inconclusive,
  type KnownDirectory,
  readTargets,
  type TargetReading,
} from './snapshot/read-targets.ts';
import type { Evidence } from './snapshot/snapshot-read.ts';

type RunWarning = SyncRunAnswer['warnings'][number];

export interface EventTargetOptions {
  prisma: PrismaClient;
  client: WecomClient;
  agentId: number;
  digest: Digest;
  signal: AbortSignal;
  maxConcurrency: number;
}

/** What a targeted run read, made into a snapshot whose rest is as it is here. */
export interface TargetedSnapshot {
  kind: 'read';
  snapshot: Snapshot;
  /** The only members that the snapshot says anything about. */
  targetKeys: string[];
  evidence: Evidence;
}

/**
 * Reads again what the events of a run named. The snapshot shows every department that is present here, those
 * that were read as WeCom has them, and the members that were read; a member of `targetKeys` that it lacks is
 * gone.
 * @returns a warning that says why, when only a full sync can tell
 */
export async function readEventTargets(
  options: EventTargetOptions,
  run: { id: string; corpRowId: number },
): Promise<TargetedSnapshot | { kind: 'inconclusive'; warning: RunWarning }> {
  const { prisma, client } = options;
  const targets = collectTargets(await listClaimedEvents(prisma, run));
  const tagId = await findTagInScope(options, targets.tagIds);
  if (tagId !== undefined)
    return inconclusive({ reason: 'tag', key: String(tagId), detail: `tag ${tagId} decides who is visible` });
  const departments = (await readCurrentDepartments(prisma, run.corpRowId)).filter(
    ({ presence }) => presence === 'present',
  );
  const known = describeKnown(prisma, run.corpRowId, departments);
  const result = await readTargets({ ...options, client, known, maxTargets }, targets);
  return result.kind === 'inconclusive'
    ? inconclusive(result.reason)
    : buildTargetedSnapshot(departments, result.reading, options.digest);
}

const inconclusive = ({
  key,
  detail,
  reason,
}: Omit<Inconclusive, 'reason'> & { reason: Inconclusive['reason'] | 'tag' }) => ({
  kind: 'inconclusive' as const,
  warning: { code: 'callback.full_sync', count: 1, examples: [{ key, detail: `${reason}: ${detail}` }] },
});

/** Tags matter only when the app's visible scope uses them. */
async function findTagInScope(
  { client, agentId, signal }: EventTargetOptions,
  tagIds: readonly number[],
): Promise<number | undefined> {
  if (tagIds.length === 0) return undefined;
  const scope = new Set((await readVisibleScope(client, agentId, signal)).tagIds);
  return tagIds.find((id) => scope.has(id));
}

const describeKnown = (
  prisma: PrismaClient,
  corpRowId: number,
  departments: readonly CurrentDepartment[],
): KnownDirectory => ({
  departments: new Map(departments.map(({ id, parentId }) => [id, { parentId }])),
  readPlaces: (userKeys) => readMemberPlaces(prisma, corpRowId, userKeys),
  listMembersIn: (departmentId) => listMemberUserIdsIn(prisma, corpRowId, departmentId),
});

function buildTargetedSnapshot(
  departments: readonly CurrentDepartment[],
  reading: TargetReading,
  digest: Digest,
): TargetedSnapshot {
  const tree = new Map<number, ReadDepartment>(
    departments.map((department) => [department.id, { ...department, parentId: department.parentId ?? 0 }]),
  );
  for (const [id, department] of reading.departments) tree.set(id, department);
  for (const id of reading.removedDepartmentIds) tree.delete(id);
  const builder = createSnapshotBuilder({ digest });
  builder.addDepartments(tree.values());
  for (const member of reading.members.values()) builder.addMember(member);
  const snapshot = builder.finish({ complete: true });
  const asked = reading.departments.size + reading.removedDepartmentIds.size;
  return {
    kind: 'read',
    snapshot,
    targetKeys: [...reading.members.keys(), ...reading.removedUserKeys],
    evidence: {
      departmentsAsked: asked,
      departmentsAnswered: asked,
      departmentsFailed: [],
      othersFailed: [],
      membersSeen: snapshot.memberCount,
      missing: null,
    },
  };
}

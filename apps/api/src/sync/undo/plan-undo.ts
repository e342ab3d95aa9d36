import type { Problem } from '@orgmirror/contracts';
import {
  type Change,
  type CurrentMember,
  invertChange,
  isSameValue,
  type MemberChange,
} from '@orgmirror/planner';
import { buildSearchColumns } from '../../directory/search/search-text.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { ReportWork } from '../../runs/report-work.ts';
import { readCurrentMembers } from '../plan/current-directory-repository.ts';
import type { MadePlan } from '../plan/make-plan.ts';
import { mergeSensitive } from '../plan/merge-sensitive.ts';
import { openPlanRecorder, type PlanRecorderOptions } from '../plan/plan-recorder.ts';
import type { DerivedColumns, PlannedChange } from '../plan/plan-writer.ts';
import { isRename, parseTombstone } from '../plan/tombstone.ts';
import {
  type AppliedChanges,
  countAppliedChanges,
  readAppliedChangesBackwards,
  type StoredChange,
} from './read-applied-changes.ts';

export interface UndoOptions extends PlanRecorderOptions {
  prisma: PrismaClient;
  signal: AbortSignal;
  target: AppliedChanges;
  /** The directory revision that is undone from. */
  baseRevision: bigint;
  /** Called with the applied changes that are planned to be taken back, of all. */
  reportWork: ReportWork;
}

const changesPerBatch = 2_000;

/**
 * Plans the opposite of what a run applied, the last change first, and stores it as the undo's changes.
 * Nothing of it is held: it was asked for by hand, and the guard asked before it began (measure-undo.ts).
 * @throws AppError `undo.conflict` when a member no longer has the values that the run left
 */
export async function planUndo(options: UndoOptions): Promise<MadePlan> {
  const { prisma, secretBox, lease, target, signal } = options;
  const recorder = openPlanRecorder(options, options.baseRevision);
  const total = await countAppliedChanges(options, target);
  let done = 0;
  for await (const stored of readAppliedChangesBackwards(options, target, changesPerBatch)) {
    signal.throwIfAborted();
    const keys = stored.flatMap(({ change }) => (hasFormerValues(change) ? [change.memberKey] : []));
    const members = await readCurrentMembers(prisma, secretBox, lease.corpRowId, keys);
    const current = new Map(members.map((member) => [member.key, member]));
    for (const { change, derived } of stored) {
      const planned = hasFormerValues(change)
        ? undoMemberChange(change, derived, current.get(change.memberKey), target.runId)
        : undoChange(change, derived);
      if (planned !== undefined) await recorder.add(planned);
    }
    done += stored.length;
    options.reportWork(done, total);
  }
  return recorder.finish();
}

/** Whether it is a change of a member who was here before: their row gets back what it had. */
const hasFormerValues = (change: Change): change is FormerMemberChange =>
  change.entity === 'member' && change.kind !== 'create';
type FormerMemberChange = Exclude<MemberChange, { kind: 'create' }>;

function undoChange(change: Change, derived: StoredChange['derived']): PlannedChange {
  if (change.entity === 'membership')
    return { change: invertChange(change), held: false, derived: { contentHash: null } };
  const marks = change.kind === 'restore' ? parseTombstone(derived) : undefined;
  return { change: invertChange(change), held: false, derived: marks };
}

/** @returns undefined when nothing of it is to be taken back */
function undoMemberChange(
  change: FormerMemberChange,
  derived: StoredChange['derived'],
  current: CurrentMember | undefined,
  runId: string,
): PlannedChange | undefined {
  const moved = current ? listMoved(change, current) : Object.keys(change.after);
  // Who disabled a member can be changed by hand at any time, and that decision stays.
  // A userid that WeCom changed stays: under the old one the next sync would find no member.
  const staying = [
    ...(moved.includes('disabledBy') ? ['disabledBy'] : []),
    ...(isRename(derived) ? ['userId'] : []),
  ];
  const undone = invertChange(leaveValues(change, staying));
  if (current === undefined || moved.some((name) => name !== 'disabledBy'))
    throw conflictIn(change, current, runId);
  if (Object.keys(undone.after ?? {}).length === 0) return undefined;
  return {
    change: undone,
    held: false,
    derived: {
      contentHash: null, // the next sync compares the member in full
      ...findSearchColumns(current, undone),
      ...(change.kind === 'restore' && parseTombstone(derived)),
    },
    sensitiveAfter: mergeSensitive(undone, current),
  };
}

/** Names of the values that are no longer as the change left them. */
function listMoved(change: FormerMemberChange, current: CurrentMember): string[] {
  const present: Record<string, unknown> = { ...current, ...current.fields };
  return Object.entries(change.after)
    .filter(([name, value]) => !isSameValue(present[name] as typeof value, value))
    .map(([name]) => name);
}

function leaveValues(change: FormerMemberChange, names: readonly string[]): FormerMemberChange {
  const leave = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name))) as T; // all are optional
  return { ...change, before: leave(change.before), after: leave(change.after) };
}

function findSearchColumns(current: CurrentMember, { after }: Change): DerivedColumns {
  const searched = ['name', 'alias', 'englishName', 'userId'] as const;
  if (!searched.some((name) => after !== null && name in after)) return {};
  const { userId, name, alias, englishName } = { userId: current.userId, ...current.fields, ...after };
  return { ...buildSearchColumns({ userId, name: name ?? userId, alias, englishName }) };
}

function conflictIn(
  { entity, key, name }: Change,
  current: CurrentMember | undefined,
  runId: string,
): AppError {
  const wecomUserId = current?.userId ?? null;
  const conflicts: Problem['conflicts'] = [{ entity, key, name, wecomUserId, runId }];
  return new AppError('undo.conflict', { conflicts });
}

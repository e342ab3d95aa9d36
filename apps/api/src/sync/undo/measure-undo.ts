import type { UndoEffect } from '@orgmirror/contracts';
import { type DirectoryCounts, evaluateGuard, type GuardVerdict } from '@orgmirror/planner';
import { readGuardLimits } from '../../connection/read-guard-limits.ts';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { countRecentRemovals } from '../../runs/sync-run-repository.ts';
import { nameHeldMembers } from '../plan/name-held-members.ts';
import type { AppliedChanges } from './read-applied-changes.ts';

/**
 * Counts what an undo does, each department and member once, and asks the guard about its removals, as if
 * they were a sync's: with those of the last hours, and admins by name.
 */
export async function measureUndo(
  prisma: PrismaClient,
  corpRowId: number,
  applied: AppliedChanges,
  now: Date,
): Promise<UndoEffect> {
  const effect = await countEffect(prisma, applied);
  const { removals } = effect;
  const { reasons } = await judgeRemovals(prisma, { corpRowId, applied, removals, now });
  return {
    ...effect,
    mustConfirm: reasons.length > 0,
    reasons: await nameHeldMembers(prisma, corpRowId, reasons),
  };
}

type Effect = Pick<UndoEffect, 'removals' | 'restorals' | 'reverts'>;

async function countEffect(prisma: PrismaClient, { runId, part }: AppliedChanges): Promise<Effect> {
  const rows = await prisma.$queryRaw<{ entity: string; added: number; removed: number; touched: number }[]>`
    SELECT CASE entity WHEN 'department' THEN entity ELSE 'member' END AS entity,
      count(*) FILTER (WHERE entity <> 'membership' AND kind IN ('create', 'restore'))::int AS added,
      count(*) FILTER (WHERE entity <> 'membership' AND kind = 'remove')::int AS removed,
      count(DISTINCT coalesce(user_key, key))::int AS touched
    FROM sync_change WHERE run_id = ${runId}::uuid AND (${part === 'all'} OR NOT held) GROUP BY 1`;
  const count = (of: (row: (typeof rows)[number]) => number): DirectoryCounts => {
    const find = (name: string) =>
      rows.filter(({ entity }) => entity === name).reduce((_, row) => of(row), 0);
    return { departments: find('department'), members: find('member') };
  };
  return {
    removals: count(({ added }) => added),
    restorals: count(({ removed }) => removed),
    reverts: count(({ added, removed, touched }) => touched - added - removed),
  };
}

async function judgeRemovals(
  prisma: PrismaClient,
  undo: { corpRowId: number; applied: AppliedChanges; removals: DirectoryCounts; now: Date },
): Promise<GuardVerdict> {
  const { corpRowId, removals } = undo;
  const connection = await prisma.wecomConnection.findFirstOrThrow({ select: { removalGuard: true } });
  const limits = readGuardLimits(connection);
  const since = new Date(undo.now.getTime() - limits.windowHours * 3_600_000);
  const present = {
    departments: await prisma.department.count({ where: { corpRowId, presence: 'present' } }),
    members: await prisma.member.count({ where: { corpRowId, presence: 'present' } }),
  };
  const isEmptied = (entity: keyof DirectoryCounts) =>
    removals[entity] > 0 && removals[entity] >= present[entity];
  return evaluateGuard({
    limits,
    present,
    removals,
    recentRemovals: await countRecentRemovals(prisma, corpRowId, since),
    rootsChanged: false,
    emptyAnswer: isEmptied('members') || isEmptied('departments'),
    leavingAdminKeys: await listLeavingAdmins(prisma, undo),
  });
}

async function listLeavingAdmins(
  prisma: PrismaClient,
  { corpRowId, applied: { runId, part } }: { corpRowId: number; applied: AppliedChanges },
): Promise<string[]> {
  const admins = await prisma.$queryRaw<{ key: string }[]>`
    SELECT m.user_key AS key FROM member m JOIN sync_change c ON c.user_key = m.user_key
    WHERE m.corp_row_id = ${corpRowId} AND m.role = 'admin' AND m.presence = 'present'
      AND c.run_id = ${runId}::uuid AND c.entity = 'member' AND c.kind IN ('create', 'restore')
      AND (${part === 'all'} OR NOT c.held)
    ORDER BY key`;
  return admins.map(({ key }) => key);
}

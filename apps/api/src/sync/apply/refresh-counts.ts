import type { Executor } from '../../platform/database/database.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { PlannedChanges } from './planned-changes.ts';

/**
 * Up to this many members who join or leave a department are counted by themselves; for more, all members
 * are.
 */
const maxCountedSeparately = 5_000;

/** Present members of a department, directly and with everything below, each member once. */
interface MemberCount {
  direct: number;
  total: number;
}

/**
 * Prepares, before anything is applied, the refresh of the departments' member counts, and returns what
 * refreshes them once the plan is applied. For a few members only the departments above them are counted,
 * before and after: in a directory of 500,000 counting all would take longer than the rest of a small run.
 */
export async function prepareCountRefresh(
  transaction: Executor,
  { corpRowId }: Lease,
  planned: PlannedChanges,
): Promise<() => Promise<void>> {
  const recount = () => recountAll(transaction, corpRowId);
  // Where a department stands decides whose members count above it.
  if (planned.countOf('department', ['move', 'restore', 'remove']) > 0) return recount;
  const keys = await planned.listMovingMembers(maxCountedSeparately + 1);
  if (keys.length === 0) return async () => undefined;
  if (keys.length > maxCountedSeparately) return recount;
  const before = await countMembersOf(transaction, corpRowId, keys);
  return async () => addDifference(transaction, before, await countMembersOf(transaction, corpRowId, keys));
}

/** What these members alone count for, by local id of the department. */
async function countMembersOf(
  transaction: Executor,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<number, MemberCount>> {
  const rows = await transaction.$queryRaw<(MemberCount & { id: number })[]>`
    WITH placed AS (
      SELECT m.id AS member_id, s.department_id, d.path
      FROM member m
      JOIN membership s ON s.member_id = m.id
      JOIN department d ON d.id = s.department_id AND d.corp_row_id = ${corpRowId} AND d.presence = 'present'
      WHERE m.corp_row_id = ${corpRowId} AND m.user_key = ANY(${[...userKeys]}::text[]) AND m.presence = 'present'
    ), counted AS (
      SELECT DISTINCT member_id, ancestor::bigint AS wecom_id
      FROM placed, LATERAL unnest(string_to_array(btrim(path, '/'), '/')) AS ancestor
    )
    SELECT d.id, count(DISTINCT p.member_id)::int AS direct, count(DISTINCT c.member_id)::int AS total
    FROM counted c
    JOIN department d ON d.corp_row_id = ${corpRowId} AND d.wecom_id = c.wecom_id
    LEFT JOIN placed p ON p.department_id = d.id AND p.member_id = c.member_id
    GROUP BY d.id`;
  return new Map(rows.map(({ id, direct, total }) => [id, { direct, total }]));
}

async function addDifference(
  transaction: Executor,
  before: ReadonlyMap<number, MemberCount>,
  after: ReadonlyMap<number, MemberCount>,
): Promise<void> {
  const none: MemberCount = { direct: 0, total: 0 };
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, fresh] = [before.get(id) ?? none, after.get(id) ?? none];
    const [direct, total] = [fresh.direct - old.direct, fresh.total - old.total];
    return direct === 0 && total === 0 ? [] : [{ id, direct, total }];
  });
  if (changed.length === 0) return;
  await transaction.$executeRaw`
    UPDATE department d SET member_count = member_count + fresh.direct, total_member_count = total_member_count + fresh.total
    FROM unnest(${changed.map(({ id }) => id)}::int[], ${changed.map(({ direct }) => direct)}::int[],
                ${changed.map(({ total }) => total)}::int[]) AS fresh (id, direct, total)
    WHERE d.id = fresh.id`;
}

/** Counts all members of every department; writes only the counts that differ. */
async function recountAll(transaction: Executor, corpRowId: number): Promise<void> {
  await transaction.$executeRaw`
    WITH placed AS (
      SELECT s.member_id, s.department_id, d.path
      FROM membership s
      JOIN department d ON d.id = s.department_id AND d.corp_row_id = ${corpRowId} AND d.presence = 'present'
      JOIN member m ON m.id = s.member_id AND m.presence = 'present'
    ), direct AS (
      SELECT department_id, count(*)::int AS members FROM placed GROUP BY department_id
    ), below AS (
      SELECT ancestor::bigint AS wecom_id, count(*)::int AS members
      FROM (
        SELECT DISTINCT member_id, ancestor
        FROM placed, LATERAL unnest(string_to_array(btrim(path, '/'), '/')) AS ancestor
      ) AS counted
      GROUP BY ancestor
    )
    UPDATE department d SET member_count = fresh.direct, total_member_count = fresh.total
    FROM (
      SELECT every.id, coalesce(direct.members, 0) AS direct, coalesce(below.members, 0) AS total
      FROM department every
      LEFT JOIN direct ON direct.department_id = every.id
      LEFT JOIN below ON below.wecom_id = every.wecom_id
      WHERE every.corp_row_id = ${corpRowId}
    ) AS fresh
    WHERE fresh.id = d.id AND (d.member_count, d.total_member_count) IS DISTINCT FROM (fresh.direct, fresh.total)`;
}

import { AppError } from '../app-error.ts';
import { Prisma, type PrismaClient } from '../database/generated/client.ts';
import { type Executor, type Lease, lockLease } from '../database/write-under-lease.ts';
import { departmentColumns, memberColumns, setChanged } from './columns.ts';
import { refreshCounts, refreshPaths } from './refresh-tree.ts';

/** Which of a run's stored changes: all, those that are not held, or the held ones. */
export type Selection = 'all' | 'free' | 'held';

export interface ApplyOptions {
  prisma: PrismaClient;
  lease: Lease;
  selection: Selection;
  /** The directory revision that the plan was made from. */
  baseRevision: bigint;
  /** Writes what the run's own row must say, in the same transaction. */
  finish: (transaction: Prisma.TransactionClient, newRevision: bigint) => Promise<void>;
}

/** Longer than the largest enterprise needs; a transaction that hangs must end some time. */
const timeoutMs = 30 * 60_000;
/** How long it waits for a connection: on the embedded database another transaction may be open. */
const maxWaitMs = 60_000;

/**
 * Applies stored changes to the directory, all or nothing: set-based statements in an order that never breaks a
 * reference, straight from the run's history, so that what was planned is what is applied.
 * Local ids stay; only memberships are deleted.
 * @throws AppError `plan.stale` when the directory changed since the plan; LeaseLostError
 */
export async function applyPlan({
  prisma,
  lease,
  selection,
  baseRevision,
  finish,
}: ApplyOptions): Promise<void> {
  await prisma.$transaction(
    async (transaction) => {
      await lockLease(transaction, lease);
      const revision = await raiseRevision(transaction, lease.corpRowId, baseRevision);
      const planned = selectChanges(lease.runId, selection);
      const touchesTree = await applyDepartments(transaction, lease, planned);
      await applyMembers(transaction, lease, planned);
      const touchesPlaces = await applyMemberships(transaction, lease, planned);
      if (touchesTree) await refreshPaths(transaction, lease.corpRowId);
      if (touchesTree || touchesPlaces) await refreshCounts(transaction, lease.corpRowId);
      await finish(transaction, revision);
    },
    { timeout: timeoutMs, maxWait: maxWaitMs },
  );
}

async function raiseRevision(
  transaction: Executor,
  corpRowId: number,
  baseRevision: bigint,
): Promise<bigint> {
  const [row] = await transaction.$queryRaw<{ revision: bigint }[]>`
    UPDATE corp SET revision = revision + 1 WHERE id = ${corpRowId} AND revision = ${baseRevision} RETURNING revision`;
  if (row === undefined) throw new AppError('plan.stale');
  return row.revision;
}

/** The changes `c` of one entity and some kinds. */
type SelectChanges = (entity: 'department' | 'member' | 'membership', kinds: readonly string[]) => Prisma.Sql;

function selectChanges(runId: string, selection: Selection): SelectChanges {
  const held = selection === 'all' ? Prisma.empty : Prisma.sql`AND held = ${selection === 'held'}`;
  return (entity, kinds) => Prisma.sql`(
    SELECT * FROM sync_change
    WHERE run_id = ${runId}::uuid AND entity = ${entity} AND kind = ANY(${[...kinds]}::text[]) ${held}
  ) AS c`;
}

/** @returns whether the shape of the tree may have changed */
async function applyDepartments(
  transaction: Executor,
  lease: Lease,
  planned: SelectChanges,
): Promise<boolean> {
  const { corpRowId, runId } = lease;
  const created = await transaction.$executeRaw`
    INSERT INTO department (corp_row_id, wecom_id, name, name_en, sort_order, leader_user_ids)
    SELECT ${corpRowId}, c.department_id, c.after->>'name', c.after->>'nameEn',
           coalesce((c.after->>'sortOrder')::bigint, 0), nullif(c.after->'leaderUserIds', 'null')
    FROM ${planned('department', ['create'])}`;
  const changed = await transaction.$executeRaw`
    UPDATE department d SET ${setChanged(departmentColumns, 'd')}, updated_at = now(),
      removed_at = CASE c.kind WHEN 'remove' THEN now() WHEN 'restore' THEN NULL ELSE d.removed_at END,
      removed_run_id = CASE c.kind WHEN 'remove' THEN ${runId}::uuid WHEN 'restore' THEN NULL ELSE d.removed_run_id END
    FROM ${planned('department', ['update', 'move', 'restore', 'remove'])}
    WHERE d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id`;
  // After all departments exist: a parent may be one of those just created.
  await transaction.$executeRaw`
    UPDATE department d SET parent_id = p.id
    FROM ${planned('department', ['create', 'update', 'move', 'restore'])}
    LEFT JOIN department p ON p.corp_row_id = ${corpRowId} AND p.wecom_id = (c.after->>'parentId')::bigint
    WHERE d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id AND c.after ? 'parentId'`;
  return created + changed > 0;
}

async function applyMembers(transaction: Executor, lease: Lease, planned: SelectChanges): Promise<void> {
  const { corpRowId, runId } = lease;
  const columns = memberColumns.map(({ column }) => Prisma.raw(column));
  const values = memberColumns.map(({ read }) => Prisma.raw(read));
  await transaction.$executeRaw`
    INSERT INTO member (corp_row_id, user_key, content_hash, search_text, sort_name, ${Prisma.join(columns)})
    SELECT ${corpRowId}, c.user_key, c.derived->>'contentHash', coalesce(c.derived->>'searchText', ''),
           coalesce(c.derived->>'sortName', ''), ${Prisma.join(values)}
    FROM ${planned('member', ['create'])}`;
  await transaction.$executeRaw`
    UPDATE member m SET ${setChanged(memberColumns, 'm')}, updated_at = now(),
      left_at = CASE c.kind WHEN 'remove' THEN now() WHEN 'restore' THEN NULL ELSE m.left_at END,
      left_run_id = CASE c.kind WHEN 'remove' THEN ${runId}::uuid WHEN 'restore' THEN NULL ELSE m.left_run_id END
    FROM ${planned('member', ['update', 'restore', 'remove'])}
    WHERE m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key`;
  await applyDerivedColumns(transaction, lease, planned);
  await transaction.$executeRaw`
    INSERT INTO member_sensitive (member_id, source, sealed)
    SELECT m.id, 'contacts', c.sealed_document FROM ${planned('member', ['create', 'update', 'restore'])}
    JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key
    WHERE c.sealed_document IS NOT NULL
    ON CONFLICT (member_id, source) DO UPDATE SET sealed = excluded.sealed, updated_at = now()`;
}

/** Search text and content hash of members that exist already; they ride on the first change of the person. */
async function applyDerivedColumns(
  transaction: Executor,
  lease: Lease,
  planned: SelectChanges,
): Promise<void> {
  const onMembers = planned('member', ['update', 'restore']);
  const onMemberships = planned('membership', ['create', 'update', 'remove']);
  for (const changes of [onMembers, onMemberships]) {
    await transaction.$executeRaw`
      UPDATE member m SET content_hash = c.derived->>'contentHash',
        search_text = coalesce(c.derived->>'searchText', m.search_text),
        sort_name = coalesce(c.derived->>'sortName', m.sort_name)
      FROM ${changes}
      WHERE c.derived IS NOT NULL AND m.corp_row_id = ${lease.corpRowId} AND m.user_key = c.user_key`;
  }
}

/** @returns whether anybody joined or left a department; a member who leaves leaves all of theirs */
async function applyMemberships(
  transaction: Executor,
  lease: Lease,
  planned: SelectChanges,
): Promise<boolean> {
  const { corpRowId } = lease;
  const named = Prisma.sql`
    JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key
    JOIN department d ON d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id`;
  const removed = await transaction.$executeRaw`
    DELETE FROM membership s USING (
      SELECT m.id AS member_id, d.id AS department_id FROM ${planned('membership', ['remove'])} ${named}
    ) AS gone
    WHERE s.member_id = gone.member_id AND s.department_id = gone.department_id`;
  const created = await transaction.$executeRaw`
    INSERT INTO membership (member_id, department_id, sort_order, is_leader, is_main)
    SELECT m.id, d.id, (c.after->>'sortOrder')::bigint, (c.after->>'isLeader')::bool, (c.after->>'isMain')::bool
    FROM ${planned('membership', ['create'])} ${named}`;
  await transaction.$executeRaw`
    UPDATE membership s SET
      sort_order = coalesce((c.after->>'sortOrder')::bigint, s.sort_order),
      is_leader = coalesce((c.after->>'isLeader')::bool, s.is_leader),
      is_main = coalesce((c.after->>'isMain')::bool, s.is_main)
    FROM ${planned('membership', ['update'])} ${named}
    WHERE s.member_id = m.id AND s.department_id = d.id`;
  return removed + created > 0;
}

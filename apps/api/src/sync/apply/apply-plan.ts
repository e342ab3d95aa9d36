import type { Change } from '@orgmirror/planner';
import type { Executor } from '../../platform/database/database.ts';
import { Prisma } from '../../platform/database/generated/client.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { fencedTransaction, type Lease } from '../../runs/fenced-transaction.ts';
import { type ReportWork, withWorkReport } from '../../runs/report-work.ts';
import type { SyncDependencies } from '../../runs/sync-dependencies.ts';
import { applyRenames } from './apply-renames.ts';
import { buildSetClause, departmentColumns, memberColumns } from './columns.ts';
import { endGrants } from './end-grants.ts';
import { type ApplyChanges, openPlannedChanges, type Selection } from './planned-changes.ts';
import { recordTombstones, removedAt, removedRunId } from './record-tombstones.ts';
import { prepareCountRefresh } from './refresh-counts.ts';
import { refreshPaths } from './refresh-paths.ts';
import { refreshStatistics, type Table } from './refresh-statistics.ts';
import { revokeSessions } from './revoke-sessions.ts';

export interface ApplyOptions {
  dependencies: Pick<SyncDependencies, 'prisma' | 'logger'>;
  lease: Lease;
  /** Ends it before the next statement, with nothing applied. */
  signal: AbortSignal;
  selection: Selection;
  /** The directory revision that the plan was made from. */
  baseRevision: bigint;
  /** Updates the run's own row in the same transaction. */
  finish: (transaction: Prisma.TransactionClient, newRevision: bigint) => Promise<void>;
}

const limits = {
  /** Longer than the largest enterprise needs; a transaction that hangs must end some time. */
  timeoutMs: 30 * 60_000,
  /** How long it waits for a connection: on the embedded database another transaction may be open. */
  maxWaitMs: 60_000,
};

/**
 * Applies stored changes to the directory, all or nothing: set-based statements in an order that never breaks
 * a reference, straight from the run's history, so that what was planned is what is applied. Local ids stay;
 * only memberships are deleted.
 * @throws AppError `plan.stale` when the directory changed since the plan; LeaseLostError; the signal's
 * reason
 */
export async function applyPlan(options: ApplyOptions): Promise<void> {
  const { dependencies, lease, signal, selection, baseRevision, finish } = options;
  const work = async (transaction: Prisma.TransactionClient, reportWork: ReportWork) => {
    const revision = await bumpRevision(transaction, lease.corpRowId, baseRevision);
    const planned = await openPlannedChanges(transaction, lease.runId, selection);
    const apply: ApplyChanges = (...change) => {
      signal.throwIfAborted();
      return planned.apply(...change);
    };
    const analyzeTables = (...tables: Table[]) => refreshStatistics(transaction, tables, planned.count);
    let done = 0;
    /** Nobody sees the changes before all are in; how many are says how long it takes. */
    const countApplied = (entity: Change['entity']) => {
      done += planned.countOf(entity, allKinds);
      reportWork(done, planned.count);
    };
    reportWork(0, planned.count);
    await analyzeTables('sync_change');
    await applyRenames(apply, lease);
    const refreshCounts = await prepareCountRefresh(transaction, lease, planned);
    await recordTombstones(apply, lease);
    await endGrants(apply, lease);
    await applyDepartments(apply, lease, () => analyzeTables('department'));
    countApplied('department');
    await applyMembers(apply, lease, () => analyzeTables('member'));
    countApplied('member');
    await applyMemberships(apply, lease);
    countApplied('membership');
    await analyzeTables('membership', 'member_sensitive');
    if (planned.countOf('department', treeChangingKinds) > 0)
      await refreshPaths(transaction, lease.corpRowId);
    await refreshCounts();
    await revokeSessions(transaction, lease.corpRowId);
    await finish(transaction, revision);
  };
  await withWorkReport(dependencies, lease, 'applying', (reportWork) =>
    fencedTransaction(dependencies.prisma, lease, (transaction) => work(transaction, reportWork), limits),
  );
}

async function bumpRevision(transaction: Executor, corpRowId: number, baseRevision: bigint): Promise<bigint> {
  const [row] = await transaction.$queryRaw<{ revision: bigint }[]>`
    UPDATE corp SET revision = revision + 1 WHERE id = ${corpRowId} AND revision = ${baseRevision} RETURNING revision`;
  if (row === undefined) throw new AppError('plan.stale');
  return row.revision;
}

const allKinds = ['create', 'update', 'move', 'restore', 'remove'] as const;

/** Changes of a department after which its path, or that of those below it, may be another. */
const treeChangingKinds = ['create', 'move', 'restore', 'remove'] as const;

/** `afterCreates` runs once the new rows are there and before anything is joined with them. */
async function applyDepartments(
  apply: ApplyChanges,
  lease: Lease,
  afterCreates: () => Promise<void>,
): Promise<void> {
  const { corpRowId } = lease;
  await apply(
    'department',
    ['create'],
    (changes) => Prisma.sql`
      INSERT INTO department (corp_row_id, wecom_id, name, name_en, sort_order, leader_user_ids)
      SELECT ${corpRowId}, c.department_id, c.after->>'name', c.after->>'nameEn',
             coalesce((c.after->>'sortOrder')::bigint, 0), nullif(c.after->'leaderUserIds', 'null')
      FROM ${changes}`,
  );
  await afterCreates();
  await apply(
    'department',
    ['update', 'move', 'restore', 'remove'],
    (changes) => Prisma.sql`
      UPDATE department d SET ${buildSetClause(departmentColumns, 'd')}, updated_at = now(),
        removed_at = CASE c.kind WHEN 'remove' THEN ${removedAt} WHEN 'restore' THEN NULL ELSE d.removed_at END,
        removed_run_id = CASE c.kind WHEN 'remove' THEN ${removedRunId(lease)} WHEN 'restore' THEN NULL ELSE d.removed_run_id END,
        path = coalesce(c.derived->>'path', d.path)
      FROM ${changes}
      WHERE d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id`,
  );
  // After all departments exist: a parent may be one of those just created.
  await apply(
    'department',
    ['create', 'update', 'move', 'restore', 'remove'],
    (changes) => Prisma.sql`
      UPDATE department d SET parent_id = p.id
      FROM ${changes}
      LEFT JOIN department p ON p.corp_row_id = ${corpRowId} AND p.wecom_id = (c.after->>'parentId')::bigint
      WHERE d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id AND c.after ? 'parentId'`,
  );
}

/** `afterCreates` runs once the new rows are there and before anything is joined with them. */
async function applyMembers(
  apply: ApplyChanges,
  lease: Lease,
  afterCreates: () => Promise<void>,
): Promise<void> {
  const { corpRowId } = lease;
  const columns = memberColumns.map(({ column }) => Prisma.raw(column));
  const values = memberColumns.map(({ read }) => Prisma.raw(read));
  // In the order of lists, so that namesakes, who are found together, lie together on disk.
  await apply(
    'member',
    ['create'],
    (changes) => Prisma.sql`
      INSERT INTO member (corp_row_id, user_key, content_hash, search_text, sort_name, ${Prisma.join(columns)})
      SELECT ${corpRowId}, c.user_key, c.derived->>'contentHash', coalesce(c.derived->>'searchText', ''),
             coalesce(c.derived->>'sortName', ''), ${Prisma.join(values)}
      FROM ${changes} ORDER BY c.derived->>'sortName'`,
  );
  await afterCreates();
  await apply(
    'member',
    ['update', 'restore', 'remove'],
    (changes) => Prisma.sql`
      UPDATE member m SET ${buildSetClause(memberColumns, 'm')}, updated_at = now(),
        left_at = CASE c.kind WHEN 'remove' THEN ${removedAt} WHEN 'restore' THEN NULL ELSE m.left_at END,
        left_run_id = CASE c.kind WHEN 'remove' THEN ${removedRunId(lease)} WHEN 'restore' THEN NULL ELSE m.left_run_id END
      FROM ${changes}
      WHERE m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key`,
  );
  await applyDerivedColumns(apply, lease);
  await apply(
    'member',
    ['create', 'update', 'restore', 'remove'],
    (changes) => Prisma.sql`
      INSERT INTO member_sensitive (member_id, source, sealed, mobile_digest)
      SELECT m.id, 'contacts', c.sealed_document, c.mobile_digest FROM ${changes}
      JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key
      WHERE c.sealed_document IS NOT NULL
      ON CONFLICT (member_id, source) DO UPDATE
        SET sealed = excluded.sealed, mobile_digest = excluded.mobile_digest, updated_at = now()`,
  );
  // The plan may be older than the erasure and lack what it erased: without a hash the next run compares in
  // full.
  await apply(
    'member',
    ['restore'],
    (changes) => Prisma.sql`
      UPDATE member m SET erased_at = NULL, content_hash = NULL FROM ${changes}
      WHERE m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key AND m.erased_at IS NOT NULL`,
  );
}

/**
 * Search text and content hash of members that exist already; the first change of the member carries them.
 */
async function applyDerivedColumns(apply: ApplyChanges, { corpRowId }: Lease): Promise<void> {
  const update = (changes: Prisma.Sql, presence = Prisma.empty) => Prisma.sql`
    UPDATE member m SET content_hash = c.derived->>'contentHash',
      search_text = coalesce(c.derived->>'searchText', m.search_text),
      sort_name = coalesce(c.derived->>'sortName', m.sort_name)
    FROM ${changes}
    WHERE m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key ${presence}`;
  const options = { derived: true };
  await apply('member', ['update', 'restore', 'remove'], (changes) => update(changes), options);
  // The memberships of a created member carry none. Members who left are compared in any case.
  const stillHere = Prisma.sql`AND m.presence = 'present'`;
  await apply('membership', ['create', 'update', 'remove'], (changes) => update(changes, stillHere), options);
}

async function applyMemberships(apply: ApplyChanges, { corpRowId }: Lease): Promise<void> {
  const named = Prisma.sql`
    JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = c.user_key
    JOIN department d ON d.corp_row_id = ${corpRowId} AND d.wecom_id = c.department_id`;
  await apply(
    'membership',
    ['remove'],
    (changes) => Prisma.sql`
      DELETE FROM membership s USING (
        SELECT m.id AS member_id, d.id AS department_id FROM ${changes} ${named}
      ) AS gone
      WHERE s.member_id = gone.member_id AND s.department_id = gone.department_id`,
  );
  await apply(
    'membership',
    ['create'],
    (changes) => Prisma.sql`
      INSERT INTO membership (member_id, department_id, sort_order, is_leader, is_main)
      SELECT m.id, d.id, (c.after->>'sortOrder')::bigint, (c.after->>'isLeader')::bool, (c.after->>'isMain')::bool
      FROM ${changes} ${named}`,
  );
  await apply(
    'membership',
    ['update'],
    (changes) => Prisma.sql`
      UPDATE membership s SET
        sort_order = coalesce((c.after->>'sortOrder')::bigint, s.sort_order),
        is_leader = coalesce((c.after->>'isLeader')::bool, s.is_leader),
        is_main = coalesce((c.after->>'isMain')::bool, s.is_main)
      FROM ${changes} ${named}
      WHERE s.member_id = m.id AND s.department_id = d.id`,
  );
}

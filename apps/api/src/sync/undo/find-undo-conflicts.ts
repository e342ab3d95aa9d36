import type { Problem } from '@orgmirror/contracts';
import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import type { AppliedChanges } from './read-applied-changes.ts';

type Conflicts = NonNullable<Problem['conflicts']>;

/** More would not help to decide. */
const maxConflicts = 50;

/**
 * What later runs did that an undo would contradict: changes of the same rows, or else changes without which
 * the tree would not be sound afterwards, e.g. with a member who joined a department that the undo removes.
 *
 * `laterRunIds` are the later runs whose changes stand; without any the undo is sound, and nothing is asked.
 */
export async function findUndoConflicts(
  prisma: PrismaClient,
  corpRowId: number,
  target: AppliedChanges,
  laterRunIds: readonly string[],
): Promise<Conflicts> {
  if (laterRunIds.length === 0) return [];
  const later = laterChanges(laterRunIds);
  const sameRows = await prisma.$queryRaw<Conflicts>`
    WITH undone AS (${undoneChanges(target)}), later AS (${later})
    ${latestPerRow(corpRowId, Prisma.sql`later JOIN undone USING (entity, key)`)}`;
  if (sameRows.length > 0) return sameRows;
  return prisma.$queryRaw<Conflicts>`
    WITH RECURSIVE undone AS (${undoneChanges(target)}), later AS (${later}),
      ${treeAfterUndo(corpRowId)}, ${placesAfterUndo(corpRowId)}, ${unsoundRows}
    ${latestPerRow(
      corpRowId,
      Prisma.sql`(
      SELECT later.* FROM unsound JOIN later ON later.entity = 'department' AND later.department_id = unsound.department_id
      UNION ALL
      SELECT later.* FROM unsound JOIN later ON later.user_key = unsound.user_key
    ) AS later`,
    )}`;
}

const undoneChanges = ({ runId, part }: AppliedChanges): Prisma.Sql => Prisma.sql`
  SELECT entity, kind, key, user_key, department_id, before FROM sync_change
  WHERE run_id = ${runId}::uuid AND (${part === 'all'} OR NOT held)`;

const laterChanges = (runIds: readonly string[]): Prisma.Sql => Prisma.sql`
  SELECT change.entity, change.key, change.name, change.user_key, change.department_id, change.run_id, run.base_revision
  FROM sync_run run JOIN sync_change change ON change.run_id = run.id
  WHERE run.id = ANY(${[...runIds]}::uuid[]) AND (run.status = 'succeeded' OR NOT change.held)`;

/** Each row once, with the latest run that changed it, and whose it is. */
const latestPerRow = (corpRowId: number, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT found.entity, found.key, found.name, found.run_id AS "runId", m.user_id AS "wecomUserId" FROM (
    SELECT DISTINCT ON (entity, key) entity, key, later.name, later.run_id, later.user_key FROM ${from}
    ORDER BY entity, key, later.base_revision DESC LIMIT ${maxConflicts}
  ) AS found
  LEFT JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = found.user_key
  ORDER BY found.entity, found.key`;

/** `tree`: every department as it will be; `reached`: those that hang together with a top department. */
const treeAfterUndo = (corpRowId: number): Prisma.Sql => Prisma.sql`
  tree AS (
    SELECT d.id, d.wecom_id,
      u.kind IS DISTINCT FROM 'create' AND coalesce(u.before->>'presence', d.presence::text) = 'present' AS present,
      CASE WHEN u.before ? 'parentId' THEN (u.before->>'parentId')::bigint ELSE p.wecom_id END AS parent_wecom_id
    FROM department d
    LEFT JOIN department p ON p.id = d.parent_id
    LEFT JOIN undone u ON u.entity = 'department' AND u.department_id = d.wecom_id
    WHERE d.corp_row_id = ${corpRowId}
  ), reached AS (
    SELECT wecom_id FROM tree WHERE present AND parent_wecom_id IS NULL
    UNION ALL
    SELECT tree.wecom_id FROM reached JOIN tree ON tree.parent_wecom_id = reached.wecom_id AND tree.present
  )`;

/**
 * `affected`: the members whose places the undo could make unsound, as they will be; `place`: where those
 * will be.
 */
const placesAfterUndo = (corpRowId: number): Prisma.Sql => Prisma.sql`
  affected AS (
    SELECT m.id, m.user_key,
      u.kind IS DISTINCT FROM 'create' AND coalesce(u.before->>'presence', m.presence::text) = 'present' AS present
    FROM (
      SELECT user_key FROM undone WHERE user_key IS NOT NULL
      UNION
      SELECT m.user_key FROM tree JOIN membership s ON s.department_id = tree.id JOIN member m ON m.id = s.member_id
      WHERE NOT tree.present
    ) AS touched
    JOIN member m ON m.corp_row_id = ${corpRowId} AND m.user_key = touched.user_key
    LEFT JOIN undone u ON u.entity = 'member' AND u.user_key = m.user_key
  ), place AS (
    SELECT affected.user_key, affected.present, d.wecom_id,
      CASE WHEN u.before ? 'isMain' THEN (u.before->>'isMain')::bool ELSE s.is_main END AS is_main
    FROM affected
    JOIN membership s ON s.member_id = affected.id
    JOIN department d ON d.id = s.department_id
    LEFT JOIN undone u ON u.entity = 'membership' AND u.user_key = affected.user_key AND u.department_id = d.wecom_id
    WHERE u.kind IS DISTINCT FROM 'create'
    UNION ALL
    SELECT affected.user_key, affected.present, u.department_id, (u.before->>'isMain')::bool
    FROM undone u JOIN affected ON affected.user_key = u.user_key
    WHERE u.entity = 'membership' AND u.kind = 'remove'
  )`;

/**
 * `unsound`: departments under one that is gone or in a cycle, with their parents; places of who is gone or
 * in what is gone; members in departments without exactly one that is the main one.
 */
const unsoundRows = Prisma.sql`
  lost AS (
    SELECT wecom_id, parent_wecom_id FROM tree
    WHERE present AND NOT EXISTS (SELECT FROM reached WHERE reached.wecom_id = tree.wecom_id)
  ), unsound AS (
    SELECT wecom_id AS department_id, NULL AS user_key FROM lost
    UNION ALL
    SELECT parent_wecom_id, NULL FROM lost
    UNION ALL
    SELECT place.wecom_id, place.user_key FROM place
    LEFT JOIN tree ON tree.wecom_id = place.wecom_id AND tree.present
    WHERE NOT place.present OR tree.id IS NULL
    UNION ALL
    SELECT NULL, user_key FROM place GROUP BY user_key HAVING count(*) FILTER (WHERE is_main) <> 1
  )`;

import { Prisma } from '../../platform/database/generated/client.ts';
import type { Lease } from '../../runs/fenced-transaction.ts';
import type { ApplyChanges } from './planned-changes.ts';

/**
 * Moves the rows of members whose userid changed to the new one, and all of their history with them; every
 * later statement finds them there. Local id, role and sessions hang on the row and stay.
 */
export async function applyRenames(apply: ApplyChanges, { corpRowId }: Lease): Promise<void> {
  const kinds = ['update', 'restore'] as const;
  const options = { derived: true };
  const renamed = await apply(
    'member',
    kinds,
    (changes) => Prisma.sql`
      UPDATE member m SET user_key = c.user_key FROM ${changes}
      WHERE m.corp_row_id = ${corpRowId} AND m.user_key = c.derived->>'renamedFrom'`,
    options,
  );
  if (renamed === 0) return;
  // The one place that names members by their userid: the next one under the old userid is somebody else.
  await apply(
    'member',
    kinds,
    (changes) => Prisma.sql`
      WITH renamed AS MATERIALIZED (
        SELECT c.derived->>'renamedFrom' AS old_key, coalesce(c.after->>'userId', c.user_key) AS user_id
        FROM ${changes} WHERE c.derived->>'renamedFrom' IS NOT NULL
      )
      UPDATE notice_settings SET version = version + 1, updated_at = now(), wecom_user_ids = ARRAY(
        SELECT coalesce(renamed.user_id, given.user_id)
        FROM unnest(wecom_user_ids) WITH ORDINALITY AS given (user_id, place)
        LEFT JOIN renamed ON renamed.old_key = lower(given.user_id COLLATE "C") ORDER BY given.place)
      WHERE EXISTS (
        SELECT FROM unnest(wecom_user_ids) AS given (user_id)
        JOIN renamed ON renamed.old_key = lower(given.user_id COLLATE "C"))`,
    options,
  );
  await apply(
    'member',
    kinds,
    (changes) => Prisma.sql`
      UPDATE sync_change past SET user_key = c.user_key,
        key = c.user_key || substr(past.key, length(c.derived->>'renamedFrom') + 1)
      FROM ${changes}, sync_run run
      WHERE past.user_key = c.derived->>'renamedFrom' AND run.id = past.run_id AND run.corp_row_id = ${corpRowId}`,
    options,
  );
}

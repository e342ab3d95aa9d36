import { defaultRetentionDays } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Now } from '../../platform/clock.ts';
import { Prisma, type PrismaClient } from '../../platform/database/generated/client.ts';
import { transactionTimeouts } from '../../platform/database/transaction-timeouts.ts';
import { buildSearchColumns } from '../search/search-text.ts';
import { erasedColumns, erasedValueNames } from './erased-fields.ts';

const membersPerStatement = 1_000;

/**
 * Erases the personal data of members who left longer ago than the retention, in the directory and in the
 * history of the runs. The row stays as a stub: id, userid, name, that and when they left; a returner gets it
 * back and the next sync fills it. Needs no lease: a member is erased in one statement that looks again
 * whether they are still gone.
 */
export async function eraseLeavers({
  prisma,
  logger,
  now,
}: {
  prisma: PrismaClient;
  logger: Logger;
  now: Now;
}): Promise<void> {
  const at = now();
  let erased = 0;
  for (;;) {
    const leavers = await findLeavers(prisma, at);
    const count = leavers.length === 0 ? 0 : await eraseAndRecord(prisma, leavers);
    erased += count;
    if (count === 0) break; // none is left, or another process erases the same ones
  }
  if (erased === 0) return;
  logger.info({ erased }, 'personal fields of members who left were erased');
}

/** The entry tells of exactly those whom its transaction erases. @returns how many */
const eraseAndRecord = (prisma: PrismaClient, leavers: readonly Leaver[]): Promise<number> =>
  prisma.$transaction(async (transaction) => {
    const members = await eraseMembers(transaction, leavers);
    if (members > 0) {
      const facts = { action: 'retention.erase', after: { members } } as const;
      await recordAudit(transaction, { session: undefined, ip: null }, facts);
    }
    return members;
  }, transactionTimeouts);

interface Leaver {
  id: number;
  userId: string;
  name: string;
}

/** Members of a corp that is no longer the configured one are kept for the default retention. */
const findLeavers = (prisma: PrismaClient, at: Date): Promise<Leaver[]> => prisma.$queryRaw`
  SELECT m.id, m.user_id AS "userId", m.name FROM member m
  LEFT JOIN wecom_connection w ON w.corp_row_id = m.corp_row_id
  WHERE m.presence = 'left' AND m.erased_at IS NULL
    AND m.left_at < ${at}::timestamptz - make_interval(days => coalesce(w.retention_days, ${defaultRetentionDays}::int))
  ORDER BY m.id LIMIT ${membersPerStatement}`;

/** @returns how many were erased: not those who came back, or whom another process erased, meanwhile */
async function eraseMembers(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  leavers: readonly Leaver[],
): Promise<number> {
  const texts = leavers.map(({ userId, name }) =>
    buildSearchColumns({ userId, name, alias: null, englishName: null }),
  );
  const cleared = Prisma.raw(erasedColumns.map((column) => `${column} = NULL`).join(', '));
  const [row] = await prisma.$queryRaw<{ erased: number }[]>`
    WITH erased AS (
      UPDATE member m SET ${cleared}, content_hash = NULL, search_text = leaver.search_text, erased_at = now(), updated_at = now()
      FROM unnest(${leavers.map(({ id }) => id)}::int[], ${texts.map(({ searchText }) => searchText)}::text[])
        AS leaver (id, search_text)
      WHERE m.id = leaver.id AND m.presence = 'left' AND m.erased_at IS NULL
      RETURNING m.id, m.corp_row_id, m.user_key
    ), gone AS (
      DELETE FROM member_sensitive s USING erased WHERE s.member_id = erased.id
    ), decisions AS (
      DELETE FROM member_authorisation a USING erased WHERE a.member_id = erased.id
    ), attributes AS (
      DELETE FROM member_attributes a USING erased WHERE a.member_id = erased.id
    ), judged AS (
      DELETE FROM attribute_import_row r USING erased WHERE r.member_id = erased.id
    ), history AS (
      UPDATE sync_change c SET sealed_values = NULL, sealed_document = NULL, mobile_digest = NULL, derived = NULL,
        before = c.before - ${erasedValueNames}::text[], after = c.after - ${erasedValueNames}::text[]
      FROM erased JOIN sync_run r ON r.corp_row_id = erased.corp_row_id
      WHERE c.run_id = r.id AND c.user_key = erased.user_key AND c.entity = 'member'
    )
    SELECT count(*)::int AS erased FROM erased`;
  return row?.erased ?? 0;
}

import { type AuditActor, recordAudit, type Transaction } from '../audit/record-audit.ts';
import type { Now } from '../platform/clock.ts';
import type { AttributeImport, PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { presentCounts } from './present-import.ts';

/** 100,000 rows take seconds, and on a busy machine a multiple of it. */
const applyTimeouts = { timeout: 120_000, maxWait: 30_000 };

/**
 * Applies a judged file in one transaction: all of its rows that were not refused, or none. The values of a sync are not
 * touched, and no sync waits for it.
 * @throws AppError `attribute.import_stale` when what was judged has changed, `attribute.import_applied`
 */
export async function applyImport(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  { id, corpRowId, fileName }: AttributeImport,
  fingerprint: string,
  actor: AuditActor,
): Promise<void> {
  await prisma.$transaction(async (transaction) => {
    // One after the other, for all that writes values: definitions change under the same locks.
    await transaction.$queryRaw`SELECT id FROM attribute WHERE corp_row_id = ${corpRowId} ORDER BY id FOR UPDATE`;
    await transaction.$queryRaw`SELECT id FROM attribute_import WHERE id = ${id}::uuid FOR UPDATE`;
    const judged = await transaction.attributeImport.findUnique({ where: { id } });
    if (judged === null) throw new AppError('resource.not_found');
    if (judged.status === 'applied') throw new AppError('attribute.import_applied');
    const { set, cleared } = presentCounts(judged);
    const stale = judged.fingerprint === fingerprint ? await countStale(transaction, judged) : set + cleared;
    if (stale > 0) throw new AppError('attribute.import_stale', { values: { rows: stale } });
    await writeValues(transaction, id);
    await transaction.attributeImport.update({
      where: { id },
      data: { status: 'applied', appliedAt: now() },
    });
    await transaction.attributeImportRow.deleteMany({ where: { importId: id, outcome: { not: 'refused' } } });
    const facts = {
      action: 'attribute.apply',
      target: fileName,
      after: { ...presentCounts(judged) },
    } as const;
    await recordAudit(transaction, actor, facts);
  }, applyTimeouts);
}

/** Rows whose member left or has other values since, or whose attribute is gone. */
async function countStale(
  transaction: Transaction,
  { id, corpRowId, columns }: AttributeImport,
): Promise<number> {
  const [row] = await transaction.$queryRaw<{ stale: number }[]>`
    SELECT count(*)::int AS stale FROM attribute_import_row r
    LEFT JOIN member m ON m.id = r.member_id AND m.presence = 'present'
    LEFT JOIN member_attributes a ON a.member_id = r.member_id
    WHERE r.import_id = ${id}::uuid AND r.outcome <> 'refused'
      AND (m.id IS NULL OR coalesce(a.values, '{}') <> r.before
        OR EXISTS (SELECT FROM unnest(${columns}::text[]) AS column_key
          WHERE column_key NOT IN (SELECT key FROM attribute WHERE corp_row_id = ${corpRowId})))`;
  return row?.stale ?? 0;
}

async function writeValues(transaction: Transaction, importId: string): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO member_attributes (member_id, values, search_text, updated_at)
    SELECT member_id, after, search_text, now() FROM attribute_import_row
    WHERE import_id = ${importId}::uuid AND outcome <> 'refused' AND after <> '{}' ORDER BY member_id
    ON CONFLICT (member_id) DO UPDATE
      SET values = excluded.values, search_text = excluded.search_text, updated_at = excluded.updated_at`;
  await transaction.$executeRaw`
    DELETE FROM member_attributes a USING attribute_import_row r
    WHERE r.import_id = ${importId}::uuid AND r.outcome <> 'refused' AND r.after = '{}' AND a.member_id = r.member_id`;
}

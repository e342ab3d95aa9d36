import type { Change } from '@orgmirror/planner';
import * as z from 'zod';
import type { PrismaClient, SyncChange } from '../../platform/database/generated/client.ts';
import { sealContexts } from '../../platform/sealed-columns.ts';
import type { SecretBox } from '../../platform/secret-box.ts';

/** Which changes of a run were applied. */
export interface AppliedChanges {
  runId: string;
  /** `free`: those that were not held. */
  part: 'all' | 'free';
}

/** A change as it was planned, sensitive values in clear, with what apply stored beside it. */
export interface StoredChange {
  change: Change;
  derived: unknown;
}

const values = z.record(z.string(), z.unknown()).optional();
const sealedValues = z.object({ before: values, after: values });

const whereApplied = ({ runId, part }: AppliedChanges) => ({
  runId,
  ...(part === 'free' && { held: false }),
});

export const countAppliedChanges = (
  { prisma }: { prisma: PrismaClient },
  applied: AppliedChanges,
): Promise<number> => prisma.syncChange.count({ where: whereApplied(applied) });

/**
 * The applied changes of a run in batches, the last first.
 * @throws SealedValueError when APP_SECRET is not the one of that run
 */
export async function* readAppliedChangesBackwards(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  applied: AppliedChanges,
  changesPerBatch: number,
): AsyncGenerator<StoredChange[]> {
  let before: number | undefined;
  for (;;) {
    const rows = await prisma.syncChange.findMany({
      where: { ...whereApplied(applied), ...(before !== undefined && { seq: { lt: before } }) },
      orderBy: { seq: 'desc' },
      take: changesPerBatch,
    });
    if (rows.length > 0) yield rows.map((row) => toStoredChange(row, secretBox));
    before = rows.at(-1)?.seq;
    if (before === undefined || rows.length < changesPerBatch) return;
  }
}

function toStoredChange(row: SyncChange, secretBox: SecretBox): StoredChange {
  const sealed =
    row.sealedValues &&
    sealedValues.parse(JSON.parse(secretBox.open(row.sealedValues, sealContexts.changeValues)));
  const change = {
    entity: row.entity,
    kind: row.kind,
    key: row.key,
    name: row.name,
    ...(row.userKey !== null && { memberKey: row.userKey }),
    ...(row.departmentId !== null && { departmentId: Number(row.departmentId) }),
    before: row.before && { ...(row.before as object), ...sealed?.before },
    after: row.after && { ...(row.after as object), ...sealed?.after },
  };
  return { change: change as unknown as Change, derived: row.derived }; // plan-writer.ts wrote it from one
}

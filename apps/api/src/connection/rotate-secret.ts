import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../platform/database/database.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { type SealedColumn, sealedColumns } from '../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../platform/secret-box.ts';
import { StartupError } from '../platform/startup-error.ts';
import { renewSecretCheck } from './check-app-secret.ts';

/** How many values were sealed anew, and how many opened with neither secret, by column. */
export interface Rotation {
  resealed: number;
  unreadable: Record<string, number>;
}

/** The digest that lies beside a value, by APP_SECRET. */
export type DigestBeside = (value: string) => string;

type Executor = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** Blocks of a table that are read at once: half a megabyte. */
const blocksPerBatch = 64;
/** Shorter than Postgres waits before it looks for deadlocks: a run under way is never the one that is ended. */
const lockTimeoutMs = 800;
const lockPauseMs = 1_000;
const maxLockTries = 60;
const lockNotAvailable = '55P03';
/** Of the last transaction, which reads each table once more. */
const transactionTimeouts = { maxWait: 10_000, timeout: 600_000 };

/**
 * Seals every value with APP_SECRET that was sealed with the former one, while servers run that open both. Passes are
 * made until one finds nothing more; a last one holds off writers, so that no value that a run copies at that moment
 * is missed, and ends with the check that from then on asks for APP_SECRET.
 * @param digestBeside of the values that have a digest beside them (`digestColumn`), which is renewed with them
 * @param record writes down what was done, in the last transaction
 * @throws StartupError when a run keeps its tables for too long
 */
export async function rotateSecret(
  { prisma }: Pick<Database, 'prisma'>,
  { secretBox, digestBeside }: { secretBox: SecretBox; digestBeside: DigestBeside },
  record: (transaction: Prisma.TransactionClient, rotation: Rotation) => Promise<void>,
): Promise<Rotation> {
  let resealed = 0;
  for (;;) {
    const pass = await resealAll(prisma, secretBox, digestBeside);
    resealed += pass.resealed;
    if (pass.resealed === 0) break;
  }
  for (let tries = 1; ; tries++) {
    try {
      return await prisma.$transaction(async (transaction) => {
        await lockTables(transaction);
        const last = await resealAll(transaction, secretBox, digestBeside);
        const rotation = { resealed: resealed + last.resealed, unreadable: last.unreadable };
        await renewSecretCheck(transaction, secretBox);
        await record(transaction, rotation);
        return rotation;
      }, transactionTimeouts);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (tries === maxLockTries) throw busy();
      await sleep(lockPauseMs);
    }
  }
}

async function lockTables(transaction: Executor): Promise<void> {
  const tables = [...new Set(sealedColumns.map(({ table }) => table))];
  await transaction.$executeRaw`SELECT set_config('lock_timeout', ${String(lockTimeoutMs)}, true)`;
  await transaction.$executeRaw(Prisma.raw(`LOCK TABLE ${tables.join(', ')} IN SHARE ROW EXCLUSIVE MODE`));
}

/** Prisma keeps the code of Postgres in the text of a raw query's error. */
const isLockTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message.includes(lockNotAvailable);

const busy = (): StartupError =>
  new StartupError({
    zh: '同步正在写入数据，暂时无法完成更换。已重新加密的内容保持有效；请在同步结束后再次运行 rotate-secret。',
    en: 'A sync is writing: the rotation could not be completed. What was sealed anew stays so; run rotate-secret again once the sync has ended.',
  });

async function resealAll(
  executor: Executor,
  secretBox: SecretBox,
  digestBeside: DigestBeside,
): Promise<Rotation> {
  const rotation: Rotation = { resealed: 0, unreadable: {} };
  for (const column of sealedColumns) {
    const { resealed, unreadable } = await resealColumn(executor, secretBox, column, digestBeside);
    rotation.resealed += resealed;
    if (unreadable > 0) rotation.unreadable[`${column.table}.${column.column}`] = unreadable;
  }
  return rotation;
}

/** Walks a table by its blocks, which needs no index; rows that it rewrites move behind and need no second look. */
async function resealColumn(
  executor: Executor,
  secretBox: SecretBox,
  { table, column, contexts, digestColumn }: SealedColumn,
  digestBeside: DigestBeside,
): Promise<{ resealed: number; unreadable: number }> {
  const [size] = await executor.$queryRaw<[{ blocks: number }]>`
    SELECT (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int AS blocks`;
  const total = { resealed: 0, unreadable: 0 };
  for (let block = 0; block < size.blocks; block += blocksPerBatch) {
    const rows = await executor.$queryRaw<{ place: string; sealed: Uint8Array }[]>`
      SELECT ctid::text AS place, ${Prisma.raw(column)} AS sealed FROM ${Prisma.raw(table)}
      WHERE ctid >= ${`(${block},0)`}::tid AND ctid < ${`(${block + blocksPerBatch},0)`}::tid
        AND substring(${Prisma.raw(column)} FROM 1 FOR ${secretBox.sealedPrefix.length}) <> ${secretBox.sealedPrefix}`;
    const renewed = rows.flatMap((row) => {
      const text = openForAny(secretBox, row.sealed, contexts);
      return text === undefined ? [] : [{ ...row, text }];
    });
    total.unreadable += rows.length - renewed.length;
    if (renewed.length === 0) continue;
    const digests = renewed.map(({ text }) => (digestColumn ? digestBeside(text.value) : null));
    const setDigest = digestColumn ? Prisma.raw(`, ${digestColumn} = new.digest`) : Prisma.empty;
    total.resealed += await executor.$executeRaw`
      UPDATE ${Prisma.raw(table)} t SET ${Prisma.raw(column)} = decode(new.value, 'base64') ${setDigest}
      FROM unnest(${renewed.map(({ place }) => place)}::text[], ${renewed.map(({ sealed }) => toBase64(sealed))}::text[],
        ${renewed.map(({ text: { value, context } }) => toBase64(secretBox.seal(value, context)))}::text[],
        ${digests}::text[]
      ) AS new (place, former, value, digest)
      WHERE t.ctid = new.place::tid AND t.${Prisma.raw(column)} = decode(new.former, 'base64')`;
  }
  return total;
}

function openForAny(secretBox: SecretBox, sealed: Uint8Array, contexts: readonly string[]) {
  for (const context of contexts)
    try {
      return { value: secretBox.open(sealed, context), context };
    } catch (error) {
      if (!(error instanceof SealedValueError)) throw error;
    }
  return undefined;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

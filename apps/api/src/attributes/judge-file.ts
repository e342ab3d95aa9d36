import { createHash, randomUUID } from 'node:crypto';
import { type AttributeImportCounts, maxAttributeRows } from '@orgmirror/contracts';
import { toMemberKey } from '@orgmirror/planner';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { listAttributes, parseAttributeValues } from '../directory/attributes/attribute-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import { buildAttributeSearchText } from '../directory/search/attribute-search-text.ts';
import type { Now } from '../platform/clock.ts';
import type { Attribute, Prisma, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import { type FileRow, readFileRows } from './file-rows.ts';
import { type JudgedMember, judgeRow, type Verdict } from './judge-row.ts';
import { type FileColumns, readHeads } from './read-heads.ts';

const keptMs = 24 * 3_600_000;
const rowsPerStatement = 2_000;
/** Of a userid that is none: WeCom's have 64 characters at most. */
const maxShownUserIdLength = 64;

interface UploadedFile {
  fileName: string;
  content: Buffer;
}

/**
 * Judges each row of a file and keeps the verdicts for a day; nothing else is changed. It replaces what the caller sent
 * before. What a killed server had judged so far nobody sees.
 * @returns the id of the import
 * @throws AppError why the file as a whole cannot be judged
 */
export async function judgeFile(
  { prisma, now }: { prisma: PrismaClient; now: Now },
  { fileName, content }: UploadedFile,
  actor: AuditActor & { session: SignedIn },
): Promise<string> {
  const rows = readFileRows(content);
  const heads = await rows.next();
  const corp = await findCurrentCorp(prisma);
  const attributes = corp === undefined ? [] : await listAttributes(prisma, corp.id);
  const file = readHeads(heads.done ? [] : heads.value.cells, attributes);
  if (corp === undefined) throw new AppError('settings.incomplete');
  const [id, ownerId, createdAt] = [randomUUID(), actor.session.user.id, now()];
  await prisma.attributeImport.create({
    data: {
      id,
      corpRowId: corp.id,
      ownerId,
      fileName,
      columns: file.columns.map(({ attribute }) => attribute.key),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + keptMs),
    },
  });
  try {
    const fingerprint = createHash('sha256').update(describeAttributes(attributes));
    for await (const batch of takeBatches(rows)) {
      const verdicts = await judgeBatch(prisma, corp.id, file, batch);
      fingerprint.update(JSON.stringify(verdicts));
      await storeVerdicts(prisma, id, verdicts);
    }
    await refuseDuplicates(prisma, id);
    const counts = await countOutcomes(prisma, id, file);
    await prisma.attributeImportRow.deleteMany({ where: { importId: id, outcome: 'unchanged' } });
    await prisma.$transaction(async (transaction) => {
      await transaction.attributeImport.deleteMany({ where: { ownerId, id: { not: id } } });
      await transaction.attributeImport.update({
        where: { id },
        data: { status: 'judged', counts, fingerprint: fingerprint.digest('hex') },
      });
      const facts = { action: 'attribute.upload', target: fileName, after: { ...counts } } as const;
      await recordAudit(transaction, actor, facts);
    }, transactionTimeouts);
  } catch (error) {
    await prisma.attributeImport.deleteMany({ where: { id } });
    throw error;
  }
  return id;
}

/** What rows are judged by; another text means that they would be judged otherwise. */
const describeAttributes = (attributes: readonly Attribute[]): string =>
  JSON.stringify(attributes.map(({ key, type, choices }) => [key, type, choices]));

/** @throws AppError `attribute.too_many_rows` */
async function* takeBatches(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  let count = 0;
  for await (const row of rows) {
    if (++count > maxAttributeRows)
      throw new AppError('attribute.too_many_rows', { values: { max: maxAttributeRows } });
    batch.push(row);
    if (batch.length < rowsPerStatement) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface JudgedRow {
  line: number;
  userId: string;
  verdict: Verdict;
}

async function judgeBatch(
  prisma: PrismaClient,
  corpRowId: number,
  { userIdIndex, columns }: FileColumns,
  batch: readonly FileRow[],
): Promise<JudgedRow[]> {
  const named = batch.map(({ line, cells }) => ({ line, cells, userId: cells[userIdIndex]?.text ?? '' }));
  const members = await findMembers(
    prisma,
    corpRowId,
    named.map(({ userId }) => toMemberKey(userId)),
  );
  return named.map(({ line, cells, userId }) => ({
    line,
    userId: userId
      .replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, maxShownUserIdLength)
      .toWellFormed(),
    verdict:
      userId === ''
        ? { outcome: 'refused', reason: 'noUserId' }
        : judgeRow(cells, columns, members.get(toMemberKey(userId))),
  }));
}

async function findMembers(
  prisma: PrismaClient,
  corpRowId: number,
  userKeys: readonly string[],
): Promise<Map<string, JudgedMember>> {
  const storable = userKeys.filter((key) => key.isWellFormed());
  const rows = await prisma.$queryRaw<
    { userKey: string; id: number; presence: JudgedMember['presence']; values: Prisma.JsonValue }[]
  >`
    SELECT m.user_key AS "userKey", m.id, m.presence, coalesce(a.values, '{}') AS values
    FROM member m LEFT JOIN member_attributes a ON a.member_id = m.id
    WHERE m.corp_row_id = ${corpRowId} AND m.user_key = ANY(${storable}::text[])`;
  return new Map(rows.map((row) => [row.userKey, { ...row, values: parseAttributeValues(row.values) }]));
}

/** Column by column: one statement of many rows. */
async function storeVerdicts(
  prisma: PrismaClient,
  importId: string,
  rows: readonly JudgedRow[],
): Promise<void> {
  const columns = rows.map(({ line, userId, verdict }) =>
    verdict.outcome === 'refused'
      ? {
          line,
          userId,
          outcome: verdict.outcome,
          reason: verdict.reason,
          key: verdict.attribute ?? null,
          given: verdict.given ?? null,
          memberId: null,
          before: null,
          after: null,
          text: null,
        }
      : {
          line,
          userId,
          outcome: verdict.outcome,
          reason: null,
          key: null,
          given: null,
          memberId: verdict.memberId,
          before: JSON.stringify(verdict.before),
          after: JSON.stringify(verdict.after),
          text: verdict.outcome === 'unchanged' ? null : buildAttributeSearchText(verdict.after),
        },
  );
  await prisma.$executeRaw`
    INSERT INTO attribute_import_row
      (import_id, line, user_id, outcome, reason, attribute_key, given, member_id, before, after, search_text)
    SELECT ${importId}::uuid, line, user_id, outcome, reason, attribute_key, given, member_id, before::jsonb, after::jsonb, search_text
    FROM unnest(
      ${columns.map(({ line }) => line)}::int[], ${columns.map(({ userId }) => userId)}::text[],
      ${columns.map(({ outcome }) => outcome)}::text[], ${columns.map(({ reason }) => reason)}::text[],
      ${columns.map(({ key }) => key)}::text[], ${columns.map(({ given }) => given)}::text[],
      ${columns.map(({ memberId }) => memberId)}::int[], ${columns.map(({ before }) => before)}::text[],
      ${columns.map(({ after }) => after)}::text[], ${columns.map(({ text }) => text)}::text[]
    ) AS row (line, user_id, outcome, reason, attribute_key, given, member_id, before, after, search_text)`;
}

/**
 * Which of them is right nobody can tell: all rows with the same userid are refused. The rows are new, so that Postgres
 * knows nothing about them yet: the statements are such that any plan for them is quick.
 */
async function refuseDuplicates(prisma: PrismaClient, importId: string): Promise<void> {
  const duplicates = await prisma.$queryRaw<{ line: number }[]>`
    SELECT line FROM (
      SELECT line, count(*) OVER (PARTITION BY lower(user_id)) AS count FROM attribute_import_row
      WHERE import_id = ${importId}::uuid AND user_id <> ''
    ) AS counted WHERE count > 1`;
  await prisma.$executeRaw`
    UPDATE attribute_import_row SET outcome = 'refused', reason = 'duplicate', attribute_key = NULL, given = NULL,
      member_id = NULL, before = NULL, after = NULL, search_text = NULL
    WHERE import_id = ${importId}::uuid AND line = ANY(${duplicates.map(({ line }) => line)}::int[])`;
}

async function countOutcomes(
  prisma: PrismaClient,
  importId: string,
  { columns }: FileColumns,
): Promise<AttributeImportCounts> {
  const keys = columns.map(({ attribute }) => attribute.key);
  const [counts] = await prisma.$queryRaw<AttributeImportCounts[]>`
    SELECT count(*) FILTER (WHERE outcome = 'set')::int AS set,
      count(*) FILTER (WHERE outcome = 'cleared')::int AS cleared,
      count(*) FILTER (WHERE outcome = 'unchanged')::int AS unchanged,
      count(*) FILTER (WHERE outcome = 'refused')::int AS refused,
      coalesce(sum((SELECT count(*) FROM unnest(${keys}::text[]) AS key WHERE before ? key AND NOT after ? key)), 0)::int AS "valuesCleared"
    FROM attribute_import_row WHERE import_id = ${importId}::uuid`;
  return counts ?? { set: 0, cleared: 0, unchanged: 0, refused: 0, valuesCleared: 0 };
}

import { randomUUID } from 'node:crypto';
import { type ExportRequest, exportRequest } from '@orgmirror/contracts';
import type { ExecuteLarge } from '../platform/database/database.ts';
import { type Export, Prisma, type PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { storeRunError } from '../platform/errors/stored-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';

/** An export that a worker has claimed. */
export interface ClaimedExport {
  id: string;
  /** What it writes is refused once another worker has begun. */
  claim: string;
  request: ExportRequest;
  language: Locale;
  fileKey: Buffer;
}

/** The export was deleted, or another worker has it. */
export class ExportLostError extends Error {
  override name = 'ExportLostError';
}

/** How long a claim holds without a page being read; a killed worker delays its export this long. */
const claimSeconds = 60;
/** How often a worker begins the same export. */
const maxAttempts = 3;

/** The export that has waited longest, or whose worker died, now claimed; undefined when there is none. */
export async function claimExport({
  prisma,
  secretBox,
}: {
  prisma: PrismaClient;
  secretBox: SecretBox;
}): Promise<ClaimedExport | undefined> {
  await giveUpInterrupted(prisma);
  const claim = randomUUID();
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE export SET status = 'running', claim = ${claim}::uuid, attempts = attempts + 1, rows = 0, total = NULL,
      claimed_until = now() + make_interval(secs => ${claimSeconds})
    WHERE id = (
      SELECT id FROM export WHERE status = 'queued' OR (status = 'running' AND claimed_until <= now() AND attempts < ${maxAttempts})
      ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  if (row === undefined) return undefined;
  await prisma.exportPart.deleteMany({ where: { exportId: row.id } });
  const claimed = await prisma.export.findUnique({ where: { id: row.id } });
  if (claimed === null) return undefined; // deleted this moment
  return {
    id: row.id,
    claim,
    request: exportRequest.parse(claimed.request),
    language: claimed.language === 'en' ? 'en' : 'zh',
    fileKey: openFileKey(claimed, secretBox),
  };
}

async function giveUpInterrupted(prisma: PrismaClient): Promise<void> {
  const error = new AppError('export.interrupted', { values: { attempts: maxAttempts } });
  await prisma.$executeRaw`
    UPDATE export SET status = 'failed', finished_at = now(), error = ${JSON.stringify(storeRunError(error))}::jsonb
    WHERE status = 'running' AND claimed_until <= now() AND attempts >= ${maxAttempts}`;
}

/** The key of a file's parts. */
export const openFileKey = ({ fileKeySealed }: Export, secretBox: SecretBox): Buffer =>
  Buffer.from(secretBox.open(fileKeySealed, sealContexts.exportKey), 'base64');

/**
 * Tells how far the export is, and keeps the claim.
 * @throws ExportLostError when it was deleted, or another worker has it
 */
export async function reportRows(
  prisma: PrismaClient,
  { id, claim }: ClaimedExport,
  { rows, total }: { rows: number; total: number | null },
): Promise<void> {
  const count = await prisma.$executeRaw`
    UPDATE export SET rows = ${rows}, total = ${total}, claimed_until = now() + make_interval(secs => ${claimSeconds})
    WHERE id = ${id}::uuid AND claim = ${claim}::uuid AND status = 'running'`;
  if (count === 0) throw new ExportLostError();
}

/**
 * Adds a part of the file. The row lock lets no other worker begin meanwhile.
 * @throws ExportLostError as above
 */
export async function addPart(
  executeLarge: ExecuteLarge,
  { id, claim }: ClaimedExport,
  seq: number,
  content: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const count = await executeLarge(Prisma.sql`
    INSERT INTO export_part (export_id, seq, content)
    SELECT id, ${seq}::int, ${content}::bytea FROM export
    WHERE id = ${id}::uuid AND claim = ${claim}::uuid AND status = 'running' FOR SHARE`);
  if (count === 0) throw new ExportLostError();
}

/** Ends an export, unless it was lost meanwhile. */
export async function finishExport(
  prisma: PrismaClient,
  { id, claim }: ClaimedExport,
  outcome: { status: 'finished'; size: number } | { status: 'failed'; error: AppError },
  at: Date,
): Promise<void> {
  await prisma.export.updateMany({
    where: { id, claim, status: 'running' },
    data: {
      status: outcome.status,
      finishedAt: at,
      claimedUntil: null,
      ...(outcome.status === 'finished'
        ? { size: outcome.size, error: Prisma.DbNull }
        : { error: storeRunError(outcome.error) }),
    },
  });
  if (outcome.status === 'failed') await prisma.exportPart.deleteMany({ where: { exportId: id } });
}

/** Lets the next worker begin at once: this one is asked to stop. */
export async function giveBackExport(prisma: PrismaClient, { id, claim }: ClaimedExport): Promise<void> {
  await prisma.export.updateMany({
    where: { id, claim, status: 'running' },
    data: { status: 'queued', claimedUntil: null, attempts: { decrement: 1 } },
  });
}

/** Own exports whose files are kept, newest first. */
export const listOwnExports = (prisma: PrismaClient, ownerId: string, at: Date): Promise<Export[]> =>
  prisma.export.findMany({
    where: { ownerId, expiresAt: { gt: at } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });

/** One of them; null when it is another user's, deleted or expired. */
export const findOwnExport = (
  prisma: PrismaClient,
  ownerId: string,
  id: string,
  at: Date,
): Promise<Export | null> => prisma.export.findFirst({ where: { id, ownerId, expiresAt: { gt: at } } });

import type { Now } from '../platform/clock.ts';
import type {
  AttributeImport,
  AttributeImportRow,
  PrismaClient,
} from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';

interface Dependencies {
  prisma: PrismaClient;
  now: Now;
}

/** @throws AppError `resource.not_found` also for what others sent, and for what is still judged */
export async function requireOwnImport(
  { prisma, now }: Dependencies,
  ownerId: string,
  id: string,
): Promise<AttributeImport> {
  const row = await prisma.attributeImport.findFirst({
    where: { id, ownerId, status: { not: 'judging' }, expiresAt: { gt: now() } },
  });
  if (row === null) throw new AppError('resource.not_found');
  return row;
}

/** Refused rows in the order of the file, after a row. */
export const listRefusedRows = (
  prisma: PrismaClient,
  importId: string,
  { limit, after = 0 }: { limit: number; after?: number },
): Promise<AttributeImportRow[]> =>
  prisma.attributeImportRow.findMany({
    where: { importId, outcome: 'refused', line: { gt: after } },
    orderBy: { line: 'asc' },
    take: limit,
  });

/** Deletes files that are more than a day old, with their rows. */
export async function purgeAttributeImports({ prisma, now }: Dependencies): Promise<void> {
  await prisma.attributeImport.deleteMany({ where: { expiresAt: { lte: now() } } });
}

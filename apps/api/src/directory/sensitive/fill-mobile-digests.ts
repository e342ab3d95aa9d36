import type { Logger } from 'pino';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { sealContexts } from '../../platform/sealed-columns.ts';
import { SealedValueError, type SecretBox } from '../../platform/secret-box.ts';
import { digestMobileIn } from './mobile-digest.ts';

const rowsPerBatch = 500;

/**
 * Fills in the digests of mobiles that were stored before there were any, or come from a plan of then. A value that
 * changes meanwhile brings its own.
 */
export async function fillMobileDigests({ prisma, secretBox, logger }: FillDependencies): Promise<void> {
  let filled = 0;
  for (;;) {
    const rows = await prisma.memberSensitive.findMany({
      where: { mobileDigest: null },
      select: { memberId: true, source: true, sealed: true },
      take: rowsPerBatch,
    });
    if (rows.length === 0) break;
    filled += await prisma.$executeRaw`
      UPDATE member_sensitive s SET mobile_digest = new.digest
      FROM unnest(
        ${rows.map(({ memberId }) => memberId)}::int[], ${rows.map(({ source }) => source)}::text[],
        ${rows.map(({ sealed }) => toBase64(sealed))}::text[], ${rows.map((row) => digestStored(secretBox, row))}::text[]
      ) AS new (member_id, source, sealed, digest)
      WHERE s.member_id = new.member_id AND s.source = new.source AND s.sealed = decode(new.sealed, 'base64')`;
  }
  if (filled > 0) logger.info({ filled }, 'stored mobiles can be searched for now');
}

interface FillDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  logger: Logger;
}

/** '' when the value opens with no known secret: it reads as "never visible" everywhere. */
function digestStored(secretBox: SecretBox, row: { source: string; sealed: Uint8Array }): string {
  const context = row.source === 'contacts' ? sealContexts.memberContacts : sealContexts.memberAuthorised;
  try {
    return digestMobileIn(secretBox, secretBox.open(row.sealed, context));
  } catch (error) {
    if (error instanceof SealedValueError) return '';
    throw error;
  }
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

import type { Logger } from 'pino';
import type { PrismaClient } from '../../platform/database/generated/client.ts';
import { recodeEarlier } from './search-alphabet.ts';

const rowsPerBatch = 500;

/** Brought all texts of its time into today's alphabet. */
const migration = '20261128141500_search_alphabet';

/** Matches what is written in today's alphabet, of which the earlier one has no character. */
const today = '^([^A-X]|[A-X][0-9a-z]{2}[A-X])*$';

/**
 * Brings search texts of the earlier alphabet into today's. While an upgrade is rolled out, processes of the former
 * release go on syncing beside the upgraded database, for much less than the day after the migration that is looked at.
 */
export async function renewSearchTexts({ prisma, logger }: RenewDependencies): Promise<void> {
  let renewed = 0;
  for (;;) {
    const rows = await prisma.$queryRaw<{ id: number; text: string }[]>`
      SELECT m.id, m.search_text AS text
      FROM _prisma_migrations p
      JOIN member m ON m.updated_at BETWEEN p.finished_at AND p.finished_at + interval '1 day'
      WHERE p.migration_name = ${migration} AND m.search_text !~ ${today} LIMIT ${rowsPerBatch}`;
    if (rows.length === 0) break;
    const [ids, texts] = [rows.map(({ id }) => id), rows.map(({ text }) => text)];
    // A text that changed meanwhile is looked at again.
    renewed += await prisma.$executeRaw`
      UPDATE member m SET search_text = renewed.text
      FROM unnest(${ids}::int[], ${texts}::text[], ${texts.map(recodeEarlier)}::text[]) AS renewed (id, earlier, text)
      WHERE m.id = renewed.id AND m.search_text = renewed.earlier`;
  }
  if (renewed > 0) logger.info({ renewed }, 'members that the former release wrote can be searched for now');
}

interface RenewDependencies {
  prisma: PrismaClient;
  logger: Logger;
}

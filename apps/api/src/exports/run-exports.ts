import type { ExportRequest } from '@orgmirror/contracts';
import type { Logger } from 'pino';
import type { Now } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import { isPassingTrouble } from '../platform/database/database-trouble.ts';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { logFailure } from '../platform/database/log-failure.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { writeFile } from '../platform/files/write-file.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { Lifecycle } from '../platform/lifecycle.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { openAuditLog } from './audit-source.ts';
import {
  addPart,
  type ClaimedExport,
  claimExport,
  ExportLostError,
  finishExport,
  giveBackExport,
  reportRows,
} from './export-repository.ts';
import { type ExportSource, listNames } from './export-source.ts';
import { sealPart } from './file-cipher.ts';
import { openMembers } from './member-source.ts';
import { openRunChanges } from './run-change-source.ts';

export interface ExportDependencies {
  database: Pick<Database, 'executeLarge' | 'queryLarge'>;
  prisma: PrismaClient;
  secretBox: SecretBox;
  logger: Logger;
  lifecycle: Lifecycle;
  now: Now;
}

/** The server stops: the export goes on elsewhere. */
class StoppingError extends Error {
  override name = 'StoppingError';
}

/**
 * Writes the files that were asked for, one after the other. Each is claimed first: two workers do not write the
 * same, and what a killed one had begun another begins anew.
 */
export async function runExports(dependencies: ExportDependencies): Promise<void> {
  while (!dependencies.lifecycle.stopping.aborted) {
    const claimed = await claimExport(dependencies);
    if (claimed === undefined) return;
    await runExport(dependencies, claimed);
  }
}

async function runExport(dependencies: ExportDependencies, claimed: ClaimedExport): Promise<void> {
  const { prisma, logger, now } = dependencies;
  try {
    const size = await writeList(dependencies, claimed);
    await finishExport(prisma, claimed, { status: 'finished', size }, now());
  } catch (thrown) {
    if (thrown instanceof ExportLostError) return;
    if (thrown instanceof StoppingError) return giveBackExport(prisma, claimed);
    const error = classifyError(thrown);
    if (isPassingTrouble(error.code)) throw thrown; // the claim ends by itself, and it begins anew
    logFailure(logger, thrown, 'a list could not be exported', { exportId: claimed.id });
    await finishExport(prisma, claimed, { status: 'failed', error }, now());
  }
}

/** @returns the bytes of the file */
async function writeList(dependencies: ExportDependencies, claimed: ClaimedExport): Promise<number> {
  const { database, prisma, lifecycle } = dependencies;
  const { request, language, fileKey } = claimed;
  const source = await openSource(dependencies, request, language);
  let rows = 0;
  let total: number | null = null;
  async function* readPages() {
    const pages = source.readPages((counted) => {
      total = counted;
    });
    for await (const page of pages) {
      if (lifecycle.stopping.aborted) throw new StoppingError();
      rows += page.entries;
      await reportRows(prisma, claimed, { rows, total });
      yield page.rows;
    }
  }
  const file = writeFile(request.format, {
    name: listNames[request.list].sheet[language],
    heads: source.heads,
    pages: readPages(),
  });
  let size = 0;
  let seq = 0;
  for await (const part of file) {
    await addPart(database.executeLarge, claimed, seq, sealPart(fileKey, seq, part));
    size += part.length;
    seq++;
  }
  return size;
}

function openSource(
  dependencies: ExportDependencies,
  request: ExportRequest,
  language: Locale,
): Promise<ExportSource> {
  switch (request.list) {
    case 'members':
      return openMembers(dependencies, request, language);
    case 'run-changes':
      return openRunChanges(dependencies, request, language);
    case 'audit':
      return openAuditLog(dependencies, request, language);
  }
}

import type { Logger } from 'pino';
import { listAttributes } from '../directory/attributes/attribute-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import type { Now } from '../platform/clock.ts';
import type { Database } from '../platform/database/database.ts';
import type { Attribute, PrismaClient } from '../platform/database/generated/client.ts';
import { classifyError } from '../platform/errors/classify-error.ts';
import { writeFile } from '../platform/files/write-file.ts';
import type { Lifecycle } from '../platform/lifecycle.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import {
  addPart,
  type ClaimedExport,
  claimExport,
  ExportLostError,
  finishExport,
  giveBackExport,
  reportRows,
} from './export-repository.ts';
import { sealPart } from './file-cipher.ts';
import { presentHeads, presentMemberRow } from './present-member-row.ts';
import { readMembers } from './read-members.ts';

export interface ExportDependencies {
  database: Pick<Database, 'executeLarge' | 'queryLarge'>;
  prisma: PrismaClient;
  secretBox: SecretBox;
  logger: Logger;
  lifecycle: Lifecycle;
  now: Now;
}

const sheetNames = { zh: '成员', en: 'Members' } as const;

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
    const size = await writeMembers(dependencies, claimed);
    await finishExport(prisma, claimed, { status: 'finished', size }, now());
  } catch (thrown) {
    if (thrown instanceof ExportLostError) return;
    if (thrown instanceof StoppingError) return giveBackExport(prisma, claimed);
    const error = classifyError(thrown);
    if (error.code === 'database.unavailable') throw thrown; // the claim ends by itself, and it begins anew
    logger.warn({ err: error, exportId: claimed.id }, 'a list could not be exported');
    await finishExport(prisma, claimed, { status: 'failed', error }, now());
  }
}

/** @returns the bytes of the file */
async function writeMembers(dependencies: ExportDependencies, claimed: ClaimedExport): Promise<number> {
  const { database, prisma, lifecycle } = dependencies;
  const { request, language, fileKey } = claimed;
  const attributes = await listWantedAttributes(prisma, request.attributes);
  const form = { columns: request.columns, attributes, language };
  let rows = 0;
  let total: number | null = null;
  async function* readPages() {
    const pages = readMembers(dependencies, request, (counted) => {
      total = counted;
    });
    for await (const members of pages) {
      if (lifecycle.stopping.aborted) throw new StoppingError();
      rows += members.length;
      await reportRows(prisma, claimed, { rows, total });
      yield members.map((member) => presentMemberRow(member, form));
    }
  }
  const file = writeFile(request.format, {
    name: sheetNames[language],
    heads: presentHeads(form),
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

/** Those that are still there, in the order of the corp. */
async function listWantedAttributes(prisma: PrismaClient, keys: readonly string[]): Promise<Attribute[]> {
  const corp = keys.length === 0 ? undefined : await findCurrentCorp(prisma);
  if (corp === undefined) return [];
  return (await listAttributes(prisma, corp.id)).filter(({ key }) => keys.includes(key));
}

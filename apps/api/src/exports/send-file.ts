import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportContentTypes, exportRequest } from '@orgmirror/contracts';
import type { Response } from 'express';
import type { Export, PrismaClient } from '../platform/database/generated/client.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { openFileKey } from './export-repository.ts';
import { listNames } from './export-source.ts';
import { openPart } from './file-cipher.ts';

/** Sends the parts of a finished file as fast as they are taken. */
export async function sendFile(
  { prisma, secretBox }: { prisma: PrismaClient; secretBox: SecretBox },
  row: Export,
  timeZone: string,
  res: Response,
): Promise<void> {
  const { list, format } = exportRequest.parse(row.request);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(row.createdAt); // YYYY-MM-DD
  const key = openFileKey(row, secretBox);
  res
    .attachment(`${listNames[list].file[row.language === 'en' ? 'en' : 'zh']}-${day}.${format}`)
    .type(exportContentTypes[format])
    .set('Content-Length', String(row.size));
  async function* readParts() {
    for (let seq = 0, left = Number(row.size); left > 0; seq++) {
      const where = { exportId_seq: { exportId: row.id, seq } };
      const part = await prisma.exportPart.findUniqueOrThrow({ where }); // deleted meanwhile: the download breaks off
      const bytes = openPart(key, seq, part.content);
      left -= bytes.length;
      yield bytes;
    }
  }
  await pipeline(Readable.from(readParts()), res).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the client went away
  });
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type Attribute as AttributeAnswer,
  attribute as attributeSchema,
  type ExportFormat,
  endpoints,
} from '@orgmirror/contracts';
import type { Response, Router } from 'express';
import { recordWithoutChange } from '../audit/record-audit.ts';
import { listAttributes } from '../directory/attributes/attribute-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import type { Now } from '../platform/clock.ts';
import type { Attribute, PrismaClient } from '../platform/database/generated/client.ts';
import { type Sheet, writeFile } from '../platform/files/write-file.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { applyImport } from './apply-import.ts';
import { listRefusedRows, requireOwnImport } from './import-repository.ts';
import { judgeFile } from './judge-file.ts';
import { presentImport } from './present-import.ts';
import { createAttribute, deleteAttribute, updateAttribute } from './save-attribute.ts';
import { describeFile, writeErrors, writeTemplate } from './write-files.ts';

interface RouteDependencies {
  prisma: PrismaClient;
  now: Now;
}

/** Refused rows that are shown at once; the error file has all. */
const maxShownRows = 100;

export function registerAttributeRoutes(router: Router, dependencies: RouteDependencies): void {
  registerDefinitionRoutes(router, dependencies);
  registerImportRoutes(router, dependencies);
}

function registerDefinitionRoutes(router: Router, { prisma }: RouteDependencies): void {
  mountEndpoint(router, endpoints.listAttributes, async ({ query }) => {
    const corp = await findCurrentCorp(prisma);
    if (corp === undefined) return { items: [] };
    const attributes = await listAttributes(prisma, corp.id);
    const counts = query.counts ? await countMembersByKey(prisma, corp.id) : undefined;
    return {
      items: attributes.map((row) => presentAttribute(row, counts && (counts.get(row.key) ?? 0))),
    };
  });

  mountEndpoint(router, endpoints.createAttribute, async ({ body, actor }) =>
    presentAttribute(await createAttribute(prisma, body, actor)),
  );

  mountEndpoint(router, endpoints.updateAttribute, async ({ params, body, actor }) =>
    presentAttribute(await updateAttribute(prisma, params.key, body, actor)),
  );

  mountEndpoint(router, endpoints.deleteAttribute, ({ params, actor }) =>
    deleteAttribute(prisma, params.key, actor),
  );
}

function registerImportRoutes(router: Router, dependencies: RouteDependencies): void {
  const { prisma } = dependencies;
  const show = async (ownerId: string, id: string) => {
    const row = await requireOwnImport(dependencies, ownerId, id);
    return presentImport(row, await listRefusedRows(prisma, id, { limit: maxShownRows }));
  };

  mountEndpoint(router, endpoints.downloadAttributeTemplate, async ({ query, locale, actor, res }) => {
    const corp = await findCurrentCorp(prisma);
    const attributes = corp === undefined ? [] : await listAttributes(prisma, corp.id);
    // Before the file: what was taken away is in the log for certain.
    await recordWithoutChange(prisma, actor, {
      action: 'attribute.template',
      after: { format: query.format, columns: attributes.map(({ key }) => key) },
    });
    const sheet = writeTemplate(prisma, corp?.id, attributes, locale);
    await sendSheet(res, sheet, query.format, describeFile('template', query.format, locale));
  });

  mountEndpoint(router, endpoints.createAttributeImport, async ({ query, file, actor, session }) => {
    const id = await judgeFile(dependencies, { fileName: query.fileName, content: file }, actor);
    return show(session.user.id, id);
  });

  mountEndpoint(router, endpoints.getAttributeImport, ({ params, session }) =>
    show(session.user.id, params.id),
  );

  mountEndpoint(router, endpoints.downloadAttributeErrors, async ({ params, session, locale, res }) => {
    const row = await requireOwnImport(dependencies, session.user.id, params.id);
    const attributes = await listAttributes(prisma, row.corpRowId);
    const sheet = writeErrors(prisma, row, attributes, locale);
    await sendSheet(res, sheet, 'csv', describeFile('errors', 'csv', locale));
  });

  mountEndpoint(router, endpoints.applyAttributeImport, async ({ params, body, actor, session }) => {
    const row = await requireOwnImport(dependencies, session.user.id, params.id);
    await applyImport(dependencies, row, body.fingerprint, actor);
    return show(session.user.id, params.id);
  });
}

const presentAttribute = (
  { key, nameZh, nameEn, type, choices }: Attribute,
  members: number | undefined = undefined,
): AttributeAnswer => ({
  key,
  nameZh,
  nameEn,
  type: attributeSchema.shape.type.parse(type),
  choices,
  members: members ?? null,
});

async function countMembersByKey(prisma: PrismaClient, corpRowId: number): Promise<Map<string, number>> {
  const rows = await prisma.$queryRaw<{ key: string; members: number }[]>`
    SELECT key, count(*)::int AS members
    FROM member_attributes a JOIN member m ON m.id = a.member_id, jsonb_object_keys(a.values) AS key
    WHERE m.corp_row_id = ${corpRowId} GROUP BY key`;
  return new Map(rows.map(({ key, members }) => [key, members]));
}

/** Sends a file as fast as it is taken. */
async function sendSheet(
  res: Response,
  sheet: Sheet,
  format: ExportFormat,
  { fileName, type }: { fileName: string; type: string },
): Promise<void> {
  res.attachment(fileName).type(type);
  await pipeline(Readable.from(writeFile(format, sheet)), res).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the client went away
  });
}

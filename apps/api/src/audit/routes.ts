import { type AuditAction, endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { PrismaClient } from '../platform/database/generated/client.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import { countEntries, listEntries, presentAuditEntry, readLinks, readTargetNames } from './list-entries.ts';
import { recordWithoutChange } from './record-audit.ts';

const list = '/audit';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

/** The log holds years of entries: a page does not wait until all of them are counted. */
const maxCounted = 10_000;

const exportActions = {
  auditEntries: 'audit.export',
  syncChanges: 'sync.export',
} as const satisfies Record<string, AuditAction>;

export function registerAuditRoutes(router: Router, { prisma }: { prisma: PrismaClient }): void {
  mountEndpoint(router, endpoints.listAuditEntries, async ({ query: { limit, cursor, ...filter } }) => {
    const after = decodeCursor(list, cursor, cursorSchema);
    const [rows, counted] = await Promise.all([
      listEntries(prisma, filter, { after, take: limit + 1 }),
      countEntries(prisma, filter, maxCounted + 1),
    ]);
    const names = await readTargetNames(prisma, rows);
    const links = await readLinks(prisma, rows);
    const page = cutPage(
      rows,
      { list, limit },
      (row) => [row.at.toISOString(), row.id],
      (row) => presentAuditEntry(row, names, links),
    );
    return { ...page, total: Math.min(counted, maxCounted), totalExact: counted <= maxCounted };
  });

  mountEndpoint(router, endpoints.recordExport, async ({ body, actor }) => {
    const { list: exported, runId, filter } = body;
    await recordWithoutChange(prisma, actor, {
      action: exportActions[exported],
      ...(runId !== undefined && { target: runId }),
      ...(Object.keys(filter).length > 0 && { after: { filter } }),
    });
  });
}

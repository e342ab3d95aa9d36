import { type AuditEntry, endpoints } from '@orgmirror/contracts';
import type { Router } from 'express';
import * as z from 'zod';
import type { AuditEntry as AuditRow, PrismaClient } from '../platform/database/generated/client.ts';
import { cursorInstant, cutPage, decodeCursor } from '../platform/http/cursor.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';

const list = '/audit';
const cursorSchema = z.tuple([cursorInstant, z.uuid()]);

export function registerAuditRoutes(router: Router, { prisma }: { prisma: PrismaClient }): void {
  mountEndpoint(router, endpoints.listAuditEntries, async ({ query }) => {
    const after = decodeCursor(list, query.cursor, cursorSchema);
    const rows = await prisma.auditEntry.findMany({
      where: {
        ...(query.action !== undefined && { action: query.action }),
        ...(after && { OR: [{ at: { lt: after[0] } }, { at: after[0], id: { lt: after[1] } }] }),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    });
    return cutPage(
      rows,
      { list, limit: query.limit },
      (row) => [row.at.toISOString(), row.id],
      presentAuditEntry,
    );
  });
}

function presentAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    target: row.target,
    result: row.result === 'failed' ? 'failed' : 'succeeded',
    before: row.before as AuditEntry['before'], // written by record-audit.ts as objects only
    after: row.after as AuditEntry['after'],
    ip: row.ip,
  };
}

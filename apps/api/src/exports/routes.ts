import { endpoints, exportRequest } from '@orgmirror/contracts';
import type { Router } from 'express';
import { recordAudit, recordWithoutChange } from '../audit/record-audit.ts';
import { defaultTimeZone, findConnection } from '../connection/wecom-connection-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Export, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { mountEndpoint } from '../platform/http/mount-endpoint.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { createExport } from './create-export.ts';
import { findOwnExport, listOwnExports } from './export-repository.ts';
import { isRevealed } from './export-source.ts';
import { presentExport } from './present-export.ts';
import { sendFile } from './send-file.ts';

interface RouteDependencies {
  prisma: PrismaClient;
  secretBox: SecretBox;
  now: Now;
}

export function registerExportRoutes(router: Router, dependencies: RouteDependencies): void {
  const { prisma, now } = dependencies;

  mountEndpoint(router, endpoints.listExports, async ({ session, locale, actor }) => {
    const rows = await listOwnExports(prisma, session.user.id, now());
    return { items: rows.map((row) => presentExport(row, locale, actor.requestId)) };
  });

  mountEndpoint(router, endpoints.createExport, async ({ body, actor, locale }) =>
    presentExport(
      await createExport(dependencies, body, { actor, language: locale }),
      locale,
      actor.requestId,
    ),
  );

  mountEndpoint(router, endpoints.getExport, async ({ params, session, locale, actor }) =>
    presentExport(await requireOwn(dependencies, session, params.id), locale, actor.requestId),
  );

  mountEndpoint(router, endpoints.downloadExport, async ({ params, session, actor, res }) => {
    const row = await requireOwn(dependencies, session, params.id);
    if (row.status !== 'finished') throw new AppError('export.not_ready');
    const revealed = isRevealed(exportRequest.parse(row.request));
    if (revealed && session.user.role !== 'admin') throw new AppError('permission.denied');
    const timeZone = (await findConnection(prisma))?.timeZone ?? defaultTimeZone;
    // Before the file: what was taken away is in the log for certain.
    await recordWithoutChange(prisma, actor, {
      action: 'export.download',
      target: row.id,
      after: { rows: row.rows, ...(revealed && { revealed }) },
    });
    await sendFile(dependencies, row, timeZone, res);
  });

  mountEndpoint(router, endpoints.deleteExport, async ({ params, session, actor }) => {
    const { id } = await requireOwn(dependencies, session, params.id);
    await prisma.$transaction(async (transaction) => {
      await transaction.export.deleteMany({ where: { id } });
      await recordAudit(transaction, actor, { action: 'export.delete', target: id });
    }, transactionTimeouts);
  });
}

/** @throws AppError `resource.not_found` also for the exports of others */
async function requireOwn(
  { prisma, now }: RouteDependencies,
  { user }: SignedIn,
  id: string,
): Promise<Export> {
  const row = await findOwnExport(prisma, user.id, id, now());
  if (row === null) throw new AppError('resource.not_found');
  return row;
}

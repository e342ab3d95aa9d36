import type { AuditAction, ExportRequest, MemberExportRequest } from '@orgmirror/contracts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import { findDepartment } from '../directory/departments/department-repository.ts';
import { recordFoundOwners } from '../directory/search/mobile-owners.ts';
import type { Now } from '../platform/clock.ts';
import type { Export, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { isRevealed } from './export-source.ts';
import { createFileKey } from './file-cipher.ts';
import { replaceMobile } from './replace-mobile.ts';

const keptMs = 24 * 3_600_000;
const exportActions = {
  members: 'member.export',
  'run-changes': 'sync.export',
  audit: 'audit.export',
} as const satisfies Record<ExportRequest['list'], AuditAction>;

/** Exports of one user that are kept at a time. */
const maxKept = 10;

/**
 * Notes an export for the next worker, with its entry in the audit log.
 * @throws AppError `permission.denied` when others than admins ask for sensitive fields in full, and
 *   `resource.not_found` when the department of the filter, or the run, is not here
 */
export async function createExport(
  { prisma, secretBox, now }: { prisma: PrismaClient; secretBox: SecretBox; now: Now },
  given: ExportRequest,
  { actor, language }: { actor: AuditActor & { session: SignedIn }; language: Locale },
): Promise<Export> {
  const { id: ownerId, role } = actor.session.user;
  if (isRevealed(given) && role !== 'admin') throw new AppError('permission.denied');
  if (given.list === 'members') await requireDepartment(prisma, given.filter?.departmentId);
  if (given.list === 'run-changes') await requireRun(prisma, given.runId);
  const { request, owners } =
    given.list === 'members'
      ? await replaceMobile({ prisma, secretBox }, given, actor.session)
      : { request: given, owners: [] };
  await recordFoundOwners(prisma, actor, owners);
  const createdAt = now();
  return prisma.$transaction(async (transaction) => {
    const kept = await transaction.export.count({ where: { ownerId, expiresAt: { gt: createdAt } } });
    if (kept >= maxKept) throw new AppError('export.too_many', { values: { max: maxKept } });
    const created = await transaction.export.create({
      data: {
        ownerId,
        request,
        language,
        fileKeySealed: secretBox.seal(createFileKey().toString('base64'), sealContexts.exportKey),
        createdAt,
        expiresAt: new Date(createdAt.getTime() + keptMs),
      },
    });
    await recordAudit(transaction, actor, {
      action: exportActions[request.list],
      ...(request.list === 'run-changes' && { target: request.runId }),
      after: describeRequest(created.id, request),
    });
    return created;
  }, transactionTimeouts);
}

async function requireDepartment(prisma: PrismaClient, departmentId: number | undefined): Promise<void> {
  if (departmentId === undefined) return;
  const corp = await findCurrentCorp(prisma);
  const department = corp === undefined ? null : await findDepartment(prisma, corp.id, departmentId);
  if (department === null) throw new AppError('resource.not_found');
}

async function requireRun(prisma: PrismaClient, id: string): Promise<void> {
  if ((await prisma.syncRun.count({ where: { id } })) === 0) throw new AppError('resource.not_found');
}

const describeRequest = (id: string, request: ExportRequest) => ({
  export: id,
  format: request.format,
  ...(request.filter && { filter: dropUndefined(request.filter) }),
  ...(request.list === 'members' && describeMembers(request)),
});

/** Who was named is counted: the userids of a thousand members would fill the log. */
const describeMembers = ({ columns, attributes, userIds, reveal }: MemberExportRequest) => ({
  columns,
  ...(attributes.length > 0 && { attributes }),
  ...(userIds && { selected: userIds.length }),
  ...(reveal && { revealed: true }),
});

const dropUndefined = <Value>(filter: Readonly<Record<string, Value | undefined>>): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

import type { MemberExportRequest } from '@orgmirror/contracts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import { findDepartment } from '../directory/departments/department-repository.ts';
import type { Now } from '../platform/clock.ts';
import type { Export, PrismaClient } from '../platform/database/generated/client.ts';
import { transactionTimeouts } from '../platform/database/transaction-timeouts.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { Locale } from '../platform/http/locale.ts';
import type { SignedIn } from '../platform/http/signed-in.ts';
import { sealContexts } from '../platform/sealed-columns.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { createFileKey } from './file-cipher.ts';

const keptMs = 24 * 3_600_000;
/** Exports of one user that are kept at a time. */
const maxKept = 10;

/**
 * Notes an export for the next worker, with its entry in the audit log.
 * @throws AppError `permission.denied` when others than admins ask for sensitive fields in full, and
 *   `resource.not_found` when the department of the filter is not here
 */
export async function createExport(
  { prisma, secretBox, now }: { prisma: PrismaClient; secretBox: SecretBox; now: Now },
  request: MemberExportRequest,
  { actor, language }: { actor: AuditActor & { session: SignedIn }; language: Locale },
): Promise<Export> {
  const { id: ownerId, role } = actor.session.user;
  if (request.reveal && role !== 'admin') throw new AppError('permission.denied');
  await requireDepartment(prisma, request.filter?.departmentId);
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
      action: 'member.export',
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

/** Who was named is counted: the userids of a thousand members would fill the log. */
const describeRequest = (
  id: string,
  { format, columns, attributes, filter, userIds, reveal }: MemberExportRequest,
) => ({
  export: id,
  format,
  columns,
  ...(attributes.length > 0 && { attributes }),
  ...(filter && { filter: dropUndefined(filter) }),
  ...(userIds && { selected: userIds.length }),
  ...(reveal && { revealed: true }),
});

const dropUndefined = (filter: NonNullable<MemberExportRequest['filter']>) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

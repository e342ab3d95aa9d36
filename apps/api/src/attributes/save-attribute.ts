import { type AttributeChange, maxAttributes, type NewAttribute } from '@orgmirror/contracts';
import { type AuditActor, recordAudit, type Transaction } from '../audit/record-audit.ts';
import { listAttributes, parseAttributeValues } from '../directory/attributes/attribute-repository.ts';
import { findCurrentCorp } from '../directory/departments/current-corp.ts';
import { buildAttributeSearchText } from '../directory/search/attribute-search-text.ts';
import type { Attribute, PrismaClient } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import { listAttributeHeads, reservedHeads } from './read-heads.ts';

/** Deleting the values of 500,000 members takes a while. */
const timeouts = { timeout: 120_000, maxWait: 30_000 };
const membersPerStatement = 2_000;

/** @throws AppError `settings.incomplete`, `attribute.too_many`, `attribute.name_taken` */
export async function createAttribute(
  prisma: PrismaClient,
  given: NewAttribute,
  actor: AuditActor,
): Promise<Attribute> {
  const corp = await findCurrentCorp(prisma);
  if (corp === undefined) throw new AppError('settings.incomplete');
  return prisma.$transaction(async (transaction) => {
    const others = await lockAttributes(transaction, corp.id);
    if (others.length >= maxAttributes)
      throw new AppError('attribute.too_many', { values: { max: maxAttributes } });
    refuseTakenNames(given, others);
    const created = await transaction.attribute.create({ data: { ...given, corpRowId: corp.id } });
    await recordAudit(transaction, actor, {
      action: 'attribute.create',
      target: given.key,
      after: { ...given },
    });
    return created;
  }, timeouts);
}

/** @throws AppError `resource.not_found`, `attribute.name_taken` */
export function updateAttribute(
  prisma: PrismaClient,
  key: string,
  { nameZh, nameEn, choices }: AttributeChange,
  actor: AuditActor,
): Promise<Attribute> {
  return changeAttribute(prisma, key, async (transaction, attribute, others) => {
    const { id, type } = attribute;
    const before = { nameZh: attribute.nameZh, nameEn: attribute.nameEn, choices: attribute.choices };
    const after = {
      nameZh: nameZh ?? before.nameZh,
      nameEn: nameEn ?? before.nameEn,
      choices: type === 'choice' ? (choices ?? before.choices) : [],
    };
    refuseTakenNames({ key, ...after }, others);
    const updated = await transaction.attribute.update({ where: { id }, data: after });
    await recordAudit(transaction, actor, { action: 'attribute.update', target: key, before, after });
    return updated;
  });
}

/** Deletes an attribute, and its values of all members. @throws AppError `resource.not_found` */
export function deleteAttribute(prisma: PrismaClient, key: string, actor: AuditActor): Promise<void> {
  return changeAttribute(prisma, key, async (transaction, attribute) => {
    const members = await deleteValues(transaction, attribute);
    await transaction.attribute.delete({ where: { id: attribute.id } });
    await recordAudit(transaction, actor, {
      action: 'attribute.delete',
      target: key,
      before: { nameZh: attribute.nameZh, nameEn: attribute.nameEn, type: attribute.type },
      after: { members },
    });
  });
}

async function changeAttribute<Result>(
  prisma: PrismaClient,
  key: string,
  change: (transaction: Transaction, attribute: Attribute, others: Attribute[]) => Promise<Result>,
): Promise<Result> {
  const corp = await findCurrentCorp(prisma);
  return prisma.$transaction(async (transaction) => {
    const all = corp === undefined ? [] : await lockAttributes(transaction, corp.id);
    const attribute = all.find((one) => one.key === key);
    if (attribute === undefined) throw new AppError('resource.not_found');
    return change(
      transaction,
      attribute,
      all.filter((one) => one !== attribute),
    );
  }, timeouts);
}

/** The corp's attributes, which nobody else changes or writes values of until the transaction ends. */
async function lockAttributes(transaction: Transaction, corpRowId: number): Promise<Attribute[]> {
  await transaction.$queryRaw`SELECT id FROM attribute WHERE corp_row_id = ${corpRowId} ORDER BY id FOR UPDATE`;
  return listAttributes(transaction, corpRowId);
}

/** A file's head must lead to one attribute. */
function refuseTakenNames(
  given: Pick<Attribute, 'key' | 'nameZh' | 'nameEn'>,
  others: readonly Attribute[],
): void {
  const taken = [...reservedHeads, ...others.flatMap(listAttributeHeads)];
  const name = listAttributeHeads(given).find((head) => taken.includes(head));
  if (name !== undefined) throw new AppError('attribute.name_taken', { values: { name } });
}

/** @returns how many members had a value */
async function deleteValues(transaction: Transaction, { key, corpRowId }: Attribute): Promise<number> {
  let members = 0;
  for (;;) {
    const rows = await transaction.$queryRaw<{ memberId: number; values: object }[]>`
      SELECT a.member_id AS "memberId", a.values - ${key} AS values
      FROM member_attributes a JOIN member m ON m.id = a.member_id
      WHERE m.corp_row_id = ${corpRowId} AND a.values ? ${key} LIMIT ${membersPerStatement}`;
    if (rows.length === 0) break;
    members += rows.length;
    const texts = rows.map(({ values }) => buildAttributeSearchText(parseAttributeValues({ ...values })));
    await transaction.$executeRaw`
      UPDATE member_attributes a SET values = a.values - ${key}, search_text = row.search_text, updated_at = now()
      FROM unnest(${rows.map(({ memberId }) => memberId)}::int[], ${texts}::text[]) AS row (member_id, search_text)
      WHERE a.member_id = row.member_id`;
  }
  await transaction.$executeRaw`DELETE FROM member_attributes WHERE values = '{}'`;
  return members;
}

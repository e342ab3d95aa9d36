import {
  attributeRefusalTexts,
  type ExportFormat,
  exportContentTypes,
  nameHead,
  userIdHead,
} from '@orgmirror/contracts';
import { type AttributeValues, parseAttributeValues } from '../directory/attributes/attribute-repository.ts';
import type {
  Attribute,
  AttributeImport,
  Prisma,
  PrismaClient,
} from '../platform/database/generated/client.ts';
import type { Sheet } from '../platform/files/write-file.ts';
import type { Locale } from '../platform/http/locale.ts';
import { listRefusedRows } from './import-repository.ts';
import { presentRefused } from './present-import.ts';

const rowsPerPage = 2_000;
const nameOf = ({ nameZh, nameEn }: Attribute, locale: Locale) => (locale === 'zh' ? nameZh : nameEn);

const sheetNames = { zh: '扩展属性', en: 'Attributes' } as const;
const errorHeads = {
  zh: ['行', '账号', '列', '内容', '原因'],
  en: ['Row', 'Userid', 'Column', 'Cell', 'Reason'],
} as const;

/** Headers of an answer that is a file. */
export const describeFile = (name: 'template' | 'errors', format: ExportFormat, locale: Locale) => ({
  fileName: `${fileNames[name][locale]}.${format}`,
  type: exportContentTypes[format],
});
const fileNames = {
  template: { zh: '扩展属性', en: 'attributes' },
  errors: { zh: '扩展属性-未通过', en: 'attributes-refused' },
} as const;

/** All present members with their values, ready to be changed and sent back. */
export const writeTemplate = (
  prisma: PrismaClient,
  corpRowId: number | undefined,
  attributes: readonly Attribute[],
  locale: Locale,
): Sheet => ({
  name: sheetNames[locale],
  heads: [userIdHead[locale], nameHead[locale], ...attributes.map((one) => nameOf(one, locale))],
  pages: readPages(prisma, corpRowId, attributes),
});

async function* readPages(
  prisma: PrismaClient,
  corpRowId: number | undefined,
  attributes: readonly Attribute[],
): AsyncGenerator<string[][]> {
  let after = '';
  while (corpRowId !== undefined) {
    const rows = await prisma.$queryRaw<
      { userKey: string; userId: string; name: string; values: Prisma.JsonValue }[]
    >`
      SELECT m.user_key AS "userKey", m.user_id AS "userId", m.name, coalesce(a.values, '{}') AS values
      FROM member m LEFT JOIN member_attributes a ON a.member_id = m.id
      WHERE m.corp_row_id = ${corpRowId} AND m.presence = 'present' AND m.user_key > ${after}
      ORDER BY m.user_key LIMIT ${rowsPerPage}`;
    yield rows.map(({ userId, name, values }) => [
      userId,
      name,
      ...listValues(parseAttributeValues(values), attributes),
    ]);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return;
    after = last.userKey;
  }
}

const listValues = (values: AttributeValues, attributes: readonly Attribute[]): string[] =>
  attributes.map(({ key }) => values[key] ?? '');

/** The refused rows of a file, with the reason in words. */
export const writeErrors = (
  prisma: PrismaClient,
  { id }: AttributeImport,
  attributes: readonly Attribute[],
  locale: Locale,
): Sheet => ({
  name: sheetNames[locale],
  heads: errorHeads[locale],
  pages: readErrors(prisma, id, attributes, locale),
});

async function* readErrors(
  prisma: PrismaClient,
  id: string,
  attributes: readonly Attribute[],
  locale: Locale,
): AsyncGenerator<string[][]> {
  let after = 0;
  for (;;) {
    const rows = (await listRefusedRows(prisma, id, { limit: rowsPerPage, after })).map(presentRefused);
    yield rows.map(({ line, wecomUserId, attribute, given, reason }) => {
      const column = attributes.find(({ key }) => key === attribute);
      const name = column ? nameOf(column, locale) : (attribute ?? '');
      return [String(line), wecomUserId, name, given ?? '', attributeRefusalTexts[reason][locale]];
    });
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return;
    after = last.line;
  }
}

import { nameHead, userIdHead } from '@orgmirror/contracts';
import type { Attribute } from '../platform/database/generated/client.ts';
import { AppError } from '../platform/errors/app-error.ts';
import type { Cell } from './file-rows.ts';
import type { AttributeColumn } from './judge-row.ts';

/** Where a file has what it is about. */
export interface FileColumns {
  userIdIndex: number;
  columns: AttributeColumn[];
}

const toHead = (text: string): string => text.trim().toLowerCase();
const headsOf = ({ zh, en }: { zh: string; en: string }): string[] => [toHead(zh), toHead(en)];

/** Heads that no attribute may have. */
export const reservedHeads: readonly string[] = [...headsOf(userIdHead), ...headsOf(nameHead)];

/** What an attribute's column may be called. */
export const listAttributeHeads = ({ key, nameZh, nameEn }: Pick<Attribute, 'key' | 'nameZh' | 'nameEn'>) =>
  [key, nameZh, nameEn].map(toHead);

/** @throws AppError `attribute.file_columns` when a head is unknown or there twice, or no column has userids */
export function readHeads(cells: readonly Cell[], attributes: readonly Attribute[]): FileColumns {
  const heads = cells.map(({ text }) => toHead(text));
  const userIdIndex = heads.findIndex((head) => headsOf(userIdHead).includes(head));
  const columns: AttributeColumn[] = [];
  const strange: string[] = [];
  for (const [index, head] of heads.entries()) {
    if (index === userIdIndex || head === '' || headsOf(nameHead).includes(head)) continue;
    const attribute = attributes.find((one) => listAttributeHeads(one).includes(head));
    if (attribute === undefined || columns.some((column) => column.attribute === attribute))
      strange.push(cells[index]?.text.slice(0, 40) ?? '');
    else columns.push({ attribute, index });
  }
  if (userIdIndex < 0) refuse('缺少“账号”列。', 'The column “Userid” is missing.');
  if (strange.length > 0)
    refuse(
      `无法识别或重复的列：${strange.join('、')}。`,
      `Unknown or repeated columns: ${strange.join(', ')}.`,
    );
  if (columns.length === 0) refuse('没有任何扩展属性的列。', 'There is no column of an attribute.');
  return { userIdIndex, columns };
}

function refuse(zh: string, en: string): never {
  throw new AppError('attribute.file_columns', { localised: { zh: { sentence: zh }, en: { sentence: en } } });
}

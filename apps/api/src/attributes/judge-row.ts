import { type AttributeRefusal, maxAttributeLength } from '@orgmirror/contracts';
import type { AttributeValues } from '../directory/attributes/attribute-repository.ts';
import type { Attribute } from '../platform/database/generated/client.ts';
import type { Cell } from './file-rows.ts';

/** What a file's row is about: the member as the directory has them. */
export interface JudgedMember {
  id: number;
  presence: 'present' | 'left';
  values: AttributeValues;
}

/** What becomes of a row. */
export type Verdict =
  | { outcome: 'refused'; reason: AttributeRefusal; attribute?: string; given?: string }
  | {
      outcome: 'set' | 'cleared' | 'unchanged';
      memberId: number;
      before: AttributeValues;
      after: AttributeValues;
    };

/** An attribute, and where its column is. */
export interface AttributeColumn {
  attribute: Pick<Attribute, 'key' | 'type' | 'choices'>;
  index: number;
}

const empty: Cell = { text: '', isFormula: false };
const maxShownLength = 60;

/** Judges one row of a file: one cell that cannot be taken refuses all of it. */
export function judgeRow(
  cells: readonly Cell[],
  columns: readonly AttributeColumn[],
  member: JudgedMember | undefined,
): Verdict {
  if (member === undefined) return { outcome: 'refused', reason: 'unknownMember' };
  if (member.presence === 'left') return { outcome: 'refused', reason: 'memberLeft' };
  const after: Record<string, string> = { ...member.values };
  for (const { attribute, index } of columns) {
    const cell = cells[index] ?? empty;
    const read = readCell(cell, attribute);
    if ('reason' in read) {
      const given = cell.text
        .replaceAll(/\p{Cc}/gu, ' ')
        .slice(0, maxShownLength)
        .toWellFormed();
      return { outcome: 'refused', reason: read.reason, attribute: attribute.key, given };
    }
    if (read.value === '') delete after[attribute.key];
    else after[attribute.key] = read.value;
  }
  const { id: memberId, values: before } = member;
  const sets = columns.some(({ attribute: { key } }) => key in after && after[key] !== before[key]);
  const clears = columns.some(({ attribute: { key } }) => key in before && !(key in after));
  return { outcome: sets ? 'set' : clears ? 'cleared' : 'unchanged', memberId, before, after };
}

type Read = { value: string } | { reason: AttributeRefusal };

/** The value of a cell; '' clears it. */
function readCell({ text, isFormula }: Cell, { type, choices }: AttributeColumn['attribute']): Read {
  if (text === '') return { value: '' };
  if (isFormula) return { reason: 'formula' };
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) return { reason: 'badCharacters' };
  if (text.length > maxAttributeLength) return { reason: 'tooLong' };
  if (type === 'number')
    return /^-?\d{1,20}(\.\d{1,10})?$/.test(text) ? { value: text } : { reason: 'notNumber' };
  if (type === 'date') return readDate(text);
  if (type === 'choice') return choices.includes(text) ? { value: text } : { reason: 'notChoice' };
  return { value: text };
}

/** 2026-01-31, 2026/1/31 or 2026年1月31日, as 2026-01-31. */
function readDate(text: string): Read {
  const parts = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/.exec(text);
  if (parts === null) return { reason: 'notDate' };
  const [, year = '', month = parts[4] ?? '', day = parts[5] ?? ''] = parts;
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value
    ? { reason: 'notDate' }
    : { value };
}

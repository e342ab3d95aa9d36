import { ArrowRightOutlined } from '@ant-design/icons';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../i18n/translate-code.ts';

type Values = Record<string, unknown> | null;

const shownAtFirst = 4;

/** Field by field, before → after, in people's words. */
export function FieldChanges({ before, after }: { before: Values; after: Values }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const fields = listChangedFields(before, after);
  const shown = isOpen ? fields : fields.slice(0, shownAtFirst);
  if (fields.length === 0) return <span className="om-quiet">{t('common.value.none')}</span>;
  return (
    <dl className="om-changes">
      {shown.map((field) => (
        <div key={field}>
          <dt>{translateCode('history.field', field) ?? field}</dt>
          <dd>
            {before && <del title={t('history.changes.before')}>{formatValue(t, field, before[field])}</del>}
            {before && after && <ArrowRightOutlined aria-label="→" />}
            {after && <ins title={t('history.changes.after')}>{formatValue(t, field, after[field])}</ins>}
          </dd>
        </div>
      ))}
      {fields.length > shownAtFirst && (
        <button type="button" className="om-link-button" onClick={() => setOpen(!isOpen)}>
          {isOpen
            ? t('history.changes.less')
            : t('history.changes.more', { count: fields.length - shownAtFirst })}
        </button>
      )}
    </dl>
  );
}

/** Names of the fields worth showing: of a new or removed row those with a value, of a changed row all. */
function listChangedFields(before: Values, after: Values): string[] {
  if (before && after)
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
  return Object.entries(before ?? after ?? {})
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);
}

/** Fields whose values are words of ours. */
const coded: ReadonlySet<string> = new Set(['presence', 'disabledBy', 'mode']);

const statusTexts = { 1: 'activated', 2: 'disabled', 4: 'notActivated', 5: 'left' } as const;
const isKnownStatus = (value: unknown): value is keyof typeof statusTexts =>
  typeof value === 'number' && value in statusTexts;

function formatValue(t: TFunction, field: string, value: unknown): string {
  if (field === 'disabledBy' && value === null) return t('common.value.no');
  if (field === 'parentId' && value === null) return t('common.value.none');
  if (value === null || value === undefined) return t('common.value.notVisible');
  if (value === '' || (Array.isArray(value) && value.length === 0)) return t('common.value.empty');
  if (typeof value === 'boolean') return t(value ? 'common.value.yes' : 'common.value.no');
  if (field === 'status' && isKnownStatus(value)) return t(`org.status.${statusTexts[value]}`);
  if (field === 'gender' && (value === '1' || value === '2'))
    return t(value === '1' ? 'org.member.male' : 'org.member.female');
  if (coded.has(field) && typeof value === 'string')
    return translateCode('history.fieldValue', value) ?? value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ');
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.map((entry) => formatValue(t, '', entry)).join(', ');
  return Object.entries(value)
    .map(([name, entry]) => `${translateCode('history.field', name) ?? name} ${formatValue(t, name, entry)}`)
    .join(', ');
}

import { ArrowRightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../i18n/translate-code.ts';
import { formatFieldValue } from './format-field-value.ts';

type Values = Record<string, unknown> | null;

const shownAtFirst = 4;

interface FieldChangesProps {
  before: Values;
  after: Values;
  /** Whether null means that nothing was set, as in our own settings, rather than that WeCom did not say. */
  isNullUnset?: boolean;
}

/** Field by field, before → after, in people's words. */
export function FieldChanges({ before, after, isNullUnset = false }: FieldChangesProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const fields = listChangedFields(before, after);
  const format = (field: string, value: unknown) =>
    value === null && isNullUnset ? t('common.value.none') : formatFieldValue(t, field, value);
  const shown = isOpen ? fields : fields.slice(0, shownAtFirst);
  if (fields.length === 0) return <span className="om-quiet">{t('common.value.none')}</span>;
  return (
    <div className="om-changes">
      <dl>
        {shown.map((field) => (
          <div key={field}>
            <dt>{translateCode('history.field', field) ?? field}</dt>
            <dd>
              {has(before, field) && (
                <del title={t('history.changes.before')}>{format(field, before[field])}</del>
              )}
              {has(before, field) && has(after, field) && <ArrowRightOutlined aria-label="→" />}
              {has(after, field) && (
                <ins title={t('history.changes.after')}>{format(field, after[field])}</ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {fields.length > shownAtFirst && (
        <button type="button" className="om-link-button" onClick={() => setOpen(!isOpen)}>
          {isOpen
            ? t('history.changes.less')
            : t('history.changes.more', { count: fields.length - shownAtFirst })}
        </button>
      )}
    </div>
  );
}

const has = (values: Values, field: string): values is Record<string, unknown> =>
  values !== null && field in values;

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

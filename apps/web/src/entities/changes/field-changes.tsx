import { ArrowRightOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';
import { useDepartmentNames } from '../departments/use-department-names.ts';
import { type FieldLabels, formatFieldValue, namesDepartment } from './format-field-value.ts';
import { hasField, listChangedFields, type RecordedValues } from './list-changed-fields.ts';

const shownAtFirst = 4;

interface FieldChangesProps {
  before: RecordedValues;
  after: RecordedValues;
  /** Whether null means that nothing was set, as in our own settings, rather than that WeCom did not say. */
  isNullUnset?: boolean;
  /** Whether all of them show at once. */
  isWhole?: boolean;
  /** Names that came with the changes; department names come from the tree otherwise. */
  names?: Pick<FieldLabels, 'getDepartmentName' | 'getMemberName'>;
}

/** Lists the changed fields with labels, before → after. */
export function FieldChanges({
  before,
  after,
  isNullUnset = false,
  isWhole = false,
  names,
}: FieldChangesProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isWhole);
  const fields = listChangedFields(before, after);
  const namesAny = fields.some(
    (field) => namesDepartment(field, before?.[field]) || namesDepartment(field, after?.[field]),
  );
  const getDepartmentName = useDepartmentNames(namesAny && names === undefined);
  const labels = { t, getDepartmentName, ...names };
  const format = (field: string, value: unknown) =>
    value === null && isNullUnset ? t('common.value.none') : formatFieldValue(labels, field, value);
  const shown = isOpen ? fields : fields.slice(0, shownAtFirst);
  if (fields.length === 0) return <span className="om-quiet">{t('common.value.none')}</span>;
  return (
    <div className="om-changes">
      <dl>
        {shown.map((field) => (
          <div key={field}>
            <dt>{nameField(field)}</dt>
            <dd>
              {hasField(before, field) && (
                <del title={t('changes.before')}>{format(field, before[field])}</del>
              )}
              {hasField(before, field) && hasField(after, field) && <ArrowRightOutlined aria-label="→" />}
              {hasField(after, field) && <ins title={t('changes.after')}>{format(field, after[field])}</ins>}
            </dd>
          </div>
        ))}
      </dl>
      {!isWhole && fields.length > shownAtFirst && (
        <button type="button" className="om-link-button" onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('changes.less') : t('changes.more', { count: fields.length - shownAtFirst })}
        </button>
      )}
    </div>
  );
}

/** The audit log has names of its own, which come with its page. */
const nameField = (field: string): string =>
  translateCode('audit.field', field) ?? translateCode('changes.field', field) ?? field;

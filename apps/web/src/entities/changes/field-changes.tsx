import { ArrowRightOutlined } from '@ant-design/icons';
import type { SubjectNames, SyncChange } from '@orgmirror/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translateCode } from '../../i18n/translate-code.ts';
import { useDepartmentNames } from '../departments/use-department-names.ts';
import { formatFieldValue, namesDepartment } from './format-field-value.ts';
import { hasField, listChangedFields, listShownFields, type RecordedValues } from './list-changed-fields.ts';
import { lookUpNames } from './look-up-names.ts';
import { nameField } from './name-field.ts';

const shownAtFirst = 4;

interface FieldChangesProps {
  before: RecordedValues;
  after: RecordedValues;
  /** Whose fields they are; none for those of the audit log, which has names of its own. */
  entity?: SyncChange['entity'];
  /** Whether null means that nothing was set, as in our own settings, rather than that WeCom did not say. */
  isNullUnset?: boolean;
  /** Whether all of them show at once. */
  isWhole?: boolean;
  /** Names that came with the changes; department names come from the tree otherwise. */
  names?: SubjectNames;
}

/** Lists the changed fields with labels, before → after. */
export function FieldChanges({
  before,
  after,
  entity,
  isNullUnset = false,
  isWhole = false,
  names,
}: FieldChangesProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isWhole);
  const fields = listShownFields(entity, before, after);
  const namesAny = fields.some(
    (field) => namesDepartment(field, before?.[field]) || namesDepartment(field, after?.[field]),
  );
  const findInTree = useDepartmentNames(namesAny && names === undefined);
  const labels = { t, entity, ...(names ? lookUpNames(names) : { getDepartmentName: findInTree }) };
  const format = (field: string, value: unknown) =>
    value === null && isNullUnset ? t('common.value.none') : formatFieldValue(labels, field, value);
  const shown = isOpen ? fields : fields.slice(0, shownAtFirst);
  if (fields.length === 0) {
    const isOrderOnly = listChangedFields(before, after).length > 0;
    return <span className="om-quiet">{t(isOrderOnly ? 'changes.orderOnly' : 'common.value.none')}</span>;
  }
  return (
    <div className="om-changes">
      <dl>
        {shown.map((field) => (
          <div key={field}>
            <dt>{entity === undefined ? nameAuditedField(field) : nameField(field, entity)}</dt>
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
const nameAuditedField = (field: string): string =>
  translateCode('audit.field', field) ?? translateCode('changes.field', field) ?? field;

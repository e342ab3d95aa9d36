import type { SyncChange } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { translateCode } from '../../i18n/translate-code.ts';
import type { GetDepartmentName } from '../departments/use-department-names.ts';

/** Fields whose values have translated labels. */
const coded: ReadonlySet<string> = new Set(['presence', 'mode', 'role', 'kind', 'way', 'authScope']);

/** Fields whose values are names of fields. */
const naming: ReadonlySet<string> = new Set(['field', 'fields']);

/** Fields that hold the WeCom id of a department. */
const departmentFields: ReadonlySet<string> = new Set(['parentId', 'mainDepartmentId', 'departmentId']);

/** Fields that hold userids. */
const memberFields: ReadonlySet<string> = new Set(['leaderUserIds', 'directLeaderUserIds']);

/** Whether a value of this field is shown better with the departments' names at hand. */
export const namesDepartment = (field: string, value: unknown): boolean =>
  departmentFields.has(field) && typeof value === 'number';

/** Translations that values are formatted with. */
export interface FieldLabels {
  t: TFunction;
  /** Whose fields they are; none for settings. */
  entity?: SyncChange['entity'] | undefined;
  getDepartmentName: GetDepartmentName;
  /** Of a userid; ids stand for themselves where names are not at hand. */
  getMemberName?: ((userId: string) => string | undefined) | undefined;
}

const statusTexts = { 1: 'activated', 2: 'disabled', 4: 'notActivated', 5: 'left' } as const;
const isKnownStatus = (value: unknown): value is keyof typeof statusTexts =>
  typeof value === 'number' && value in statusTexts;

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const isWeekday = (value: unknown): value is Weekday =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 7;

/** Formats a recorded value for display; null means that it is not visible to the app. */
export function formatFieldValue(labels: FieldLabels, field: string, value: unknown): string {
  const { t, entity, getDepartmentName, getMemberName } = labels;
  if (field === 'disabledBy' && value === null) return t('common.value.no');
  if (field === 'disabledBy' && (value === 'sync' || value === 'admin'))
    return t(`changes.disabledBy.${value}`);
  if (entity === 'department' && field === 'presence' && (value === 'present' || value === 'removed'))
    return t(`changes.departmentPresence.${value}`);
  if (field === 'parentId' && value === null) return t('common.value.none');
  if (value === null || value === undefined) return t('common.value.notVisible');
  if (value === '' || (Array.isArray(value) && value.length === 0)) return t('common.value.empty');
  if (typeof value === 'boolean') return t(value ? 'common.value.yes' : 'common.value.no');
  if (field === 'weekday' && isWeekday(value)) return t(`common.weekday.${value}`);
  if (field === 'status' && isKnownStatus(value)) return t(`org.status.${statusTexts[value]}`);
  if (field === 'gender' && (value === '1' || value === '2'))
    return t(value === '1' ? 'org.member.male' : 'org.member.female');
  if (naming.has(field) && typeof value === 'string') return translateCode('changes.field', value) ?? value;
  if (coded.has(field) && typeof value === 'string')
    return translateCode('changes.fieldValue', value) ?? value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
    return value
      .map((entry) => {
        if (memberFields.has(field)) return getMemberName?.(entry) ?? entry;
        return naming.has(field) ? (translateCode('changes.field', entry) ?? entry) : entry;
      })
      .join(t('common.listSeparator'));
  if (departmentFields.has(field))
    return (typeof value === 'number' ? getDepartmentName(value) : undefined) ?? `#${value}`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return value
      .map((entry) => formatFieldValue(labels, field === 'weekdays' ? 'weekday' : '', entry))
      .join(t('common.listSeparator'));
  return Object.entries(value)
    .map(
      ([name, entry]) =>
        `${translateCode('changes.field', name) ?? name} ${formatFieldValue(labels, name, entry)}`,
    )
    .join(t('common.listSeparator'));
}

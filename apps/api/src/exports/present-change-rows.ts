import { changeTexts, memberStatusTexts, type SyncChange } from '@orgmirror/contracts';
import { presentStatus } from '../directory/members/member-status.ts';
import type { Locale } from '../platform/http/locale.ts';

/** A change as a run stored it; sensitive fields stand in it masked. */
export type StoredChange = SyncChange;

/** What the changes of a page have in common. */
export interface ChangeForm {
  language: Locale;
  /** By WeCom's id. */
  departmentNames: ReadonlyMap<number, string>;
  /** Whether what is held still waits for approval. */
  isWaiting: boolean;
}

type Values = SyncChange['before'];

const departmentFields: ReadonlySet<string> = new Set(['parentId', 'mainDepartmentId', 'departmentId']);
/** Fields whose values have texts. */
const codedFields: ReadonlySet<string> = new Set(['presence', 'role']);

/** A row for each field that changed; one without a field when there is none worth showing. */
export function presentChangeRows(change: StoredChange, form: ChangeForm): string[][] {
  const { entity, kind, key, name, before, after, held } = change;
  const { language } = form;
  const about = [changeTexts.entity[entity][language], changeTexts.kind[kind][language], name, key];
  const heldText = changeTexts.value[held && form.isWaiting ? 'yes' : 'no'][language];
  const fields = listChangedFields(before, after);
  if (fields.length === 0) return [[...about, '', '', '', heldText]];
  const present = (values: Values, field: string) =>
    values !== null && field in values ? presentField(entity, field, values[field], form) : '';
  return fields.map((field) => [
    ...about,
    nameField(entity, field, language),
    present(before, field),
    present(after, field),
    heldText,
  ]);
}

/** The departments that the values name, by WeCom's id. */
export const listDepartmentIds = (changes: readonly StoredChange[]): number[] => {
  const ids = changes.flatMap(({ before, after }) =>
    [before, after].flatMap((values) =>
      Object.entries(values ?? {}).flatMap(([field, value]) =>
        departmentFields.has(field) && typeof value === 'number' ? [value] : [],
      ),
    ),
  );
  return [...new Set(ids)];
};

/** Of a new or removed row those with a value, of a changed row all that differ. */
function listChangedFields(before: Values, after: Values): string[] {
  if (before && after)
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
  return Object.entries(before ?? after ?? {})
    .filter(([, value]) => value !== null && !isEmpty(value))
    .map(([field]) => field);
}

const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** The name of a field, which may be another one for a department. */
const nameField = (entity: StoredChange['entity'], field: string, language: Locale): string =>
  entity === 'department' && Object.hasOwn(changeTexts.departmentField, field)
    ? presentCode(changeTexts.departmentField, field, language)
    : presentCode(changeTexts.field, field, language);

const presentField = (
  entity: StoredChange['entity'],
  field: string,
  value: unknown,
  form: ChangeForm,
): string =>
  entity === 'department' && field === 'presence'
    ? presentCode(changeTexts.departmentPresence, String(value), form.language)
    : presentValue(field, value, form);

/** A value as the console shows it; null means that the app was not given the field. */
function presentValue(field: string, value: unknown, form: ChangeForm): string {
  const { language } = form;
  const { value: values, separator } = changeTexts;
  if (field === 'disabledBy' && value === null) return values.no[language];
  if (field === 'parentId' && value === null) return values.none[language];
  if (value === null || value === undefined) return values.notVisible[language];
  if (isEmpty(value)) return values.empty[language];
  if (typeof value === 'boolean') return values[value ? 'yes' : 'no'][language];
  if (Array.isArray(value))
    return value.map((entry) => presentValue('', entry, form)).join(separator[language]);
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, entry]) =>
        [presentCode(changeTexts.field, name, language), presentValue(name, entry, form)].join(' '),
      )
      .join(separator[language]);
  return presentScalar(field, value, form);
}

function presentScalar(field: string, value: unknown, { language, departmentNames }: ChangeForm): string {
  if (field === 'status' && typeof value === 'number') {
    const status = presentStatus(value);
    return status === 'unknown' ? String(value) : memberStatusTexts[status][language];
  }
  if (field === 'gender') return presentCode(changeTexts.gender, String(value), language);
  if (field === 'disabledBy') return presentCode(changeTexts.disabledBy, String(value), language);
  if (codedFields.has(field)) return presentCode(changeTexts.fieldValue, String(value), language);
  if (departmentFields.has(field)) return departmentNames.get(Number(value)) ?? `#${value}`;
  return String(value);
}

/** The text of a code; one that has none stands for itself. */
const presentCode = (
  texts: Readonly<Record<string, Readonly<Record<Locale, string>>>>,
  code: string,
  language: Locale,
): string => (Object.hasOwn(texts, code) ? texts[code]?.[language] : undefined) ?? code;

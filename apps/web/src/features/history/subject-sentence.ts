import type { SyncChange, SyncSubject } from '@orgmirror/contracts';
import type { TFunction } from 'i18next';
import { type FieldLabels, formatFieldValue } from '../../entities/changes/format-field-value.ts';
import { listChangedFields } from '../../entities/changes/list-changed-fields.ts';
import { nameField } from '../../entities/changes/name-field.ts';

/** Values that say nothing to a person, or that the rest of the sentence says. */
const unspoken: ReadonlySet<string> = new Set([
  'sortOrder',
  'userId',
  'mainDepartmentId',
  'presence',
  'openUserId',
  'parentId',
]);
/** Beyond, a sentence names the fields only. */
const maxValues = 2;
const maxValueLength = 24;

/** What happens to a member or a department, in one sentence. */
export function describeSubject(subject: SyncSubject, labels: FieldLabels): string {
  const parts =
    subject.entity === 'member' ? describeMember(subject, labels) : describeDepartment(subject, labels);
  return parts.length > 0 ? parts.join(' · ') : labels.t('history.sentence.internal');
}

function describeMember({ changes }: SyncSubject, labels: FieldLabels): string[] {
  const { t } = labels;
  const own = changes.find(({ entity }) => entity === 'member');
  const places = changes.filter(({ entity }) => entity === 'membership');
  const left = listPlaces(places, 'remove', labels);
  const joined = listPlaces(places, 'create', labels);
  if (own?.kind === 'remove') return [withPlaces(t, 'leave', left)];
  if (own?.kind === 'create') return [withPlaces(t, 'join', joined)];
  if (own?.kind === 'restore')
    return [withPlaces(t, 'rejoin', joined), ...describeFields(own, labels, ['presence', 'status'])];
  return [
    ...describeMove(left, joined, t),
    ...places.flatMap((place) => describePlaceUpdate(place, labels, left.length + joined.length > 0)),
    ...(own ? describeFields(own, labels) : []),
  ];
}

const withPlaces = (t: TFunction, what: 'leave' | 'join' | 'rejoin', places: string): string =>
  places === '' ? t(`history.sentence.${what}Directory`) : t(`history.sentence.${what}`, { places });

function describeMove(from: string, to: string, t: TFunction): string[] {
  if (from !== '' && to !== '') return [t('history.sentence.move', { from, to })];
  if (to !== '') return [t('history.sentence.added', { places: to })];
  return from === '' ? [] : [t('history.sentence.dropped', { places: from })];
}

/** The departments of the changes of one kind, the main one first and marked. */
function listPlaces(places: readonly SyncChange[], kind: SyncChange['kind'], labels: FieldLabels): string {
  const { t } = labels;
  const found = places.filter((place) => place.kind === kind);
  const isMain = ({ before, after }: SyncChange) => (after ?? before)?.isMain === true;
  return found
    .toSorted((a, b) => Number(isMain(b)) - Number(isMain(a)))
    .map((place) => {
      const name = nameDepartment(place, labels);
      return isMain(place) && found.length > 1 ? t('history.sentence.main', { name }) : name;
    })
    .join(t('common.listSeparator'));
}

function nameDepartment({ key }: SyncChange, { getDepartmentName }: FieldLabels): string {
  const id = key.slice(key.lastIndexOf('/') + 1);
  return getDepartmentName(Number(id)) ?? `#${id}`;
}

/** A new main department is said where no move says it. */
function describePlaceUpdate(change: SyncChange, labels: FieldLabels, isMoved: boolean): string[] {
  if (change.kind !== 'update') return [];
  const { t } = labels;
  const name = nameDepartment(change, labels);
  const { isLeader, isMain } = change.after ?? {};
  return [
    ...(isMain === true && !isMoved ? [t('history.sentence.mainNow', { name })] : []),
    ...(isLeader === true ? [t('history.sentence.leads', { name })] : []),
    ...(isLeader === false ? [t('history.sentence.leadsNoMore', { name })] : []),
  ];
}

function describeDepartment({ changes: [change] }: SyncSubject, labels: FieldLabels): string[] {
  if (change === undefined) return [];
  const { t } = labels;
  const nameParent = (values: SyncChange['before']) =>
    typeof values?.parentId === 'number'
      ? formatFieldValue(labels, 'parentId', values.parentId)
      : t('history.sentence.top');
  const parent = nameParent(change.after);
  const movedTo = change.after && 'parentId' in change.after ? parent : null;
  switch (change.kind) {
    case 'create':
      return [
        typeof change.after?.parentId === 'number'
          ? t('history.sentence.departmentCreate', { parent })
          : t('history.sentence.departmentCreateTop'),
      ];
    case 'remove':
      return [t('history.sentence.departmentRemove')];
    case 'restore':
      return [
        movedTo === null
          ? t('history.sentence.departmentBack')
          : t('history.sentence.departmentBackTo', { parent: movedTo }),
        ...describeFields(change, labels),
      ];
    case 'move':
      return [
        t('history.sentence.departmentMove', { from: nameParent(change.before), to: parent }),
        ...describeFields(change, labels),
      ];
    case 'update':
      return describeFields(change, labels);
  }
}

/** "Position: A → B", or which fields changed where there are many or long ones. */
function describeFields(
  { entity, before, after }: SyncChange,
  labels: FieldLabels,
  toldElsewhere: readonly string[] = [],
): string[] {
  const { t } = labels;
  const changed = listChangedFields(before, after);
  const spoken = changed.filter((field) => !unspoken.has(field) && !toldElsewhere.includes(field));
  const fields = spoken.includes('status') ? spoken.filter((field) => field !== 'disabledBy') : spoken;
  if (fields.length === 0) return [];
  const name = (field: string) => nameField(field, entity);
  const values = fields.map((field) => ({
    field: name(field),
    from: formatFieldValue(labels, field, before?.[field]),
    to: formatFieldValue(labels, field, after?.[field]),
  }));
  const isShort = ({ from, to }: { from: string; to: string }) =>
    from.length <= maxValueLength && to.length <= maxValueLength;
  if (values.length <= maxValues && values.every(isShort))
    return values.map((value) => t('history.sentence.value', value));
  return [t('history.sentence.fields', { fields: fields.map(name).join(t('common.listSeparator')) })];
}

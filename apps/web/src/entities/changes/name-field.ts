import type { SyncChange } from '@orgmirror/contracts';
import { translateCode } from '../../i18n/translate-code.ts';

/** What a recorded field is called, by whose it is; one that this release does not know stands for itself. */
export const nameField = (field: string, entity: SyncChange['entity']): string =>
  (entity === 'department' ? translateCode('changes.departmentField', field) : undefined) ??
  translateCode('changes.field', field) ??
  field;

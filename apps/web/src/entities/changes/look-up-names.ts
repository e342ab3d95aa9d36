import type { SubjectNames } from '@orgmirror/contracts';
import type { FieldLabels } from './format-field-value.ts';

/** Finds the names that came with changes. */
export const lookUpNames = ({ departments, members }: SubjectNames) =>
  ({
    getDepartmentName: (id) => departments[String(id)],
    getMemberName: (userId) => members[userId.toLowerCase()],
  }) satisfies Partial<FieldLabels>;

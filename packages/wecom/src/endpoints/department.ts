import { z } from 'zod';
import { createObjectReader, readInteger, readList, readString } from '../field-readers.ts';
import { requiredPositiveInteger } from './fields.ts';

/**
 * A department as department/list and department/get return it (document/path/90344 and 36260).
 * A field that is absent was not visible to this app. Fields that are not listed here are kept as they came.
 */
export interface WecomDepartment {
  /** From 1 (the root) up; documented as 32-bit, larger ones occur. */
  readonly id: number;
  readonly name?: string;
  /** Only when the company switched multi-language names on. */
  readonly name_en?: string;
  /** Userids of the leaders, only those in the app's visible range; may name users that no list returns. */
  readonly department_leader?: readonly string[];
  /** 0 for the root; may name a department that is not in the answer when the visible range is partial. */
  readonly parentid?: number;
  /** 0 … 2^32-1; a larger one comes earlier among its siblings, ties are undefined. */
  readonly order?: number;
}

/** What every department must have; the rest is read field by field, and apps of agencies get no names. */
export const departmentAnswer = z.looseObject({ id: requiredPositiveInteger });

/** Reads a department whose required fields `departmentAnswer` has proven. */
export const readDepartment = createObjectReader<WecomDepartment>({
  id: readInteger,
  name: readString,
  name_en: readString,
  department_leader: readList(readString),
  parentid: readInteger,
  order: readInteger,
});

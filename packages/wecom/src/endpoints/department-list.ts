import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { departmentAnswer, readDepartment, type WecomDepartment } from './department.ts';

const answer = z.looseObject({ department: z.array(departmentAnswer) });

/**
 * GET department/list: a department with all its descendants; without `id` everything the app may see. No
 * paging. Source: document/path/90344.
 */
export const departmentList: Endpoint<
  { readonly id?: number | undefined },
  z.output<typeof answer>,
  WecomDepartment[]
> = {
  method: 'GET',
  path: 'department/list',
  needsToken: true,
  query: ({ id }) => ({ id }),
  answer,
  read: ({ department }, onUnexpectedField) =>
    department.map((element) => readDepartment(element, onUnexpectedField)),
};

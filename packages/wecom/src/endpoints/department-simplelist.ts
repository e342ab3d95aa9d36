import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { departmentAnswer, readDepartmentId, type WecomDepartmentId } from './department.ts';

const answer = z.looseObject({ department_id: z.array(departmentAnswer) });

/**
 * GET department/simplelist: ids, parents and order of a department with all its descendants; without `id`
 * everything the caller may see. Source: document/path/36259.
 */
export const departmentSimplelist: Endpoint<
  { readonly id?: number | undefined },
  z.output<typeof answer>,
  WecomDepartmentId[]
> = {
  method: 'GET',
  path: 'department/simplelist',
  needsToken: true,
  query: ({ id }) => ({ id }),
  answer,
  read: (body, note) => body.department_id.map((element) => readDepartmentId(element, note)),
};

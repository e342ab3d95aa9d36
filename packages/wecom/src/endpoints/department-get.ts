import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { departmentAnswer, readDepartment, type WecomDepartment } from './department.ts';

const answer = z.looseObject({ department: departmentAnswer });

/** GET department/get: one department. Source: document/path/36260. */
export const departmentGet: Endpoint<{ readonly id: number }, z.output<typeof answer>, WecomDepartment> = {
  method: 'GET',
  path: 'department/get',
  needsToken: true,
  query: ({ id }) => ({ id }),
  answer,
  read: ({ department }, onUnexpectedField) => readDepartment(department, onUnexpectedField),
};

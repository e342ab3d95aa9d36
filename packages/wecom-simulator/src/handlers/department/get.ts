import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';
import { presentDepartment, readVisibleDepartment } from './read-departments.ts';

/** GET department/get. */
export const departmentGet: AppEndpoint = {
  path: 'department/get',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: {},
  answer(request) {
    const id = readInteger(request.query, 'id', 41019, 60123);
    return { department: presentDepartment(readVisibleDepartment(request, id), request.view) };
  },
};

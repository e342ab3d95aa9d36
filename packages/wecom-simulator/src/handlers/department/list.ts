import type { AppEndpoint } from '../endpoint.ts';
import { presentDepartment, readRequestedDepartments } from './read-departments.ts';

/** GET department/list. */
export const departmentList: AppEndpoint = {
  path: 'department/list',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { department: [] },
  answer: (request) => ({
    department: readRequestedDepartments(request).map((department) =>
      presentDepartment(department, request.view),
    ),
  }),
};

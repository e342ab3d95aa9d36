import type { AppEndpoint } from '../endpoint.ts';
import { presentDepartmentId, readRequestedDepartments } from './read-departments.ts';

/** GET department/simplelist: ids only, so rule B leaves it open to the contact-sync assistant. */
export const departmentSimplelist: AppEndpoint = {
  path: 'department/simplelist',
  method: 'GET',
  access: 'contacts',
  emptyOnFailure: { department_id: [] },
  answer: (request) => ({ department_id: readRequestedDepartments(request).map(presentDepartmentId) }),
};

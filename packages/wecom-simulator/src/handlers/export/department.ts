import { presentDepartment } from '../department/read-departments.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { submitExport } from './submit-export.ts';

const path = 'export/department';

/** POST export/department: what department/list gives. */
export const exportDepartment: AppEndpoint = {
  path,
  method: 'POST',
  access: 'contactDetails',
  emptyOnFailure: {},
  answer: (request) =>
    submitExport(request, path, 'department', [...request.view.departments()], (department) =>
      presentDepartment(department, request.view),
    ),
};

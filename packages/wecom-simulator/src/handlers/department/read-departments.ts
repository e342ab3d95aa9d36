import type { Department } from '../../corp/corp.ts';
import { collectSubtree, type VisibleView } from '../../corp/visible-scope.ts';
import { VendorError } from '../../vendor-errors.ts';
import type { AppRequest } from '../endpoint.ts';
import { readOptionalInteger } from '../read-parameters.ts';

/** Finds a department that the app may see: 60003 when it does not exist, 60011 when it is out of scope. */
export function readVisibleDepartment({ state, view }: AppRequest, id: number): Department {
  const department = state.corp.departments.get(id);
  if (department === undefined) throw new VendorError(60003);
  if (!view.sees(id)) throw new VendorError(60011);
  return department;
}

/** Without `id` everything visible; with `id` that department and everything below it. */
export function readRequestedDepartments(request: AppRequest): Department[] {
  const id = readOptionalInteger(request.query, 'id', 60123);
  if (id === undefined) return [...request.view.departments()];
  readVisibleDepartment(request, id);
  const { departments } = request.state.corp;
  return [...collectSubtree(request.state.corp, id)].flatMap((below) => departments.get(below) ?? []);
}

/** A department as department/list and department/get show it: leaders are only those the app may see. */
export function presentDepartment(department: Department, view: VisibleView): Record<string, unknown> {
  const { id, name, name_en, parentid, order, leaders, wireOverride } = department;
  return {
    id,
    name,
    ...(name_en === undefined ? {} : { name_en }),
    department_leader: view.keepVisibleUserids(leaders),
    parentid,
    order,
    ...wireOverride,
  };
}

/** A department as department/simplelist shows it. */
export function presentDepartmentId(department: Department): Record<string, unknown> {
  return { id: department.id, parentid: department.parentid, order: department.order };
}

import type { Member } from '../../corp/corp.ts';
import { VendorError } from '../../vendor-errors.ts';
import { readVisibleDepartment } from '../department/read-departments.ts';
import type { AppRequest } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';

/** The direct members of the department that the call names; 45029 when they are too many for one answer. */
export function listDirectMembers(request: AppRequest): Member[] {
  const { corp, settings } = request.state;
  const { id } = readVisibleDepartment(request, readInteger(request.query, 'department_id', 41019, 60123));
  const members = [...corp.membersOf(id)];
  if (members.length > (settings.membersPerAnswer ?? members.length)) throw new VendorError(45029);
  return members;
}

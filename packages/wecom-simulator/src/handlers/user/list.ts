import { readVisibleDepartment } from '../department/read-departments.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';
import { presentListedMember } from './present-member.ts';

/**
 * GET user/list: direct members of one department; `fetch_child` is no longer on the vendor's page and
 * ignored.
 */
export const userList: AppEndpoint = {
  path: 'user/list',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { userlist: [] },
  answer(request) {
    const { state, app, view, query } = request;
    const { id } = readVisibleDepartment(request, readInteger(query, 'department_id', 41019, 60123));
    return {
      userlist: [...state.corp.membersOf(id)].map((member) => presentListedMember(member, app, view)),
    };
  },
};

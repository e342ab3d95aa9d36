import { readVisibleDepartment } from '../department/read-departments.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';

/** GET user/simplelist: direct members of one department, names only. */
export const userSimplelist: AppEndpoint = {
  path: 'user/simplelist',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { userlist: [] },
  answer(request) {
    const { state, view, query } = request;
    const { id } = readVisibleDepartment(request, readInteger(query, 'department_id', 41019, 60123));
    return {
      userlist: [...state.corp.membersOf(id)].map((member) => ({
        userid: member.userid,
        name: member.name,
        department: member.memberships.map((held) => held.departmentId).filter(view.sees),
        open_userid: '',
      })),
    };
  },
};

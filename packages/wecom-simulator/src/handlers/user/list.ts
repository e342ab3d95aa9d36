import { readVisibleDepartment } from '../department/read-departments.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';
import { presentMember } from './present-member.ts';

/** GET user/list: direct members of one department; `fetch_child` is gone from the vendor's page and ignored. */
export const userList: AppEndpoint = {
  path: 'user/list',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { userlist: [] },
  answer(request) {
    const { state, app, view, query } = request;
    const { id } = readVisibleDepartment(request, readInteger(query, 'department_id', 41019, 60123));
    // english_name and hide_mobile are remnants that only samples of old apps show.
    const presentOld = (member: Parameters<typeof presentMember>[0]) => ({
      ...presentMember(member, app, view),
      english_name: member.extras?.english_name ?? '',
      hide_mobile: 0,
    });
    const present = app.createdAfter20220620
      ? (member: Parameters<typeof presentMember>[0]) => presentMember(member, app, view)
      : presentOld;
    return { userlist: [...state.corp.membersOf(id)].map(present) };
  },
};

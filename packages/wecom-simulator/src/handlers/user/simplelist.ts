import type { AppEndpoint } from '../endpoint.ts';
import { listDirectMembers } from './list-direct-members.ts';

/** GET user/simplelist: direct members of one department, names only. */
export const userSimplelist: AppEndpoint = {
  path: 'user/simplelist',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { userlist: [] },
  answer(request) {
    const { view } = request;
    return {
      userlist: listDirectMembers(request).map((member) => ({
        userid: member.userid,
        name: member.name,
        department: member.memberships.map((held) => held.departmentId).filter(view.sees),
        open_userid: '',
      })),
    };
  },
};

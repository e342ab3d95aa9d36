import type { AppEndpoint } from '../endpoint.ts';
import { listDirectMembers } from './list-direct-members.ts';
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
    const { app, view } = request;
    return { userlist: listDirectMembers(request).map((member) => presentListedMember(member, app, view)) };
  },
};

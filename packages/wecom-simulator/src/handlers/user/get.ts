import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readText } from '../read-parameters.ts';
import { presentMember } from './present-member.ts';

/** GET user/get: userid without case; unknown and out of scope look alike (60111). */
export const userGet: AppEndpoint = {
  path: 'user/get',
  method: 'GET',
  access: 'contactDetails',
  emptyOnFailure: { department: [], order: [], is_leader_in_dept: [], direct_leader: [] },
  answer({ state, app, view, query }) {
    const member = state.corp.findMember(readText(query, 'userid', 41009));
    if (member === undefined || !view.seesMember(member)) throw new VendorError(60111);
    return presentMember(member, app, view);
  },
};

import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';

/** GET tag/get: the tag's members and departments as far as the app may see them. */
export const tagGet: AppEndpoint = {
  path: 'tag/get',
  method: 'GET',
  access: 'contacts',
  emptyOnFailure: { userlist: [], partylist: [] },
  answer({ state, view, query }) {
    const tag = state.corp.tags.get(readInteger(query, 'tagid', 41017, 40068));
    if (tag === undefined) throw new VendorError(40068);
    return {
      tagname: tag.tagname,
      userlist: view.keepVisibleUserids(tag.userids).map((userid) => {
        const member = state.corp.findMember(userid);
        return { userid: member?.userid ?? userid, name: member?.name ?? '' };
      }),
      partylist: tag.partyIds.filter(view.sees),
    };
  },
};

import type { AppEndpoint } from '../endpoint.ts';
import { presentListedMember } from '../user/present-member.ts';
import { submitExport } from './submit-export.ts';

const path = 'export/user';

/** POST export/user: every member that user/list returns for some visible department, once. */
export const exportUser: AppEndpoint = {
  path,
  method: 'POST',
  access: 'contactDetails',
  emptyOnFailure: {},
  answer(request) {
    const { state, app, view } = request;
    const listed = [...state.corp.members.values()].filter(({ memberships }) =>
      memberships.some(({ departmentId }) => view.sees(departmentId)),
    );
    return submitExport(request, path, 'userlist', listed, (member) =>
      presentListedMember(member, app, view),
    );
  },
};

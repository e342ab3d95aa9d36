import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { requiredPositiveInteger, requiredUserid } from './fields.ts';

/** A tag: its name, its visible members and the departments in it (their members are not expanded). */
export interface WecomTag {
  readonly tagname: string;
  readonly userlist: readonly { readonly userid: string }[];
  readonly partylist: readonly number[];
}

const answer = z.looseObject({
  tagname: z.string(),
  userlist: z.array(z.looseObject({ userid: requiredUserid })),
  partylist: z.array(requiredPositiveInteger),
});

/** GET tag/get: members and departments of a tag, only those in the app's visible range; no paging. */
export const tagGet: Endpoint<{ readonly tagid: number }, z.output<typeof answer>, WecomTag> = {
  method: 'GET',
  path: 'tag/get',
  needsToken: true,
  query: ({ tagid }) => ({ tagid }),
  answer,
  read: ({ tagname, userlist, partylist }) => ({
    tagname,
    userlist: userlist.map(({ userid }) => ({ userid })),
    partylist,
  }),
};

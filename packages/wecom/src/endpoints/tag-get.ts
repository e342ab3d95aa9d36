import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { requiredPositiveInteger, requiredUserid } from './fields.ts';

/** A tag: its visible members and the departments in it (their members are not expanded). */
export interface WecomTag {
  readonly userlist: readonly { readonly userid: string }[];
  readonly partylist: readonly number[];
}

const answer = z.looseObject({
  userlist: z.array(z.looseObject({ userid: requiredUserid })).nullable(),
  partylist: z.array(requiredPositiveInteger).nullable(),
});

/**
 * GET tag/get: members and departments of a tag, only those in the app's visible range; no paging. A null
 * list reads as empty.
 */
export const tagGet: Endpoint<{ readonly tagid: number }, z.output<typeof answer>, WecomTag> = {
  method: 'GET',
  path: 'tag/get',
  needsToken: true,
  query: ({ tagid }) => ({ tagid }),
  answer,
  read: ({ userlist, partylist }) => ({
    userlist: (userlist ?? []).map(({ userid }) => ({ userid })),
    partylist: partylist ?? [],
  }),
};

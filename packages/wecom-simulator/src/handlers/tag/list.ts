import type { AppEndpoint } from '../endpoint.ts';

/** GET tag/list: a self-built app sees all tags of the corp. */
export const tagList: AppEndpoint = {
  path: 'tag/list',
  method: 'GET',
  access: 'contacts',
  emptyOnFailure: { taglist: [] },
  answer: ({ state }) => ({
    taglist: [...state.corp.tags.values()].map(({ tagid, tagname }) => ({ tagid, tagname })),
  }),
};

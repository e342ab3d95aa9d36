import type { AppEndpoint } from '../endpoint.ts';

/** GET agent/list: the token's own app, and no other. */
export const agentList: AppEndpoint = {
  path: 'agent/list',
  method: 'GET',
  access: 'app',
  emptyOnFailure: { agentlist: [] },
  answer: ({ app }) => ({
    agentlist: [{ agentid: app.agentid, name: app.name, square_logo_url: app.logoUrl }],
  }),
};

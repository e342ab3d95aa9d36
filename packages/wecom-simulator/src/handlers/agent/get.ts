import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint } from '../endpoint.ts';
import { readInteger } from '../read-parameters.ts';

/**
 * GET agent/get: only the token's own app. 40056 for an agentid that is no integer or that the corp does not
 * have,
 * 301002 for another app of the corp. A disabled app is still answered, with close 1.
 */
export const agentGet: AppEndpoint = {
  path: 'agent/get',
  method: 'GET',
  access: 'app',
  emptyOnFailure: {},
  answer({ state, app, query }) {
    const agentid = readInteger(query, 'agentid', 41011, 40056);
    if (!state.apps.some((candidate) => candidate.agentid === agentid)) throw new VendorError(40056);
    if (agentid !== app.agentid) throw new VendorError(301002);
    return {
      agentid,
      name: app.name,
      square_logo_url: app.logoUrl,
      description: app.description,
      allow_userinfos: { user: app.scope.userids.map((userid) => ({ userid })) },
      allow_partys: { partyid: app.scope.partyIds },
      allow_tags: { tagid: app.scope.tagIds },
      close: app.enabled ? 0 : 1,
      redirect_domain: app.trustedDomain,
      report_location_flag: 0,
      isreportenter: 0,
      home_url: app.homeUrl,
    };
  },
};

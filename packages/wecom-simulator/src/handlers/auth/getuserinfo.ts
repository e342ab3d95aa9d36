import type { SimulatorApp } from '../../apps.ts';
import type { CodeGrant, SignInIdentity } from '../../sign-in-service.ts';
import { VendorError } from '../../vendor-errors.ts';
import type { AppEndpoint, AppRequest } from '../endpoint.ts';
import { readText } from '../read-parameters.ts';

function checkCodeIsForApp(grant: CodeGrant, app: SimulatorApp): void {
  if (grant.redirectHost !== app.trustedDomain) throw new VendorError(50001);
  if (grant.agentid !== undefined && grant.agentid !== app.agentid) throw new VendorError(40029);
}

function createTicket({ state, app, view }: AppRequest, grant: CodeGrant, userid: string): object {
  const member = state.corp.findMember(userid);
  const mayHaveTicket = member !== undefined && view.seesMember(member) && grant.agentid !== undefined;
  if (grant.agreedFields === undefined || !mayHaveTicket) return {};
  const { agreedFields } = grant;
  return { user_ticket: state.signIns.createTicket({ userid, agentid: app.agentid, agreedFields }) };
}

function presentExternalIdentity(
  identity: Exclude<SignInIdentity, { kind: 'member' }>,
): Record<string, unknown> {
  if (identity.kind === 'linkedCorp') return { userid: identity.id };
  const { openid, external_userid } = identity;
  return external_userid === undefined ? { openid } : { openid, external_userid };
}

/**
 * GET auth/getuserinfo: the identity behind a code, also a member outside the visible scope.
 * 40029 for a used, made-up or other app's code, 42003 for one older than five minutes, 50001 when it was
 * issued for another domain than the app's trusted one.
 */
export const authGetuserinfo: AppEndpoint = {
  path: 'auth/getuserinfo',
  method: 'GET',
  access: 'signIn',
  emptyOnFailure: {},
  answer(request) {
    const claimed = request.state.signIns.useCode(readText(request.query, 'code', 41008));
    if (claimed.kind !== 'ok') throw new VendorError(claimed.kind === 'expired' ? 42003 : 40029);
    checkCodeIsForApp(claimed.grant, request.app);
    const { identity } = claimed.grant;
    if (identity.kind !== 'member') return presentExternalIdentity(identity);
    return { userid: identity.userid, ...createTicket(request, claimed.grant, identity.userid) };
  },
};

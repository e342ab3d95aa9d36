import { VendorError } from '../vendor-errors.ts';
import type { EndpointRequest, OpenEndpoint } from './endpoint.ts';
import { readText } from './read-parameters.ts';

function rejectWrongCredential({ state, ip }: EndpointRequest, errcode: number): never {
  state.limits.wrongSecrets.countOver(ip, state.settings.wrongSecretsPerHour);
  throw new VendorError(errcode);
}

/**
 * GET gettoken: the secret is checked before the corpid; too many wrong ones block the address for an hour.
 */
export const gettoken: OpenEndpoint = {
  path: 'gettoken',
  method: 'GET',
  access: 'open',
  emptyOnFailure: {},
  answer(request) {
    const { state, query, ip } = request;
    if (state.limits.wrongSecrets.isBlocked(ip)) throw new VendorError(45009);
    const secret = readText(query, 'corpsecret', 41004);
    const corpid = readText(query, 'corpid', 41002);
    if (corpid !== state.corpid) rejectWrongCredential(request, 40013);
    const app = state.apps.find((candidate) => candidate.secret === secret);
    if (app === undefined) return rejectWrongCredential(request, 40001);
    const isTrusted = app.trustedIps === null || app.trustedIps.includes(ip);
    if (state.settings.gettokenChecksIp && !isTrusted) throw new VendorError(60020);
    const { token, expiresInSeconds } = state.tokens.issue(app, state.settings);
    state.stats.countToken();
    return { access_token: token, expires_in: expiresInSeconds };
  },
};

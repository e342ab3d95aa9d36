import type { SimulatorApp } from './apps.ts';
import { rootDepartmentId, type VisibleScope } from './corp/visible-scope.ts';
import type { AppEndpoint, Endpoint, EndpointRequest } from './handlers/endpoint.ts';
import { formatErrmsg, VendorError } from './vendor-errors.ts';

const wholeCorp: VisibleScope = { partyIds: [rootDepartmentId], userids: [], tagIds: [] };

function findCaller({ state, query }: EndpointRequest): SimulatorApp {
  const token = query.get('access_token');
  // A token in a header or in the body does not count: the real server answers 41001 then.
  if (token === undefined || token === '') throw new VendorError(41001);
  const found = state.tokens.look(token);
  if (found.kind === 'expired') throw new VendorError(42001);
  if (found.kind === 'unknown') throw new VendorError(40014);
  return found.app;
}

function checkLimits({ state }: EndpointRequest, path: string): void {
  if (state.stats.parallelOf(path) > state.settings.parallelCalls) throw new VendorError(45033);
  if (state.limits.calls.countOver(path, state.settings.callsPerMinute)) throw new VendorError(45009);
}

function checkRights(endpoint: AppEndpoint, app: SimulatorApp, ip: string): void {
  if (endpoint.access === 'anyToken') return;
  if (app.kind === 'contactSync') {
    if (endpoint.access === 'app' || endpoint.access === 'signIn') throw new VendorError(48002);
    if (endpoint.access === 'contactDetails' && !app.oldIps.includes(ip)) throw new VendorError(48009);
  }
  if (endpoint.access === 'app') return;
  if (!app.enabled) throw new VendorError(50003);
  if (endpoint.access !== 'signIn' && !app.hasContactRights) throw new VendorError(48002);
}

function answerForApp(endpoint: AppEndpoint, request: EndpointRequest): Record<string, unknown> {
  const app = findCaller(request);
  checkLimits(request, endpoint.path);
  if (app.trustedIps !== null && !app.trustedIps.includes(request.ip)) throw new VendorError(60020);
  checkRights(endpoint, app, request.ip);
  const view = request.state.viewScope(app.kind === 'contactSync' ? wholeCorp : app.scope);
  return endpoint.answer({ ...request, app, view });
}

/** The body of a failure: errcode, errmsg with a fresh hint, and the endpoint's empty arrays. */
export function buildFailureBody(
  endpoint: Endpoint,
  { state, ip }: EndpointRequest,
  errcode: number,
): Record<string, unknown> {
  const milliseconds = String(state.now()).padStart(13, '0');
  const hint = `${milliseconds}${state.createText(20).replace(/\D/g, '').padEnd(12, '7').slice(0, 12)}`;
  return { errcode, errmsg: formatErrmsg(errcode, hint, ip), ...endpoint.emptyOnFailure };
}

/**
 * Answers one call as the real server would, faults aside. Order of the checks: token, limits, trusted IP,
 * rights of the caller, parameters, scope. Never throws for anything that a caller can do wrong.
 */
export function answerCall(endpoint: Endpoint, request: EndpointRequest): Record<string, unknown> {
  try {
    const answer = endpoint.access === 'open' ? endpoint.answer(request) : answerForApp(endpoint, request);
    return { errcode: 0, errmsg: 'ok', ...answer };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return buildFailureBody(endpoint, request, error.errcode);
  }
}

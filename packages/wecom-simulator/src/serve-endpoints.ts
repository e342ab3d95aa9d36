import express, { type Request, type Response, type Router } from 'express';
import { answerCall, buildFailureBody } from './answer-call.ts';
import { sendBody, sendWithFault } from './apply-fault.ts';
import { allEndpoints } from './handlers/all-endpoints.ts';
import type { Endpoint, EndpointRequest } from './handlers/endpoint.ts';
import type { SimulatorState } from './simulator-state.ts';

function readQuery(request: Request): Map<string, string> {
  const url = new URL(request.originalUrl, 'http://simulator.invalid');
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!query.has(name)) query.set(name, value);
  }
  return query;
}

function readJsonBody(request: Request): Record<string, unknown> {
  if (typeof request.body !== 'string') return {};
  try {
    const parsed: unknown = JSON.parse(request.body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch (error) {
    // The real server accepts malformed JSON in part; the missing parameter is then what it refuses.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function readIp(state: SimulatorState, request: Request): string {
  const socketIp = request.socket.remoteAddress ?? '';
  return state.settings.egressIp ?? socketIp.replace(/^::ffff:/, '');
}

function readDepartmentId(query: ReadonlyMap<string, string>): number | undefined {
  const text = query.get('department_id') ?? query.get('id');
  return text === undefined ? undefined : Number(text);
}

async function serveCall(endpoint: Endpoint, call: EndpointRequest, response: Response): Promise<void> {
  const { state } = call;
  const effect = state.faults.take({ endpoint: endpoint.path, departmentId: readDepartmentId(call.query) });
  if (state.settings.latencyMs > 0) await state.sleep(state.settings.latencyMs);
  if (effect?.kind === 'delay') await state.sleep(effect.delayMs);
  if (effect?.kind === 'hold') await state.faults.cleared();
  const body =
    effect?.kind === 'errcode'
      ? buildFailureBody(endpoint, call, effect.errcode)
      : effect?.kind === 'emptySuccess'
        ? { errcode: 0, errmsg: 'ok', ...endpoint.emptyOnFailure }
        : answerCall(endpoint, effect?.kind === 'exportFlaw' ? { ...call, exportFlaw: effect.flaw } : call);
  state.stats.countErrcode(endpoint.path, Number(body.errcode));
  if (effect === undefined) sendBody(response, body);
  else sendWithFault(response, body, effect);
}

/**
 * Routes for every vendor endpoint below /cgi-bin; a known path called with the wrong method is a 404 as
 * well.
 */
export function serveEndpoints(state: SimulatorState): Router {
  const router = express.Router();
  router.use(express.text({ type: () => true, limit: '4mb' }));
  for (const endpoint of allEndpoints) {
    router[endpoint.method === 'GET' ? 'get' : 'post'](`/${endpoint.path}`, async (request, response) => {
      state.stats.start(endpoint.path);
      response.once('close', () => state.stats.end(endpoint.path));
      const query = readQuery(request);
      await serveCall(
        endpoint,
        {
          state,
          query,
          body: readJsonBody(request),
          ip: readIp(state, request),
          origin: `http://${request.headers.host}`,
          exportFlaw: undefined,
        },
        response,
      );
    });
  }
  return router;
}

import express, { type Request, type Response, type Router } from 'express';
import { ZodError, z } from 'zod';
import type { SimulatorState } from '../simulator-state.ts';
import { VendorError } from '../vendor-errors.ts';
import type { ControlAction } from './action.ts';
import { corpActions } from './corp-actions.ts';
import { serverActions } from './server-actions.ts';

const actions = new Map<string, ControlAction>(Object.entries({ ...corpActions, ...serverActions }));

const views: Readonly<Record<string, (state: SimulatorState) => unknown>> = {
  stats: ({ stats }) => stats.snapshot(),
  faults: ({ faults }) => faults.list(),
  apps: ({ apps }) => apps,
  settings: ({ settings }) => settings,
  messages: ({ outbox }) => outbox.messages,
  callbacks: ({ callbacks }) => ({ addresses: callbacks.addresses(), ...callbacks.stats() }),
  corp: ({ corpid, corp }) => ({
    corpid,
    departments: corp.departments.size,
    members: corp.members.size,
    tags: corp.tags.size,
  }),
};

/** What went wrong with a control call, in words for the demo page and for JSON callers. */
function describeProblem(error: unknown): string {
  if (error instanceof VendorError) return `${error.errcode} ${error.message}`;
  if (error instanceof ZodError) return z.prettifyError(error);
  throw error;
}

/** Form fields that were left empty count as not sent; `department` only says which page to go back to. */
function readForm(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => value !== '' && name !== 'department'),
  );
}

function goBack(
  response: Response,
  body: Readonly<Record<string, unknown>>,
  outcome: [string, string],
): void {
  const query = new URLSearchParams([outcome]);
  if (typeof body.department === 'string') query.set('department', body.department);
  response.redirect(303, `/?${query}`);
}

async function perform(
  state: SimulatorState,
  action: ControlAction,
  request: Request,
  response: Response,
): Promise<void> {
  const isForm = request.is('urlencoded') !== false;
  const body: Readonly<Record<string, unknown>> = { ...request.body };
  try {
    const result = await action.perform(state, isForm ? readForm(body) : body);
    if (isForm) goBack(response, body, ['done', String(request.params.action)]);
    else response.json({ ok: true, result: result ?? null });
  } catch (error) {
    const problem = describeProblem(error);
    if (isForm) goBack(response, body, ['problem', problem]);
    else response.status(400).json({ ok: false, problem });
  }
}

/**
 * Routes below /simulator: GET shows stats, faults, apps, settings, messages, corp; POST performs an action, as JSON
 * (200 or 400) or from a form (303 back to the demo page). A page of another site may not post here.
 */
export function serveControl(state: SimulatorState): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    if (request.get('Sec-Fetch-Site') === 'cross-site') response.status(403).send('cross-site');
    else next();
  });
  router.use(express.json({ limit: '4mb' }), express.urlencoded({ extended: false }));
  for (const [name, view] of Object.entries(views)) {
    router.get(`/${name}`, (_request, response) => void response.json(view(state)));
  }
  router.post('/:action', async (request, response, next) => {
    const action = actions.get(request.params.action);
    if (action === undefined) next();
    else await perform(state, action, request, response);
  });
  return router;
}

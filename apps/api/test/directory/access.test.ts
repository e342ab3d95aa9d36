import { type Endpoint, endpoints, type Problem, type Role } from '@orgmirror/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { createAccount } from '../support/create-account.ts';
import { startTestServer, type TestServer } from '../support/start-test-server.ts';

const callers = ['nobody', 'admin', 'auditor', 'member'] as const;
type Caller = (typeof callers)[number];

const documents: Endpoint[] = ['/openapi.json', '/docs'].map((path) => ({
  method: 'get',
  path,
  summary: 'Get the description of the API',
  description: 'Generated from the contracts.',
  access: 'signedIn',
  answer: { status: 200, schema: null },
}));
const all = [...Object.values<Endpoint>(endpoints), ...documents];
const titleOf = ({ method, path }: Endpoint) => `${method.toUpperCase()} ${path}`;

let server: TestServer;
let clients: Record<Caller, ApiClient>;
beforeAll(async () => {
  server = await startTestServer();
  clients = {
    nobody: server.anonymous(),
    admin: await createAccount(server, 'admin'),
    auditor: await createAccount(server, 'auditor'),
    member: await createAccount(server, 'member'),
  };
});
afterAll(() => server.stop());

function isAllowed(caller: Caller, { access }: Endpoint): boolean {
  if (access === 'anyone') return true;
  if (caller === 'nobody') return false;
  return access === 'signedIn' || access.includes(caller satisfies Role);
}

describe.each(all)('$method $path', (endpoint) => {
  const path = endpoint.path
    .replace(':id', '0190b3b0-0000-7000-8000-000000000000')
    .replace(':wecomUserId', 'x')
    .replace(':source', 'app');
  const send = (caller: Caller) =>
    clients[caller].request(endpoint.method.toUpperCase(), path, endpoint.body ? { body: {} } : {});

  it.each(callers.filter((caller) => !isAllowed(caller, endpoint)))(
    `refuses %s at ${titleOf(endpoint)}`,
    async (caller) => {
      const { status, body } = await send(caller);
      expect({ status, code: (body as Problem).code }).toEqual(
        caller === 'nobody'
          ? { status: 401, code: 'session.required' }
          : { status: 403, code: 'permission.denied' },
      );
    },
  );

  it.each(callers.filter((caller) => isAllowed(caller, endpoint)))(
    `lets %s through at ${titleOf(endpoint)}`,
    async (caller) => {
      // A member may open the page of a member, but only their own.
      const isForeign = caller === 'member' && endpoint === endpoints.getMember;
      const { status } = await send(caller);
      if (isForeign) expect(status).toBe(403);
      else expect([401, 403]).not.toContain(status);
      expect(status).toBeLessThan(500);
      const endsSession = endpoint === endpoints.signOut || endpoint === endpoints.endMySessions;
      if (endsSession) clients[caller] = await createAccount(server, caller as Role);
    },
  );
});

it('lets auditors read everything but the texts of events and what leads to a change', () => {
  const refused = all.filter((endpoint) => endpoint.method === 'get' && !isAllowed('auditor', endpoint));
  expect(refused.map(({ path }) => path).sort()).toEqual([
    '/attribute-imports/:id',
    '/attribute-imports/:id/errors',
    '/attributes/template',
    '/sync-runs/:id/undo',
    '/wecom-events/:id',
  ]);
});

it('knows no access that this walk does not cover', () => {
  expect(all.length).toBeGreaterThanOrEqual(44);
  expect(new Set(all.map(titleOf)).size).toBe(all.length);
});

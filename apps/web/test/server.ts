import type { Problem } from '@orgmirror/contracts';
import { HttpResponse, type HttpResponseResolver, http } from 'msw';
import { setupServer } from 'msw/node';
import {
  departmentRows,
  membersFixture,
  outlineFixture,
  overviewFixture,
  wecomSettingsFixture,
} from './fixtures.ts';

const url = (path: string) => `*/api/v1${path}`;
const json = (body: unknown) => () => HttpResponse.json(body as object);

const nothingSet = { memberList: null, memberViews: null, recentTargets: null };

/** The mock server: a configured, synced enterprise where nothing runs. Tests replace single answers. */
export const server = setupServer(
  http.get('*/healthz', json({ status: 'ok' })),
  http.get(url('/me/preferences'), json(nothingSet)),
  http.patch(url('/me/preferences'), async ({ request }) =>
    HttpResponse.json({ ...nothingSet, ...((await request.json()) as object) }),
  ),
  http.get(url('/overview'), json(overviewFixture())),
  http.get(url('/settings/wecom'), json(wecomSettingsFixture())),
  http.get(url('/settings/auth-providers'), json({ items: [], nextCursor: null })),
  http.get(url('/sign-in/options'), json({ local: true, wecom: null })),
  http.get(url('/attributes'), json({ items: [] })),
  http.get(url('/exports'), json({ items: [] })),
  http.get(url('/notices/state'), json({ unread: 0, undelivered: 0 })),
  http.get(url('/sync-runs'), json({ items: [], nextCursor: null })),
  http.get(
    url('/sync-state'),
    json({ lastFullSync: null, nextSyncAt: null, differences: [], needsPerson: null }),
  ),
  http.get(url('/sync-runs/:id/changes'), json({ items: [], nextCursor: null })),
  http.get(url('/departments/outline'), json(outlineFixture(departmentRows))),
  http.get(url('/departments/search'), json({ ids: [] })),
  http.get(url('/members'), json({ items: membersFixture, nextCursor: null, total: membersFixture.length })),
);

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Answers one endpoint with this body from now on. */
export const answer = (method: Method, path: string, body: object, status = 200) =>
  server.use(http[method](url(path), () => HttpResponse.json(body, { status })));

/** Answers one endpoint by a function. */
export const answerWith = (method: Method, path: string, resolver: HttpResponseResolver) =>
  server.use(http[method](url(path), resolver));

/** Answers one endpoint with a problem. */
export const answerProblem = (
  method: Method,
  path: string,
  problem: Pick<Problem, 'code' | 'status'> & Partial<Problem>,
  headers: Record<string, string> = {},
) =>
  server.use(
    http[method](url(path), () =>
      HttpResponse.json(
        {
          type: `urn:orgmirror:error:${problem.code}`,
          title: `title of ${problem.code}`,
          detail: `detail of ${problem.code}`,
          requestId: 'req-42',
          ...problem,
        },
        { status: problem.status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
      ),
    ),
  );

import { endpoints } from '@orgmirror/contracts';
import { encodeCursor } from '../../src/platform/http/cursor.ts';
import type { BenchServer } from '../support/bench-server.ts';
import { describeLatencies, measureRequests } from '../support/load.ts';
import { formatCount, type Row, type Section, tell } from '../support/report.ts';

const requestsPerKind = 60;
const limitMs = 50;
const maxPageSize = 200;

/** The tree and the changes of a first sync, which are as many as there will ever be. */
export async function measureHistory({ api, corp }: BenchServer, runId: string): Promise<Section> {
  const { departments, members, memberships } = (
    await api.call(endpoints.getSyncRun, { params: { id: runId } })
  ).counts;
  const changes = departments.create + members.create + memberships.create;
  const list = (query: object) => () => api.call(endpoints.listSyncChanges, { params: { id: runId }, query });
  const deep = () => encodeCursor(`/sync-runs/${runId}/changes`, [Math.floor(Math.random() * changes)]);
  const kinds: [string, () => Promise<unknown>][] = [
    ['first page', list({})],
    ['any page by its cursor', () => list({ cursor: deep() })()],
    ['members created', list({ entity: 'member', kind: 'create' })],
    ['members removed, of whom there are none', list({ entity: 'member', kind: 'remove' })],
    ['what is held, which is nothing', list({ held: true })],
  ];
  const byUserId = () => list({ q: `u${1 + Math.floor(Math.random() * corp.members)}` })();
  const rows: Row[] = [tell('Changes of the first sync', formatCount(changes))];
  for (const [name, request] of kinds)
    rows.push(
      describeLatencies(`Changes: ${name}`, await measureRequests(requestsPerKind, request), limitMs),
    );
  // No index serves it: that would make every plan slower to write, for a list that is searched this large
  // only once.
  rows.push(describeLatencies('Changes: by a part of a name or userid', await measureRequests(10, byUserId)));
  rows.push(await measureReading(runId, api));
  const tree = await measureRequests(8, () => api.request('GET', '/departments/tree'));
  rows.push(describeLatencies(`The whole tree of ${formatCount(corp.departments)}`, tree));
  return { title: `History and tree at ${formatCount(corp.members)} members`, rows };
}

/** Reads a part of the changes page after page, as a client of the API does. */
async function measureReading(runId: string, api: BenchServer['api']): Promise<Row> {
  const pages = 100;
  const startedAt = performance.now();
  let cursor: string | null = null;
  let read = 0;
  for (let page = 0; page < pages; page++) {
    const query: { limit: number; cursor?: string } = {
      limit: maxPageSize,
      ...(cursor !== null && { cursor }),
    };
    const { items, nextCursor } = await api.call(endpoints.listSyncChanges, { params: { id: runId }, query });
    read += items.length;
    cursor = nextCursor;
    if (cursor === null) break;
  }
  const perSecond = (read * 1_000) / (performance.now() - startedAt);
  return tell(
    'Changes: all pages, one after the other',
    `${formatCount(Math.round(perSecond))} changes a second`,
  );
}

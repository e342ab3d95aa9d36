import { endpoints, type QueryOf } from '@orgmirror/contracts';
import { memberListKey } from '../../src/directory/search/member-filter.ts';
import { encodeCursor } from '../../src/platform/http/cursor.ts';
import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { type BenchDatabase, openBenchDatabase } from '../support/bench-database.ts';
import { type BenchServer, startBenchServer } from '../support/bench-server.ts';
import { describeLatencies, measureRequests } from '../support/load.ts';
import { formatCount, type Row, type Section } from '../support/report.ts';
import { measureHistory } from './measure-history.ts';

type MemberQuery = Partial<NonNullable<QueryOf<typeof endpoints.listMembers>>>;

const requestsPerKind = 120;
/** More at once than an enterprise has admins; on two cores they wait for each other. */
const clientsAtOnce = 4;
const limitMs = 50;
/** Members and departments that the requests are made of, drawn at random. */
const sampleSize = 2_000;

const latestBelow = { recursive: 'true', sort: 'updatedAt', order: 'desc' } as const;

interface DrawnMember {
  id: number;
  name: string;
  sort_name: string;
  user_id: string;
  status: number;
  main_department_id: number;
}

interface Sample {
  names: { name: string; syllables: string[]; userId: string }[];
  departmentIds: number[];
  largeDepartmentIds: number[];
  /** Of hundreds to thousands of members, with the second page of each by when its members changed. */
  middleDepartments: { departmentId: number; cursor: string }[];
  /** Of anybody in the list, as it comes and sorted by groups. */
  cursors: Record<'name' | 'status' | 'department', string[]>;
}

/** A directory of its own for the lists, without the syncs that are measured elsewhere. */
export async function measureFilledDirectory(
  postgres: TestPostgres,
  corp: { departments: number; members: number },
): Promise<Section[]> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  const { run } = await server.sync();
  const sections = [await measureHistory(server, run.id), await measureSearch(server, database)];
  await server.stop();
  await database.close();
  return sections;
}

/** Lists and searches of members: what an admin types, in the shares in which names occur. */
export async function measureSearch({ api, corp }: BenchServer, database: BenchDatabase): Promise<Section> {
  const sample = await drawSample(api, database);
  const session = await measureRequests(requestsPerKind, () => api.call(endpoints.getSession));
  const rows: Row[] = [];
  const byOne: number[] = [];
  const byMany: number[] = [];
  const describe = (name: string, alone: number[], atOnce: number[], limit?: number): Row => {
    const row = describeLatencies(name, alone, limit);
    return { ...row, value: `${row.value}; ${describeLatencies(name, atOnce).value}` };
  };
  for (const [name, makeQuery] of listKinds(sample)) {
    const request = () => api.call(endpoints.listMembers, { query: makeQuery() });
    const alone = await measureRequests(requestsPerKind, request);
    const atOnce = await measureRequests(requestsPerKind, request, clientsAtOnce);
    rows.push(describe(name, alone, atOnce));
    byOne.push(...alone);
    byMany.push(...atOnce);
  }
  rows.unshift(
    describe('All kinds below, as many of each', byOne, byMany, limitMs),
    describeLatencies('For comparison: the session alone', session),
  );
  const overview = await measureRequests(requestsPerKind, () => api.call(endpoints.getOverview));
  rows.push(describeLatencies('Overview', overview));
  const title = `Lists and searches at ${formatCount(corp.members)} members, by one client; by ${clientsAtOnce} at once`;
  return { title, rows };
}

async function drawSample(api: BenchServer['api'], database: BenchDatabase): Promise<Sample> {
  const members = await database.query<DrawnMember>(
    `SELECT id, name, sort_name, user_id, status, main_department_id::int FROM member
     WHERE presence = 'present' ORDER BY random() LIMIT ${sampleSize}`,
  );
  const departments = await database.query<{ id: number; total: number }>(
    `SELECT wecom_id::int AS id, total_member_count AS total FROM department ORDER BY random() LIMIT ${sampleSize}`,
  );
  const large = await database.query<{ id: number }>(
    'SELECT wecom_id::int AS id FROM department ORDER BY total_member_count DESC LIMIT 200',
  );
  const middle = await database.query<{ id: number }>(
    `SELECT wecom_id::int AS id FROM department WHERE total_member_count BETWEEN 300 AND 5000
     ORDER BY total_member_count DESC LIMIT ${requestsPerKind}`,
  );
  const middleDepartments: Sample['middleDepartments'] = [];
  for (const { id: departmentId } of middle) {
    const query = { departmentId, ...latestBelow };
    const { nextCursor: cursor } = await api.call(endpoints.listMembers, { query });
    if (cursor !== null) middleDepartments.push({ departmentId, cursor });
  }
  const { ids } = await api.call(endpoints.getDepartmentOutline);
  const places = new Map(ids.map((id, place) => [id, place]));
  const encode = (query: MemberQuery, rankOf?: (member: DrawnMember) => number) => {
    const list = memberListKey(endpoints.listMembers.query.parse(query));
    return members.map((member) =>
      encodeCursor(list, [member.sort_name, member.id, ...(rankOf ? [rankOf(member)] : [])]),
    );
  };
  return {
    names: members.map(({ name, sort_name, user_id }) => ({
      name,
      syllables: sort_name.split(' '),
      userId: user_id,
    })),
    departmentIds: departments.map(({ id }) => id),
    largeDepartmentIds: large.map(({ id }) => id),
    middleDepartments,
    cursors: {
      name: encode({}),
      status: encode({ sort: 'status' }, ({ status }) => status),
      department: encode({ sort: 'department' }, (member) => places.get(member.main_department_id) ?? 0),
    },
  };
}

function listKinds(sample: Sample): [string, () => MemberQuery][] {
  const search = (makeTerm: (member: Sample['names'][number]) => string) => () => ({
    q: makeTerm(pickOne(sample.names)),
  });
  const initials = (syllables: readonly string[]) =>
    syllables.map((syllable) => syllable.slice(0, 1)).join('');
  return [
    ['First page', () => ({})],
    ['First page of the root and below', () => ({ departmentId: 1, recursive: true })],
    ['Deep page by its cursor', () => ({ cursor: pickOne(sample.cursors.name) })],
    ...(['status', 'department'] as const).flatMap((sort): [string, () => MemberQuery][] => [
      [`First page, sorted by ${sort}`, () => ({ sort, order: pickOne(['asc', 'desc']) })],
      [`Deep page, sorted by ${sort}`, () => ({ sort, cursor: pickOne(sample.cursors[sort]) })],
    ]),
    ['Department', () => ({ departmentId: pickOne(sample.departmentIds) })],
    ['Department and below', () => ({ departmentId: pickOne(sample.departmentIds), recursive: true })],
    [
      'Large department and below',
      () => ({ departmentId: pickOne(sample.largeDepartmentIds), recursive: true }),
    ],
    [
      'Department of thousands, next page by last change',
      () => ({ ...pickOne(sample.middleDepartments), ...latestBelow }),
    ],
    [
      'Pinyin of the surname in a department of thousands',
      () => ({
        departmentId: pickOne(sample.middleDepartments).departmentId,
        recursive: true,
        q: pickOne(sample.names).syllables[0],
      }),
    ],
    ['Surname, one Chinese character', search(({ name }) => name.slice(0, 1))],
    ['Two Chinese characters', search(({ name }) => name.slice(0, 2))],
    ['Full name', search(({ name }) => name)],
    ['Full pinyin', search(({ syllables }) => syllables.join(''))],
    ['Pinyin of the surname', search(({ syllables }) => syllables[0] ?? '')],
    ['Pinyin in two terms', search(({ syllables }) => syllables.slice(0, 2).join(' '))],
    ['Initials', search(({ syllables }) => initials(syllables))],
    ['One letter', search(({ syllables }) => initials(syllables).slice(0, 1))],
    ['Two letters', search(({ syllables }) => (syllables[0] ?? '').slice(0, 2))],
    ['Userid', search(({ userId }) => userId)],
    ['Middle of a userid, three digits and more', search(({ userId }) => userId.slice(2))],
    ['Userid’s beginning, many hits', search(({ userId }) => userId.slice(0, 3))],
    ['No hits, letters', () => ({ q: `zzq${Math.floor(Math.random() * 1_000)}` })],
    ['No hits, Chinese', search(({ name }) => `龘${name}`)],
    [
      'Status',
      () => ({ status: pickOne(['activated', 'disabled', 'notActivated', 'left', 'unknown'] as const) }),
    ],
    ['Those who left, or all', () => ({ presence: pickOne(['left', 'all'] as const) })],
    [
      'Pinyin of the surname in a large department and below',
      () => ({
        departmentId: pickOne(sample.largeDepartmentIds),
        recursive: true,
        q: pickOne(sample.names).syllables[0],
      }),
    ],
    [
      'Status in a large department and below',
      () => ({
        departmentId: pickOne(sample.largeDepartmentIds),
        recursive: true,
        status: 'disabled' as const,
      }),
    ],
  ];
}

function pickOne<const T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('The directory is too small to measure searches in.');
  return item;
}

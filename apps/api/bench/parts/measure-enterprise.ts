import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { type MeasuredSync, startBenchServer, workOf } from '../support/bench-server.ts';
import { changeMembers, membersChanged } from '../support/change-members.ts';
import { measureCopy } from '../support/copy-baseline.ts';
import { atMost, formatCount, nameCorp, type Row, type Section, tell } from '../support/report.ts';
import { measureHistory } from './measure-history.ts';
import { measureSearch } from './measure-search.ts';

interface CorpSize {
  departments: number;
  members: number;
}

/**
 * The largest enterprise: its syncs against those of one a tenth as large, what its admins see, then the same
 * corp where WeCom refuses exports.
 */
export async function* measureEnterprise(postgres: TestPostgres, corp: CorpSize): AsyncGenerator<Section> {
  const tenth = { departments: corp.departments / 10, members: corp.members / 10 };
  const small = await measureFirstSync(postgres, tenth);
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  const first = await server.sync();
  const peakMemory = await server.process.readPeakMemory();
  const before = await database.countWrites();
  const unchanged = await server.sync();
  const writes = (await database.countWrites()) - before;
  await changeMembers(server);
  const changed = await server.sync();
  const copy = await measureCopy(postgres, database.url);
  yield {
    title: nameCorp(corp),
    rows: [
      tell('WeCom calls of a run, by export', String(unchanged.run.manifest?.apiCalls)),
      tell('First sync: read', `${first.times.reading} ms`),
      tell('First sync: plan + apply', `${first.times.planning} + ${first.times.applying} ms`),
      tell('COPY of the same rows', `${copy.directory} ms directory + ${copy.history} ms history`),
      atMost('Plan + apply ÷ COPY', workOf(first) / (copy.directory + copy.history), 4),
      ...compareCosts([first, corp], [small, tenth]),
      atMost('Peak resident memory of the server', peakMemory, 900, ' MB'),
      tell('Unchanged sync: read; plan + apply', describeTimes(unchanged)),
      atMost('Directory rows written by it', writes, 0),
      tell(`Sync after ${membersChanged} changes: read; plan + apply`, describeTimes(changed)),
      atMost('Its plan + apply ÷ that of the unchanged', workOf(changed) / workOf(unchanged), 1.2),
    ],
  };
  yield await measureHistory(server, first.run.id);
  yield await measureSearch(server, database);
  await server.stop();
  await database.close();
  yield await measureByDepartments(postgres, corp);
}

const describeTimes = (measured: MeasuredSync): string => `${measured.times.reading}; ${workOf(measured)} ms`;

/** What a member costs in a large and in a small corp. */
function compareCosts(large: [MeasuredSync, CorpSize], small: [MeasuredSync, CorpSize]): Row[] {
  const perMember = (milliseconds: number, { members }: CorpSize) => (milliseconds * 1_000) / members;
  const costOf = ([sync, corp]: typeof large) => perMember(workOf(sync), corp);
  const readOf = ([sync, corp]: typeof large) => perMember(sync.times.reading, corp).toFixed(0);
  const sizes = `here and at ${formatCount(small[1].members)}`;
  return [
    tell(
      `Plan + apply per member, ${sizes}`,
      `${costOf(large).toFixed(0)} and ${costOf(small).toFixed(0)} µs`,
    ),
    atMost('The one ÷ the other', costOf(large) / costOf(small), 1.3),
    tell(`Read per member, ${sizes}`, `${readOf(large)} and ${readOf(small)} µs`),
  ];
}

/** The first sync where WeCom refuses exports: one call a department. */
async function measureByDepartments(postgres: TestPostgres, corp: CorpSize): Promise<Section> {
  const measured = await measureFirstSync(postgres, corp, { refuseExports: true });
  return {
    title: `${nameCorp(corp)}, department by department`,
    rows: [
      tell('WeCom calls', String(measured.run.manifest?.apiCalls)),
      tell('First sync: read; plan + apply', describeTimes(measured)),
      atMost('Peak resident memory of the server', measured.peakMemory, 900, ' MB'),
    ],
  };
}

async function measureFirstSync(
  postgres: TestPostgres,
  corp: CorpSize,
  { refuseExports = false } = {},
): Promise<MeasuredSync & { peakMemory: number }> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  if (refuseExports) await server.refuseExports();
  const measured = await server.sync();
  const peakMemory = await server.process.readPeakMemory();
  await server.stop();
  await database.close();
  return { ...measured, peakMemory };
}

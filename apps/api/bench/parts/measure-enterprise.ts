import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { type BenchServer, startBenchServer, workOf } from '../support/bench-server.ts';
import { measureCopy } from '../support/copy-baseline.ts';
import { atMost, formatCount, nameCorp, type Section, tell } from '../support/report.ts';
import { measureHistory } from './measure-history.ts';
import { measureSearch } from './measure-search.ts';

interface CorpSize {
  departments: number;
  members: number;
}

const membersChanged = 100;

/** The largest enterprise: its syncs against those of one a tenth as large, then what its admins see. */
export async function measureEnterprise(postgres: TestPostgres, corp: CorpSize): Promise<Section[]> {
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
  const history = await measureHistory(server, first.run.id);
  const search = await measureSearch(server, database);
  await server.stop();
  await database.close();
  const byDepartments = await measureFirstSync(postgres, corp, { refuseExports: true });

  const perMember = (milliseconds: number, { members }: CorpSize) => (milliseconds * 1_000) / members;
  const costs = [perMember(workOf(first), corp), perMember(workOf(small), tenth)] as const;
  const reads = [perMember(first.times.reading, corp), perMember(small.times.reading, tenth)] as const;
  const rows = [
    tell('WeCom calls of a run, by export', String(unchanged.run.manifest?.apiCalls)),
    tell('First sync: read', `${first.times.reading} ms`),
    tell('First sync: plan + apply', `${first.times.planning} + ${first.times.applying} ms`),
    tell('COPY of the same rows', `${copy.directory} ms directory + ${copy.history} ms history`),
    atMost('Plan + apply ÷ COPY', workOf(first) / (copy.directory + copy.history), 4),
    tell(`Plan + apply per member, here and at ${formatCount(tenth.members)}`, `${format(costs)} µs`),
    atMost('The one ÷ the other', costs[0] / costs[1], 1.3),
    tell(`Read per member, here and at ${formatCount(tenth.members)}`, `${format(reads)} µs`),
    atMost('Peak resident memory of the server, by export', peakMemory, 900, ' MB'),
    atMost('Peak resident memory, department by department', byDepartments.peakMemory, 900, ' MB'),
    tell('Department by department: calls', String(byDepartments.run.manifest?.apiCalls)),
    tell('Department by department: read', `${byDepartments.times.reading} ms`),
    tell('Unchanged sync: read; plan + apply', `${unchanged.times.reading}; ${workOf(unchanged)} ms`),
    atMost('Directory rows written by it', writes, 0),
    tell(
      `Sync after ${membersChanged} changes: read; plan + apply`,
      `${changed.times.reading}; ${workOf(changed)} ms`,
    ),
    atMost('Its plan + apply ÷ that of the unchanged', workOf(changed) / workOf(unchanged), 1.2),
  ];
  return [{ title: nameCorp(corp), rows }, history, search];
}

const format = (pair: readonly [number, number]): string => pair.map((cost) => cost.toFixed(0)).join(' and ');

async function measureFirstSync(postgres: TestPostgres, corp: CorpSize, { refuseExports = false } = {}) {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  if (refuseExports) await server.refuseExports();
  const measured = await server.sync();
  const peakMemory = await server.process.readPeakMemory();
  await server.stop();
  await database.close();
  return { ...measured, peakMemory };
}

/** Moves, renames, promotes and dismisses members: those with the highest numbers, who lead no department. */
async function changeMembers({ corp, wecom }: BenchServer): Promise<void> {
  for (let index = 0; index < membersChanged; index++) {
    const userid = `u${corp.members - index}`;
    if (index % 10 === 0) await wecom('leave', { userid });
    else if (index % 3 === 0) await wecom('move', { userid, departmentIds: [1 + (index % 7)] });
    else if (index % 3 === 1) await wecom('rename', { userid, name: `改名${index}` });
    else await wecom('set-position', { userid, position: `岗位${index}` });
  }
}

import { type ExportFormat, endpoints, memberExportColumns } from '@orgmirror/contracts';
import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { type BenchCorp, type BenchServer, startBenchServer } from '../support/bench-server.ts';
import { atMost, formatCount, nameCorp, type Section, tell } from '../support/report.ts';

/** What an export of any size may add to a server that has just started. */
const limitMb = 150;

/** Files of all members, all columns, each written by a server that has done nothing before. */
export async function measureExports(postgres: TestPostgres, corp: BenchCorp): Promise<Section> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  await server.sync();
  const rows = [];
  for (const format of ['csv', 'xlsx'] as const) {
    await server.restart();
    const { membersPerSecond, grownMb } = await measureExport(server, format);
    rows.push(
      tell(`${format} of all columns`, `${formatCount(membersPerSecond)} members a second`),
      atMost(`${format}: growth of the server’s peak resident memory`, grownMb, limitMb, ' MB'),
    );
  }
  await server.stop();
  await database.close();
  return { title: `Exports of members, ${nameCorp(corp)}`, rows };
}

async function measureExport({ api, process, corp }: BenchServer, format: ExportFormat) {
  const before = await process.readPeakMemory();
  const body = { list: 'members' as const, format, columns: [...memberExportColumns] };
  const startedAt = performance.now();
  const { id } = await api.call(endpoints.createExport, { body });
  for (;;) {
    const job = await api.call(endpoints.getExport, { params: { id } });
    if (job.problem !== null) throw new Error(`The export failed: ${JSON.stringify(job.problem)}`);
    if (job.status === 'finished') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const grownMb = (await process.readPeakMemory()) - before;
  return { membersPerSecond: Math.round(corp.members / seconds), grownMb };
}

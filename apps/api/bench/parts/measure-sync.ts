import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { startBenchServer, workOf } from '../support/bench-server.ts';
import { measureCopy } from '../support/copy-baseline.ts';
import { atMost, nameCorp, type Section, tell } from '../support/report.ts';

/** A first and an unchanged second sync of one corp. */
export async function measureSync(
  postgres: TestPostgres,
  corp: { departments: number; members: number },
): Promise<Section> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  await database.resetStatements();
  const first = await server.sync();
  const statements = await database.countStatements();
  const peakMemory = await server.process.readPeakMemory();
  const before = await database.countWrites();
  const second = await server.sync();
  const writes = (await database.countWrites()) - before;
  await server.stop();
  const copy = await measureCopy(postgres, database.url);
  await database.close();
  return {
    title: nameCorp(corp),
    rows: [
      atMost('WeCom calls of a run', Number(second.run.manifest?.apiCalls), corp.departments + 3),
      tell('First sync: read', `${first.times.reading} ms`),
      tell('First sync: plan + apply', `${first.times.planning} + ${first.times.applying} ms`),
      tell('COPY of the same rows', `${copy.directory} ms directory + ${copy.history} ms history`),
      atMost('Plan + apply ÷ COPY', workOf(first) / (copy.directory + copy.history), 4),
      atMost('SQL statements per 10,000 members', (statements * 10_000) / corp.members, 12),
      tell('Unchanged second sync: plan + apply', `${workOf(second)} ms`),
      atMost('Second ÷ first', workOf(second) / workOf(first), 0.5),
      atMost('Directory rows written by the second', writes, 0),
      atMost('Peak resident memory of the server', peakMemory, 600, ' MB'),
    ],
  };
}

import { endpoints } from '@orgmirror/contracts';
import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { type BenchCorp, startBenchServer } from '../support/bench-server.ts';
import { atMost, formatCount, nameCorp, type Section, tell } from '../support/report.ts';

const maxRows = 100_000;
const limitSeconds = 60;
const limitMb = 300;

/** A file of attributes with a row for each member, as many as a file may have: judged, then applied. */
export async function measureAttributes(postgres: TestPostgres, corp: BenchCorp): Promise<Section> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, corp);
  await server.sync();
  await server.restart();
  const { api, process } = server;
  const body = { key: 'no', nameZh: '工号', nameEn: 'Employee number', type: 'text' } as const;
  await api.call(endpoints.createAttribute, { body });
  const members = await database.query<{ id: string }>(
    `SELECT user_id AS id FROM member ORDER BY id LIMIT ${maxRows}`,
  );
  const file = ['userid,no', ...members.map(({ id }, index) => `${id},N${index}`)].join('\n');
  const before = await process.readPeakMemory();
  const judging = await time(async () => {
    const headers = { 'content-type': 'text/csv' };
    const answer = await api.request('POST', '/attribute-imports?fileName=1.csv', { body: file, headers });
    return endpoints.createAttributeImport.answer.schema.parse(answer.body);
  });
  const { id, fingerprint, counts } = judging.result;
  const applying = await time(() =>
    api.call(endpoints.applyAttributeImport, { params: { id }, body: { fingerprint } }),
  );
  const grownMb = (await process.readPeakMemory()) - before;
  await server.stop();
  await database.close();
  return {
    title: `A file of attributes with ${formatCount(members.length)} rows, ${nameCorp(corp)}`,
    rows: [
      tell('Rows that set a value', formatCount(counts.set)),
      atMost('Judging it', judging.seconds, limitSeconds, ' s'),
      atMost('Applying it', applying.seconds, limitSeconds, ' s'),
      atMost('Growth of the server’s peak resident memory', grownMb, limitMb, ' MB'),
    ],
  };
}

async function time<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: Math.round((performance.now() - startedAt) / 100) / 10 };
}

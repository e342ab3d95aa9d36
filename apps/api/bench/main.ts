// Speed and memory of a sync against real Postgres; ratios are measured in one run, since machines differ.
// Usage: npm run bench [-- --departments 5000 --members 100000] [--write]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { applyMigrations } from '../src/database/apply-migrations.ts';
import { startPostgres } from '../test/support/start-postgres.ts';
import { startBenchServer } from './support/bench-server.ts';
import { measureCopy } from './support/copy-baseline.ts';

const { values } = parseArgs({
  options: {
    departments: { type: 'string', default: '5000' },
    members: { type: 'string', default: '100000' },
    write: { type: 'boolean', default: false },
  },
});
const corp = { departments: Number(values.departments), members: Number(values.members) };

const postgres = await startPostgres({
  shared_preload_libraries: 'pg_stat_statements',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
});
const databaseUrl = await postgres.createDatabase();
const emptyUrl = await postgres.createDatabase();
const statistics = new pg.Client(databaseUrl);
await statistics.connect();
await statistics.query('CREATE EXTENSION pg_stat_statements');

const server = await startBenchServer(databaseUrl, corp);
await statistics.query('SELECT pg_stat_statements_reset()');
const first = await server.sync();
const statements = await countStatements();
const peakMemory = await server.process.readPeakMemory();
const before = await countWrites();
const second = await server.sync();
const writes = (await countWrites()) - before;
await applyMigrations({ connectionString: emptyUrl, embedded: false });
const copy = await measureCopy(databaseUrl, emptyUrl);

const work = first.times.planning + first.times.applying;
const again = second.times.planning + second.times.applying;
const ratio = (a: number, b: number) => (a / b).toFixed(2);
const rows: [string, string, string, boolean][] = [
  [
    'WeCom calls of a run',
    String(second.run.manifest?.apiCalls),
    `≤ departments + 3 = ${corp.departments + 3}`,
    Number(second.run.manifest?.apiCalls) <= corp.departments + 3,
  ],
  ['First sync: read', `${first.times.reading} ms`, '', true],
  ['First sync: plan + apply', `${first.times.planning} + ${first.times.applying} = ${work} ms`, '', true],
  ['COPY of the same rows', `${copy.directory} ms directory + ${copy.history} ms history`, '', true],
  [
    'Plan + apply ÷ COPY',
    ratio(work, copy.directory + copy.history),
    '≤ 4',
    work <= 4 * (copy.directory + copy.history),
  ],
  [
    'SQL statements per 10,000 members',
    ratio(statements * 10_000, corp.members),
    '≤ 12',
    (statements * 10_000) / corp.members <= 12,
  ],
  ['Unchanged second sync: plan + apply', `${again} ms`, '', true],
  ['Second ÷ first', ratio(again, work), '≤ 0.5', again <= 0.5 * work],
  ['Directory rows written by the second', String(writes), '0', writes === 0],
  ['Peak resident memory of the server', `${peakMemory} MB`, '≤ 600 MB', peakMemory <= 600],
];
const table = [
  '| Measure | Value | Limit |',
  '| --- | --- | --- |',
  ...rows.map(
    ([name, value, limit, holds]) => `| ${name} | ${value} | ${limit}${limit && (holds ? ' ✓' : ' ✗')} |`,
  ),
].join('\n');
const title = `${corp.departments.toLocaleString('en')} departments, ${corp.members.toLocaleString('en')} members`;
process.stdout.write(`\n${title}\n\n${table}\n`);
if (values.write) await writeFile(new URL('../../../docs/bench.md', import.meta.url), describe());

await statistics.end();
await server.stop();
await postgres.stop();
if (rows.some(([, , , holds]) => !holds)) process.exitCode = 1;

/** Statements on the directory, the plan and the lease; not those of progress, its readers and the clock's work. */
async function countStatements(): Promise<number> {
  const { rows: found } = await statistics.query(
    `SELECT sum(calls)::int AS calls FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
     WHERE d.datname = current_database() AND query ~* 'sync_change|department|membe|corp |lease|analyze' AND query !~* 'sync_run|pg_stat'`,
  );
  return found[0].calls;
}

/** Rows of the directory ever inserted, updated or deleted. */
async function countWrites(): Promise<number> {
  await statistics.query('SELECT pg_stat_force_next_flush()');
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // other sessions report with a delay
  const { rows: found } = await statistics.query(
    `SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::int AS writes FROM pg_stat_user_tables
     WHERE relname IN ('department', 'member', 'membership', 'member_sensitive', 'sync_change')`,
  );
  return found[0].writes;
}

function describe(): string {
  return `# Speed and memory

Measured by \`npm run bench\` on 2 cores: the server, a real Postgres and the stand-in WeCom (no latency) each in a
process of their own. Milliseconds differ between machines; the ratios and counts are what the limits are about.

## ${title}

${table}
`;
}

import type { TestPostgres } from '../../test/support/start-postgres.ts';
import { openBenchDatabase } from '../support/bench-database.ts';
import { type MeasuredSync, startBenchServer } from '../support/bench-server.ts';
import { changeMembers, membersChanged } from '../support/change-members.ts';
import { atMost, nameCorp, type Row, type Section, tell } from '../support/report.ts';

const latencyMs = 50;
/** The server's default for calls in flight. */
const inFlight = 8;
/** The largest corp that is always read department by department, and one that is read by export. */
const corps = [
  { departments: 500, members: 5_000 },
  { departments: 1_500, members: 15_000 },
] as const;

/** Whole runs, from the click to the end, where each call of WeCom's takes 50 ms. */
export async function measureLatency(postgres: TestPostgres): Promise<Section[]> {
  const [byDepartments, byExport] = corps;
  return [await measureByDepartments(postgres, byDepartments), await measureByExport(postgres, byExport)];
}

async function measureByDepartments(postgres: TestPostgres, corp: (typeof corps)[number]): Promise<Section> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, { ...corp, latencyMs });
  const first = await server.sync();
  const unchanged = await server.sync();
  await changeMembers(server);
  const changed = await server.sync();
  await server.stop();
  await database.close();
  return {
    title: `${nameCorp(corp)}, ${latencyMs} ms a call, ${inFlight} in flight`,
    rows: [
      describePhases('First sync', first),
      // Writing every row anew takes longer than the fifth that is left, however it is done: COPY alone takes
      // as long.
      tell(`First sync: ${overWaiting}`, compareWithWaiting(first).toFixed(2)),
      describePhases('Unchanged sync', unchanged),
      atMost(`Unchanged sync: ${overWaiting}`, compareWithWaiting(unchanged), 1.2),
      describePhases(`Sync after ${membersChanged} changes`, changed),
      atMost(`Sync after ${membersChanged} changes: ${overWaiting}`, compareWithWaiting(changed), 1.2),
    ],
  };
}

const overWaiting = `whole run ÷ (calls × ${latencyMs} ms ÷ ${inFlight})`;

const countCalls = ({ run }: MeasuredSync): number => Number(run.manifest?.apiCalls);

const compareWithWaiting = (measured: MeasuredSync): number =>
  wholeRun(measured) / ((countCalls(measured) * latencyMs) / inFlight);

function describePhases(name: string, measured: MeasuredSync): Row {
  const { reading, planning, applying } = measured.times;
  const value = `${countCalls(measured)}; ${reading} ms; ${planning} + ${applying} ms`;
  return tell(`${name}: calls; read; plan + apply`, value);
}

async function measureByExport(postgres: TestPostgres, corp: (typeof corps)[number]): Promise<Section> {
  const database = await openBenchDatabase(postgres);
  const server = await startBenchServer(database.url, { ...corp, latencyMs });
  await server.sync();
  const exported = await server.sync();
  await server.refuseExports();
  const refused = await server.sync();
  await server.stop();
  await database.close();
  const describeRun = (measured: MeasuredSync) =>
    `${countCalls(measured)} calls, read in ${measured.times.reading} ms, whole run ${wholeRun(measured)} ms`;
  return {
    title: `${nameCorp(corp)}, ${latencyMs} ms a call: export against departments`,
    rows: [
      tell('Unchanged sync by export, ready at the second look', describeRun(exported)),
      tell('Unchanged sync by departments, where exports are refused', describeRun(refused)),
    ],
  };
}

/** Milliseconds from the start to the end that the run itself names. */
const wholeRun = ({ run }: MeasuredSync): number =>
  new Date(run.finishedAt ?? '').getTime() - new Date(run.startedAt).getTime();

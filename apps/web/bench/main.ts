// What typing, choosing a department and panning the chart cost in the built console. Usage: npm run bench:console
import { openBenchDatabase, startBenchPostgres } from '../../api/bench/support/bench-database.ts';
import { startBenchServer } from '../../api/bench/support/bench-server.ts';
import { describeLatencies } from '../../api/bench/support/load.ts';
import { formatSection, nameCorp, type Row, type Section, tell } from '../../api/bench/support/report.ts';
import { ensureWebBuilt } from '../scripts/ensure-built.ts';
import {
  type ChartPan,
  measureChartPan,
  measureDepartments,
  measureSearches,
  type SearchCost,
} from './measure-console.ts';
import { openTracedBrowser } from './open-traced-page.ts';

const corp = { departments: 50_000, members: 20_000 };
const limits = { perLetterMs: 50, interactionMs: 150, taskMs: 200, departmentMs: 300 };

await ensureWebBuilt();
const postgres = await startBenchPostgres();
const database = await openBenchDatabase(postgres);
const server = await startBenchServer(database.url, corp);
const { run } = await server.sync();
const browser = await openTracedBrowser(server.url, server.api.cookie);
const sections = [
  describeSearches(await measureSearches(browser, run.id)),
  describeUse(await measureDepartments(browser), await measureChartPan(browser)),
];
await browser.close();
await server.stop();
await database.close();
await postgres.stop();
process.stdout.write(`\n${sections.map(formatSection).join('\n')}`);
if (sections.some(({ rows }) => rows.some(({ holds }) => holds === false))) process.exitCode = 1;

function describeSearches(costs: readonly SearchCost[]): Section {
  const rows: Row[] = costs.map((cost) => {
    const { name, perLetterMs, perSearchMs, longestTaskMs, slowestInteractionMs } = cost;
    const figures = [perLetterMs, perSearchMs, longestTaskMs, slowestInteractionMs].map((ms) =>
      ms.toFixed(0),
    );
    return {
      name,
      value: `${figures.join('; ')} ms`,
      limit: `${limits.perLetterMs}; –; ${limits.taskMs}; ${limits.interactionMs} ms`,
      holds:
        perLetterMs <= limits.perLetterMs &&
        longestTaskMs <= limits.taskMs &&
        slowestInteractionMs <= limits.interactionMs,
    };
  });
  return {
    title: `Searches of the console at ${nameCorp(corp)}: a letter; a search; longest task; key to picture`,
    rows,
  };
}

function describeUse(departments: readonly number[], { frames, cards }: ChartPan): Section {
  return {
    title: 'The console at the same size',
    rows: [
      describeLatencies('A department’s members after the click', departments, limits.departmentMs),
      describeLatencies('A frame while the whole chart is panned', frames),
      tell('Cards in the document meanwhile', String(cards)),
    ],
  };
}

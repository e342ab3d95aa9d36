// Speed and memory against real Postgres; ratios are measured in one run, since machines differ.
// Usage: npm run bench [-- --only sync,enterprise,latency,search,exports,attributes] [--departments 5000 --members 100000]
// [--write]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureAttributes } from './parts/measure-attributes.ts';
import { measureEnterprise } from './parts/measure-enterprise.ts';
import { measureExports } from './parts/measure-exports.ts';
import { measureLatency } from './parts/measure-latency.ts';
import { measureFilledDirectory } from './parts/measure-search.ts';
import { measureSync } from './parts/measure-sync.ts';
import { startBenchPostgres } from './support/bench-database.ts';
import { formatSection, type Section } from './support/report.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    departments: { type: 'string' },
    members: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const largest = { departments: 30_000, members: 500_000 };
/** The corp of the command line, else that of the part. */
const sizeOf = (usual: { departments: number; members: number }) => ({
  departments: Number(values.departments ?? usual.departments),
  members: Number(values.members ?? usual.members),
});

const parts = {
  sync: async () => [await measureSync(postgres, sizeOf({ departments: 5_000, members: 100_000 }))],
  enterprise: () => measureEnterprise(postgres, sizeOf(largest)),
  latency: () => measureLatency(postgres),
  attributes: async () => [
    await measureAttributes(postgres, sizeOf({ departments: 5_000, members: 100_000 })),
  ],
  exports: async () => [await measureExports(postgres, sizeOf(largest))],
  search: () => measureFilledDirectory(postgres, sizeOf(largest)),
};
/** The enterprise's lists and searches are part of it. */
const defaultParts = 'sync,enterprise,latency';
const isPart = (name: string): name is keyof typeof parts => Object.hasOwn(parts, name);
const wanted = (values.only ?? defaultParts).split(',');
const unknown = wanted.filter((name) => !isPart(name));
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown}. Parts: ${Object.keys(parts).join(', ')}.`);

const postgres = await startBenchPostgres();
const sections: Section[] = [];
for (const name of wanted.filter(isPart)) {
  for await (const section of await parts[name]()) {
    sections.push(section);
    process.stdout.write(`\n${formatSection(section)}`);
  }
}
await postgres.stop();
if (values.write) await writeFile(new URL('../../../docs/bench.md', import.meta.url), describe());
if (sections.some(({ rows }) => rows.some(({ holds }) => holds === false))) process.exitCode = 1;

function describe(): string {
  return `# Speed and memory

Measured by \`npm run bench\` on 2 cores: the server, a real Postgres and the WeCom simulator (no latency unless it says
so) each in a process of their own. Milliseconds differ between machines; the ratios and counts are what the limits are
about. \`-- --only sync\`, \`enterprise\`, \`latency\`, \`search\`, \`exports\` or \`attributes\` measures one part;
\`--departments\` and \`--members\` change the size of all but \`latency\`.

Two figures have no limit. The whole first sync against waiting for WeCom: [0015](decisions/0015-which-runs-wait-for-wecom-alone.md)
tells why. And looking for a part of a name among a million changes, which no index serves. The limit of lists and
searches is that of all kinds together, asked by one client; by four at once they wait for two cores.

${sections.map(formatSection).join('\n')}`;
}

// Writes docs/licences.md from the lock file: the licences of all packages that `npm ci --omit=dev` installs.
// Usage: node .config/licences.ts [--check]; with --check it writes nothing and fails when the list is stale.
import { readFile, writeFile } from 'node:fs/promises';

interface LockedPackage {
  version?: string;
  license?: string;
  dev?: true;
  link?: true;
}

/** Packages whose package.json names no licence, with where it is said. */
const saidElsewhere: Record<string, string> = { 'seq-queue': 'MIT (its LICENSE file)' };

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  await readFile(new URL('../package-lock.json', import.meta.url), 'utf8'),
);
const marker = 'node_modules/';
const byLicence = new Map<string, Set<string>>();
for (const [path, { version, license, dev, link }] of Object.entries(lock.packages)) {
  if (!path.includes(marker) || dev || link) continue;
  const name = path.slice(path.lastIndexOf(marker) + marker.length);
  const licence = license ?? saidElsewhere[name];
  if (licence === undefined)
    throw new Error(`${name} names no licence: look it up and add it to ${import.meta.url}`);
  byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`));
}
const sections = [...byLicence]
  .sort(([a, aNames], [b, bNames]) => bNames.size - aNames.size || a.localeCompare(b, 'en'))
  .map(([licence, names]) => `## ${licence}\n\n${[...names].sort().join(', ')}\n`);
const text = `# Licences

OrgMirror is under the [MIT licence](../LICENSE). What \`npm ci --omit=dev\` installs beside it, on any platform, by licence; \`npm run docs\` writes this list from the lock file, and \`npm run sbom\` prints a CycloneDX bill of materials with every version, hash and licence.

${sections.join('\n')}`;

const target = new URL('../docs/licences.md', import.meta.url);
if (!process.argv.includes('--check')) await writeFile(target, text);
else if ((await readFile(target, 'utf8')) !== text) {
  process.stderr.write('Stale: docs/licences.md. Run: npm run docs\n');
  process.exitCode = 1;
}

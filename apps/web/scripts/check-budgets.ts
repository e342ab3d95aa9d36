import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureWebBuilt } from './ensure-built.ts';

interface ManifestChunk {
  file: string;
  imports?: string[];
  isDynamicEntry?: boolean;
}
type Manifest = Record<string, ManifestChunk>;

interface Budget {
  name: string;
  /** Manifest keys that the place loads, each with everything it imports. */
  chunks: string[];
  /** What is already in the browser when the place is opened. */
  after: string[];
  /** JavaScript, gzipped, in KB of 1,000 bytes. */
  limitKb: number;
}

const entry = 'index.html';
// Of the two languages the larger counts: a browser loads one.
const shell = ['src/app/console.tsx', 'src/i18n/zh-CN/index.ts'];
// A page with texts of its own comes with them.
const org = ['src/app/routes/org-route.tsx', 'src/i18n/zh-CN/members.ts'];
const settings = [
  'src/features/settings/enterprise-page.tsx',
  'src/i18n/zh-CN/settings.ts',
  'src/i18n/zh-CN/events.ts',
];

const budgets: Budget[] = [
  { name: 'sign-in page', chunks: [entry], after: [], limitKb: 95 },
  { name: 'shell after sign-in', chunks: shell, after: [entry], limitKb: 260 },
  {
    name: 'org route',
    chunks: org,
    after: [entry, ...shell],
    limitKb: 140,
  },
  {
    name: 'settings route',
    chunks: settings,
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'authentication tab',
    chunks: [
      'src/features/settings/authentication/authentication-card.tsx',
      'src/i18n/zh-CN/authentication.ts',
    ],
    after: [entry, ...shell, ...settings],
    limitKb: 40,
  },
  {
    name: 'overview',
    chunks: ['src/features/overview/overview-page.tsx', 'src/i18n/zh-CN/overview.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'attributes',
    chunks: ['src/features/attributes/attributes-page.tsx', 'src/i18n/zh-CN/attributes.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'selects',
    chunks: ['src/components/select-control.tsx'],
    after: [entry, ...shell],
    limitKb: 25,
  },
  {
    name: 'pickers of days and times',
    chunks: ['src/components/pickers.tsx'],
    after: [entry, ...shell, 'src/components/select-control.tsx'],
    limitKb: 40,
  },
  {
    name: 'export indicator',
    chunks: ['src/app/export-indicator.tsx', 'src/i18n/zh-CN/exports.ts'],
    after: [entry, ...shell],
    limitKb: 25,
  },
  {
    name: 'export dialog',
    chunks: ['src/features/directory/export-dialog.tsx', 'src/i18n/zh-CN/exports.ts'],
    after: [entry, ...shell, ...org],
    limitKb: 25,
  },
  {
    name: 'help and account menus',
    chunks: ['src/app/header-extras.tsx'],
    after: [entry, ...shell],
    limitKb: 25,
  },
  {
    name: 'administrators',
    chunks: ['src/features/administrators/administrators-page.tsx', 'src/i18n/zh-CN/administrators.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'notices panel',
    chunks: ['src/features/notices/notice-panel.tsx', 'src/i18n/zh-CN/notices.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'notices tab',
    chunks: ['src/features/settings/notices/notices-part.tsx', 'src/i18n/zh-CN/notices.ts'],
    after: [entry, ...shell, ...settings],
    limitKb: 40,
  },
  {
    name: 'org chart',
    chunks: ['src/features/directory/chart/org-chart-page.tsx'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'events route',
    chunks: ['src/features/events/event-list-page.tsx', 'src/i18n/zh-CN/events.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'own profile',
    chunks: ['src/features/me/me-page.tsx', 'src/i18n/zh-CN/me.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'command palette',
    chunks: ['src/app/palette/shortcuts.tsx', 'src/app/palette/overlays.tsx', 'src/i18n/zh-CN/palette.ts'],
    after: [entry, ...shell],
    limitKb: 25,
  },
  {
    name: 'QR panel of sign-in',
    chunks: ['src/features/sign-in/wecom-panel.tsx'],
    after: [entry],
    limitKb: 40,
  },
  {
    name: 'history list',
    chunks: ['src/features/history/run-list-page.tsx', 'src/i18n/zh-CN/history.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'history run',
    chunks: ['src/features/history/run-page.tsx', 'src/i18n/zh-CN/history.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
  {
    name: 'audit route',
    chunks: ['src/features/audit/audit-page.tsx', 'src/i18n/zh-CN/audit.ts'],
    after: [entry, ...shell],
    limitKb: 40,
  },
];

/** A chunk and everything that it imports statically. */
function collectFiles(manifest: Manifest, keys: readonly string[]): Set<string> {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (key: string) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (chunk === undefined)
      throw new Error(`the build has no chunk ${key}: check-budgets.ts is out of date`);
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return files;
}

const { distFolder } = await ensureWebBuilt();
const manifest: Manifest = JSON.parse(
  await readFile(join(resolve(distFolder), '.vite/manifest.json'), 'utf8'),
);
const budgeted = new Set(budgets.flatMap(({ chunks }) => chunks));
const isOurs = (key: string) => key.startsWith('src/') && !key.startsWith('src/i18n/');
const forgotten = Object.keys(manifest).filter(
  (key) => manifest[key]?.isDynamicEntry && isOurs(key) && !budgeted.has(key),
);
if (forgotten.length > 0) throw new Error(`no budget for ${forgotten.join(', ')}`);

const sizes = new Map<string, number>();
const measure = async (file: string) => {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(await readFile(join(distFolder, file))).length;
  sizes.set(file, size);
  return size;
};

const rows = [];
for (const { name, chunks, after, limitKb } of budgets) {
  const present = collectFiles(manifest, after);
  const fresh = [...collectFiles(manifest, chunks)].filter(
    (file) => file.endsWith('.js') && !present.has(file),
  );
  let bytes = 0;
  for (const file of fresh) bytes += await measure(file);
  const kb = Math.round(bytes / 100) / 10;
  rows.push({ place: name, 'KB gzip': kb, budget: limitKb, verdict: kb <= limitKb ? 'ok' : 'ABOVE' });
}
console.table(rows);
if (rows.some(({ verdict }) => verdict === 'ABOVE')) process.exitCode = 1;

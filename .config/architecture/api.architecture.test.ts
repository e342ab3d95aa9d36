import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type AllowedImports,
  findCycles,
  findMatrixFaults,
  folderOf,
  groupByRoom,
  keepFiles,
  parseImports,
  readImportGraph,
  repositoryRoot,
} from './import-graph.ts';
import { listUndocumentedExports } from './undocumented-exports.ts';

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || /\/test(ing)?\//.test(file);
const readText = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');

/** The rooms of the server. Every room may import the platform as well. */
const rooms = {
  audit: [],
  connection: [],
  schedule: ['connection'],
  directory: ['audit'],
  runs: ['connection', 'directory', 'schedule'],
  identity: ['audit', 'connection', 'directory'],
  events: ['audit', 'connection', 'directory', 'schedule'],
  sync: ['audit', 'connection', 'directory', 'events', 'runs', 'schedule'],
  triggers: ['events', 'runs', 'schedule'],
  notices: ['audit', 'connection', 'directory'],
  attributes: ['audit', 'directory'],
  exports: ['audit', 'connection', 'directory'],
  settings: ['audit', 'connection', 'events', 'identity', 'schedule'],
  overview: ['connection', 'directory', 'events', 'identity', 'notices', 'runs', 'schedule', 'settings'],
  commands: ['audit', 'connection', 'directory', 'identity'],
} as const satisfies AllowedImports;

/** The stages of a sync; `sync` itself composes them. */
const stages: AllowedImports = {
  sync: ['snapshot', 'plan', 'apply', 'undo', 'check-member'],
  snapshot: [],
  plan: [],
  apply: ['plan'],
  undo: ['plan', 'apply'],
  'check-member': ['snapshot', 'plan', 'apply'],
};

/** What a package may import that is not its own. */
const packageImports: Record<string, readonly string[]> = {
  planner: [],
  contracts: ['zod', 'zod-openapi'],
  wecom: ['axios', 'https-proxy-agent', 'saxes', 'zod', 'node:'],
  'wecom-simulator': ['@orgmirror/wecom', '@wecom/crypto', 'express', 'zod', 'node:'],
};

describe('the server', () => {
  const src = 'apps/api/src/';
  const graph = keepFiles(readImportGraph([src]), (file) => file.startsWith(src) && !isTest(file));
  const roomOf = (file: string) => {
    const [room = '', inner] = file.slice(src.length).split('/');
    return inner === undefined ? 'server' : room;
  };

  it('imports along the allowed edges only, and needs each of them', () => {
    const allowed: AllowedImports = {
      // What starts and composes the rooms; the schedule has no routes of its own.
      server: [...Object.keys(rooms).filter((room) => room !== 'schedule'), 'platform'],
      platform: [],
      ...Object.fromEntries(Object.entries(rooms).map(([room, others]) => [room, [...others, 'platform']])),
    };
    expect(findMatrixFaults(graph, roomOf, allowed)).toEqual([]);
  });

  it('has stages of a sync that only the sync composes', () => {
    const stageOf = (file: string) => {
      const [stage = '', inner] = file.slice(`${src}sync/`.length).split('/');
      return inner === undefined ? 'sync' : stage;
    };
    const sync = keepFiles(graph, (file) => file.startsWith(`${src}sync/`));
    expect(findMatrixFaults(sync, stageOf, stages)).toEqual([]);
    const known = graph.edges
      .filter(({ from }) => from.startsWith(`${src}sync/snapshot/`))
      .map(({ to }) => roomOf(to));
    expect([...new Set(known)].sort()).toEqual(['platform', 'sync']); // reading knows no runs and no directory
  });

  it('has no cycle of files and none of folders', () => {
    expect(findCycles(graph.edges)).toEqual([]);
    expect(findCycles(groupByRoom(graph, folderOf))).toEqual([]);
  });

  it('is drawn as it is in docs/architecture.md', () => {
    const [, picture = ''] = /```mermaid\n(.*?)```/s.exec(readText('docs/architecture.md')) ?? [];
    const drawn = [...picture.matchAll(/^ {2}(\w+) --> (.+)$/gm)].flatMap(([, from, targets = '']) =>
      targets.split(' & ').map((to) => `${from} → ${to}`),
    );
    const edges = Object.entries(rooms).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`));
    expect(drawn.sort()).toEqual(edges.sort());
  });
});

describe('the floors of the repository', () => {
  const tree = readImportGraph(['packages', 'apps', 'prisma']);
  const importsOf = (from: string, to: string) =>
    tree.edges.filter((edge) => !isTest(edge.from) && edge.from.startsWith(from) && edge.to.startsWith(to));

  it('import downwards: what is shared knows no program, and the server neither console nor tools', () => {
    expect(importsOf('packages/', 'apps/')).toEqual([]);
    expect(importsOf('apps/api/', 'prisma/')).toEqual([]);
    expect(importsOf('apps/api/', 'apps/web/')).toEqual([]);
    expect(importsOf('apps/web/src/', 'apps/api/')).toEqual([]);
  });

  it.each(Object.entries(packageImports))('let %s import %j', (name, allowed) => {
    const src = `packages/${name}/src/`;
    const files = readImportGraph([src]).files.filter((file) => file.startsWith(src) && !isTest(file));
    expect(files.length).toBeGreaterThan(0);
    const others = files.flatMap((file) =>
      parseImports(readText(file)).filter((specifier) => !specifier.startsWith('.')),
    );
    const isAllowed = (specifier: string) =>
      allowed.some((one) => specifier === one || specifier.startsWith(one.endsWith(':') ? one : `${one}/`));
    expect(others.filter((specifier) => !isAllowed(specifier))).toEqual([]);
  });

  it.each(Object.keys(packageImports))('document every export of %s', (name) => {
    expect(listUndocumentedExports(`packages/${name}/src/`)).toEqual([]);
  });
});

describe('connections to elsewhere', () => {
  /** Who may open one, and to what; the database aside. docs/security.md tells the same. */
  const openers: Record<string, string> = {
    'packages/wecom/src/http-transport.ts': 'WECOM_API_BASE_URL, the files of its exports',
    'apps/api/src/notices/channels/send-email.ts': 'the saved mail server',
    'apps/api/src/notices/channels/send-webhook.ts': 'the saved webhook',
    'apps/api/src/platform/tracing/open-telemetry.ts': 'OTEL_EXPORTER_OTLP_ENDPOINT',
  };
  const clients =
    /^(axios|undici|got|ws|node-fetch|nodemailer|https-proxy-agent|node:(tls|dgram|http2)|@opentelemetry\/exporter.*)$/;
  const isServerOfProduct = (file: string) =>
    /^(apps\/api|packages\/(wecom|contracts|planner))\/src\//.test(file) && !isTest(file);
  const opens = (source: string): boolean =>
    parseImports(source).some((specifier) => clients.test(specifier)) ||
    /\b(fetch|createConnection|connectTLS)\(|\bnew (WebSocket|Socket|EventSource)\b/.test(source) ||
    /\b(https?|net)\.(request|get|connect|createConnection|Agent)\b/.test(source) ||
    /import \{[^}]*\b(request|get|connect|Agent|Socket)\b[^}]*\} from 'node:(https?|net)'/.test(source);

  it('are opened by a closed list of files', () => {
    const files = readImportGraph(['apps/api/src', 'packages']).files.filter(isServerOfProduct);
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => opens(readText(file)))).toEqual(Object.keys(openers).sort());
  });

  it.each([
    ["import { request } from 'node:https';", true],
    ["import net from 'node:net'; net.connect(25, host);", true],
    ['const answer = await fetch(address);', true],
    ["const { createTransport } = await import('nodemailer');", true],
    ["import { createServer, type RequestListener } from 'node:http';", false],
    ["import { isIP } from 'node:net';", false],
  ])('are seen in %j: %s', (source, expected) => {
    expect(opens(source)).toBe(expected);
  });
});

describe('docs/architecture.md', () => {
  const text = readText('docs/architecture.md');

  it('names files and folders that exist', () => {
    const names = [...text.matchAll(/`([\w./*-]+(?:\.(?:ts|md|prisma|sql)|\/))`/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(20);
    const exists = (name: string) =>
      ['', 'apps/api/src/', 'apps/api/test/**/'].some(
        (folder) => globSync(`${folder}${name}`, { cwd: repositoryRoot }).length > 0,
      );
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });

  it('links to pages that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => join('docs', link));
    expect(links.filter((link) => !existsSync(join(repositoryRoot, link)))).toEqual([]);
  });
});

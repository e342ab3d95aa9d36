import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  findCycles,
  findMatrixFaults,
  folderOf,
  groupByRoom,
  parseImports,
  readImportGraph,
} from './import-graph.ts';
import { findUndocumented } from './undocumented-exports.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-graph-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

it.each([
  ["import { a } from './a.ts';", './a.ts'],
  ["import type { A } from './a.ts';", './a.ts'],
  ["import {\n  type A,\n  b as c,\n} from './a.ts';", './a.ts'],
  ["import x, * as y from './a.ts';", './a.ts'],
  ["import './a.ts';", './a.ts'],
  ["export * from './a.ts';", './a.ts'],
  ["export type { A } from './a.ts';", './a.ts'],
  ["const { a } = await import('./a.ts');", './a.ts'],
  ["type A = import('./a.ts').A;", './a.ts'],
  ["const page = 'https://x'; const load = () => import('./a.ts'); // import('./b.ts')", './a.ts'],
])('finds the import in %j', (source, specifier) => {
  expect(parseImports(source)).toEqual([specifier]);
});

it.each([
  "// import { a } from './a.ts';",
  "/*\nimport { a } from './a.ts';\n*/",
  "export const text = Array.from('./a.ts');",
  "export const text = 'from';\nconst other = './a.ts';",
])('finds no import in %j', (source) => {
  expect(parseImports(source)).toEqual([]);
});

it('resolves relative paths and the exports of workspace packages, and leaves out the packages of others', () => {
  write({
    'packages/core/package.json':
      '{ "name": "@x/core", "exports": { ".": "./index.ts", "./deep": "./deep.ts" } }',
    'packages/core/index.ts': "export * from './deep.ts';",
    'packages/core/deep.ts': "import * as z from 'zod';",
    'apps/web/src/main.tsx': "import '@x/core';\nimport type { D } from '@x/core/deep';\nimport './a.css';",
  });
  expect(readImportGraph(['packages', 'apps'], root)).toEqual({
    files: ['apps/web/src/main.tsx', 'packages/core/deep.ts', 'packages/core/index.ts'],
    edges: [
      { from: 'apps/web/src/main.tsx', to: 'packages/core/index.ts' },
      { from: 'apps/web/src/main.tsx', to: 'packages/core/deep.ts' },
      { from: 'packages/core/index.ts', to: 'packages/core/deep.ts' },
    ],
  });
});

it('refuses an import that leads to no file', () => {
  write({ 'src/a.ts': "import './b.ts';" });
  expect(() => readImportGraph(['src'], root)).toThrow('imports ./b.ts, which does not exist');
});

it('finds a cycle of files that only types close, and none where files merely share an import', () => {
  write({
    'src/a.ts': "import './b.ts';\nimport './d.ts';",
    'src/b.ts': "import './c.ts';\nimport './d.ts';",
    'src/c.ts': "import type { A } from './a.ts';",
    'src/d.ts': '',
  });
  expect(findCycles(readImportGraph(['src'], root).edges)).toEqual([
    'src/a.ts → src/b.ts → src/c.ts → src/a.ts',
  ]);
});

it('finds a cycle of folders whose files have none', () => {
  write({
    'src/x/one.ts': "import '../y/one.ts';",
    'src/x/two.ts': '',
    'src/y/one.ts': '',
    'src/y/two.ts': "import '../x/two.ts';",
  });
  const graph = readImportGraph(['src'], root);
  expect(findCycles(graph.edges)).toEqual([]);
  expect(findCycles(groupByRoom(graph, folderOf))).toEqual(['src/x → src/y → src/x']);
});

it('reports an import that the matrix forbids, a room that it lacks and a permission that nobody uses', () => {
  write({ 'up/a.ts': "import '../down/b.ts';", 'down/b.ts': "import '../up/a.ts';", 'other/c.ts': '' });
  const graph = readImportGraph(['up', 'down', 'other'], root);
  expect(findMatrixFaults(graph, folderOf, { up: ['down', 'side'], down: [] })).toEqual([
    'other is not in the matrix: other/c.ts',
    'down → up is not allowed: down/b.ts imports up/a.ts',
    'up → side is allowed, but nothing uses it',
  ]);
});

it('names the exports that no docstring precedes', () => {
  const source = [
    '/** Documented. */',
    'export const a = 1;',
    'export const b = 2;',
    '// A comment is no docstring.',
    'export async function c() {}',
    '/**',
    ' * Documented.',
    ' */',
    'export interface D {}',
    'export type E = D;',
    '/** Documented, with a reason for the linter. */',
    '// biome-ignore lint/suspicious/noExplicitAny: a reason',
    'export type F = any;',
    'const inner = 3;',
  ];
  expect(findUndocumented(source.join('\n'))).toEqual(['b', 'c', 'E']);
});

import { describe, expect, it } from 'vitest';
import {
  type AllowedImports,
  findCycles,
  findMatrixFaults,
  folderOf,
  groupByRoom,
  keepFiles,
  readImportGraph,
} from './import-graph.ts';
import { listUndocumentedExports } from './undocumented-exports.ts';

/** What ships; a test may render the whole console. */
const readShipped = (folder: string, ...others: string[]) =>
  keepFiles(
    readImportGraph([folder]),
    (file) => [folder, ...others].some((kept) => file.startsWith(kept)) && !/\.test\.tsx?$/.test(file),
  );

describe('the console', () => {
  const src = 'apps/web/src/';
  const graph = readShipped(src, 'packages/contracts/src/');
  const pathOf = (file: string) => file.slice(src.length).split('/');

  const roomOf = (file: string) => (file.startsWith(src) ? (pathOf(file)[0] ?? '') : 'contracts');
  const allowed: AllowedImports = {
    'main.tsx': ['app', 'lib', 'config'],
    app: ['features', 'entities', 'components', 'lib', 'i18n', 'config', 'contracts'],
    features: ['entities', 'components', 'lib', 'i18n', 'config', 'contracts'],
    entities: ['components', 'lib', 'i18n', 'contracts'],
    components: ['lib'],
    lib: ['config', 'contracts'],
    i18n: ['config'],
    config: [],
  };
  it('imports downwards: app, features, entities, then what knows no domain', () => {
    expect(findMatrixFaults(graph, roomOf, allowed)).toEqual([]);
  });

  /** `features/sync`, `entities/runs`; null for all other rooms. */
  const unitOf = (file: string, room: string) =>
    file.startsWith(`${src}${room}/`) ? pathOf(file).slice(0, 2).join('/') : null;
  const listCrossings = (room: string) =>
    graph.edges.flatMap(({ from, to }) => {
      const [unit, other] = [unitOf(from, room), unitOf(to, room)];
      return unit === null || other === null || unit === other ? [] : [`${unit} → ${other}`];
    });
  it('has no feature that imports a feature', () => {
    expect(listCrossings('features')).toEqual([]);
  });
  it('has one entity that imports another: recorded changes name departments', () => {
    expect([...new Set(listCrossings('entities'))]).toEqual(['entities/changes → entities/departments']);
  });

  it('has no cycle of files', () => {
    expect(findCycles(graph.edges)).toEqual([]);
  });
  it('has no cycle of folders', () => {
    expect(findCycles(groupByRoom(readShipped(src), folderOf))).toEqual([]);
  });
});

describe('the contracts', () => {
  const src = 'packages/contracts/src/';
  const graph = readShipped(src);
  const entryPoints = ['index.ts', 'return-to.ts'];
  const roomOf = (file: string) => {
    const [room = '', inner] = file.slice(src.length).split('/');
    return inner === undefined && !entryPoints.includes(room) ? 'basics' : room;
  };
  const allowed: AllowedImports = {
    'index.ts': ['basics', 'schemas', 'endpoints'],
    'return-to.ts': [],
    openapi: ['basics', 'schemas', 'endpoints'],
    endpoints: ['basics', 'schemas'],
    schemas: ['basics'],
    basics: ['error-table'],
    'error-table': [],
  };
  it('build schemas on the basics, endpoints on schemas, and the document on all of them', () => {
    expect(findMatrixFaults(graph, roomOf, allowed)).toEqual([]);
  });
  it('have no cycle of files', () => {
    expect(findCycles(graph.edges)).toEqual([]);
  });
  it('document every export', () => {
    expect(listUndocumentedExports(src)).toEqual([]);
  });
});

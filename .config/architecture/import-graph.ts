import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** One import of one file of the repository by another; paths are relative to the root, with `/`. */
export interface ImportEdge {
  from: string;
  to: string;
}

/** Who imports whom. Type imports, re-exports and dynamic imports count like any other. */
export interface ImportGraph {
  /** Every TypeScript file that was read, sorted. */
  files: string[];
  /** Imports that end at a file of the repository, also at one that was not read itself. */
  edges: ImportEdge[];
}

/** The repository's root, two levels above this file. */
export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** Folders that hold no source of ours. */
const skippedFolders = new Set(['node_modules', 'dist', 'generated', 'coverage']);

// The clause between `import` and `from` has names, braces, commas and `*` only, so that no other statement
// fits.
const staticImport = /^[ \t]*(?:import|export)\s+(?:[\w$\s{},*]+?\s*from\s*)?(['"])([^'"\n]+)\1/gm;
/** `await import('…')` and the type `import('…')`. */
const dynamicImport = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g;
/** Strings come first, so that `//` inside an address is not taken for a comment. */
const stringOrComment = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** The specifiers that a TypeScript source imports, in order of appearance, each once. */
export function parseImports(source: string): string[] {
  const code = source.replaceAll(stringOrComment, (_, text: string | undefined) => text ?? ' ');
  const found = [...code.matchAll(staticImport), ...code.matchAll(dynamicImport)];
  found.sort((a, b) => a.index - b.index);
  return [...new Set(found.map((match) => match[2] ?? ''))];
}

/**
 * Reads the imports of every `.ts` and `.tsx` file below the folders (relative to the root).
 * Throws when an import of ours leads to no file; packages of others and style sheets are left out.
 */
export function readImportGraph(folders: readonly string[], root = repositoryRoot): ImportGraph {
  const packages = readWorkspacePackages(root);
  const files = folders.flatMap((folder) => listSources(join(root, folder))).sort();
  const edges = files.flatMap((file) =>
    parseImports(readFileSync(file, 'utf8')).flatMap((specifier) => {
      const target = resolveImport(file, specifier, packages);
      return target === null ? [] : [{ from: toName(file, root), to: toName(target, root) }];
    }),
  );
  return { files: files.map((file) => toName(file, root)), edges };
}

/** The graph without the files (and their imports) that the test does not speak about. */
export function keepFiles(graph: ImportGraph, isKept: (file: string) => boolean): ImportGraph {
  return {
    files: graph.files.filter(isKept),
    edges: graph.edges.filter(({ from, to }) => isKept(from) && isKept(to)),
  };
}

/** The graph one level up: rooms in place of files, imports within a room left out, each edge once. */
export function groupByRoom(graph: ImportGraph, roomOf: (file: string) => string): ImportEdge[] {
  const edges = new Map<string, ImportEdge>();
  for (const edge of graph.edges) {
    const [from, to] = [roomOf(edge.from), roomOf(edge.to)];
    if (from !== to) edges.set(`${from} → ${to}`, { from, to });
  }
  return [...edges.values()];
}

/** The folder of a file, the room of the strictest kind. */
export const folderOf = (file: string): string => dirname(file);

/** Which rooms a room may import; itself is always allowed. */
export type AllowedImports = Readonly<Record<string, readonly string[]>>;

/**
 * What is wrong with the graph by the matrix, one line each: imports that it forbids, rooms that it does not
 * name, and permissions that nobody uses, so that the matrix says exactly what is there.
 */
export function findMatrixFaults(
  graph: ImportGraph,
  roomOf: (file: string) => string,
  allowed: AllowedImports,
): string[] {
  const faults = new Set<string>();
  const unused = new Set(
    Object.entries(allowed).flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`)),
  );
  for (const file of graph.files)
    if (!(roomOf(file) in allowed)) faults.add(`${roomOf(file)} is not in the matrix: ${file}`);
  for (const { from, to } of graph.edges) {
    const edge = `${roomOf(from)} → ${roomOf(to)}`;
    unused.delete(edge);
    if (roomOf(from) !== roomOf(to) && !allowed[roomOf(from)]?.includes(roomOf(to)))
      faults.add(`${edge} is not allowed: ${from} imports ${to}`);
  }
  for (const edge of unused) faults.add(`${edge} is allowed, but nothing uses it`);
  return [...faults];
}

/** One shortest cycle through each knot (strongly connected component), as `a → b → a`. */
export function findCycles(edges: readonly ImportEdge[]): string[] {
  const targets = Map.groupBy(edges, ({ from }) => from);
  const getTargets = (node: string) => (targets.get(node) ?? []).map(({ to }) => to);
  const cycles: string[] = [];
  const known = new Set<string>();
  for (const node of [...targets.keys()].sort()) {
    if (known.has(node)) continue;
    const path = findPathBack(node, getTargets);
    if (path === null) continue;
    cycles.push(path.join(' → '));
    for (const member of listKnot(node, edges, getTargets)) known.add(member);
  }
  return cycles;
}

/** A shortest way from a node back to itself, breadth first; null when there is none. */
function findPathBack(start: string, getTargets: (node: string) => string[]): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const target of getTargets(node)) {
      if (target === start) return [...tracePath(node, cameFrom), start];
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return null;
}

function tracePath(end: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [end];
  for (let node = cameFrom.get(end); node !== undefined; node = cameFrom.get(node)) path.unshift(node);
  return path;
}

/** Everything that both reaches the node and is reached from it. */
function listKnot(
  node: string,
  edges: readonly ImportEdge[],
  getTargets: (node: string) => string[],
): string[] {
  const sources = Map.groupBy(edges, ({ to }) => to);
  const reaching = reach(node, (end) => (sources.get(end) ?? []).map(({ from }) => from));
  return [...reach(node, getTargets)].filter((other) => reaching.has(other));
}

function reach(start: string, getTargets: (node: string) => string[]): Set<string> {
  const reached = new Set([start]);
  for (const node of reached) for (const target of getTargets(node)) reached.add(target);
  return reached;
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return skippedFolders.has(entry.name) ? [] : listSources(join(folder, entry.name));
    return /\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

/** The file that each export of each workspace package leads to, by its specifier. */
function readWorkspacePackages(root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const parent of ['packages', 'apps'])
    for (const name of existsSync(join(root, parent)) ? readdirSync(join(root, parent)) : []) {
      const folder = join(root, parent, name);
      if (!existsSync(join(folder, 'package.json'))) continue;
      const manifest: { name: string; exports?: Record<string, string> } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      );
      for (const [path, file] of Object.entries(manifest.exports ?? {}))
        found.set(join(manifest.name, path), join(folder, file));
    }
  return found;
}

function resolveImport(
  file: string,
  specifier: string,
  packages: ReadonlyMap<string, string>,
): string | null {
  const ours = packages.get(specifier);
  if (ours !== undefined) return ours;
  if (!specifier.startsWith('.') || !/\.tsx?$/.test(specifier)) return null;
  const target = resolve(dirname(file), specifier);
  // What is generated is there only after a build.
  if (target.split(sep).includes('generated')) return null;
  if (!existsSync(target)) throw new Error(`${file} imports ${specifier}, which does not exist`);
  return target;
}

const toName = (file: string, root: string): string => relative(root, file).split(sep).join('/');

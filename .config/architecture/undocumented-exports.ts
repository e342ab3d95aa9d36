import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImportGraph, repositoryRoot } from './import-graph.ts';

const exported = /^export (?:declare |abstract |async )*(?:const|function|class|interface|type|enum) (\w+)/;

/** Names that a TypeScript source exports by declaration and that no docstring precedes, in order. */
export function findUndocumented(source: string): string[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    const name = exported.exec(line)?.[1];
    if (name === undefined) return [];
    const above = lines.slice(0, index).findLast((earlier) => !earlier.startsWith('// biome-ignore'));
    return above?.trimEnd().endsWith('*/') ? [] : [name];
  });
}

/** Undocumented exports of every source below a folder (tests left out), as `file: name`. */
export function listUndocumentedExports(folder: string, root = repositoryRoot): string[] {
  return readImportGraph([folder], root)
    .files.filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) =>
      findUndocumented(readFileSync(join(root, file), 'utf8')).map((name) => `${file}: ${name}`),
    );
}

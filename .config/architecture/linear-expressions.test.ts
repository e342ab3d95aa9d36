import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readImportGraph, repositoryRoot } from './import-graph.ts';

// Every regular expression of the server and the packages is fed texts that make a careless one slow: what it
// looks for, over and over, and never what would end it. Which of them sees text from outside need not be
// known.

const length = 100_000;
const maxMs = 50;

const files = readImportGraph(['apps/api/src', 'packages']).files.filter(
  (file) => !/\.test\.ts$|\/test\//.test(file),
);

/** A literal stands where a value may: after one of these, as the formatter writes it. */
const literal =
  /(?<=[(,=:[!&|?{};]\s{0,12}|return )\/(?![*/])((?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?![\w$/])/g;

const expressions = new Map(
  files.flatMap((file) =>
    [...readFileSync(join(repositoryRoot, file), 'utf8').matchAll(literal)].map(
      ([text, source = '', flags = '']) =>
        [text, { file, expression: new RegExp(source, flags.replaceAll(/[gy]/g, '')) }] as const,
    ),
  ),
);

/** One of each kind of character that an expression may speak of. */
const characters = [...'aZ0 .-/_"\'<>&=,;@:[]{}%#+?\t\né\0'];

/** What an expression wants to the letter, such as `, hint: [`. */
const listWanted = (source: string): string[] =>
  source
    .replaceAll(/\\([^a-zA-Z0-9])/g, '\uE000$1')
    .split(/(?<!\uE000)[()|*+?{}^$[\]]|\\./)
    .map((part) => part.replaceAll('\uE000', ''))
    .filter((part) => part.length > 1 && part.length < 40);

function* listShapes(source: string): Generator<(size: number) => string> {
  const wanted = listWanted(source);
  for (const start of ['', ...wanted])
    for (const piece of [...characters, ...wanted])
      for (const end of ['', '\0'])
        yield (size) => start + piece.repeat(Math.ceil(size / piece.length)) + end;
}

/** Milliseconds of this process: others on the machine do not count. */
function timeOf(expression: RegExp, text: string): number {
  const before = process.cpuUsage();
  expression.test(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** A slow machine is told from a slow expression by half the text, the best of three each. */
function isLinear(expression: RegExp, shape: (size: number) => string): boolean {
  if (timeOf(expression, shape(length)) <= maxMs) return true;
  const best = (size: number) => Math.min(...[1, 2, 3].map(() => timeOf(expression, shape(size))));
  return best(length) <= maxMs || best(length) / best(length / 2) < 3;
}

it('finds the expressions', () => {
  expect(expressions.size).toBeGreaterThan(50);
});

it.each([...expressions])(
  '%s takes no longer than its text is long',
  (_, { file, expression }) => {
    for (const shape of listShapes(expression.source))
      expect([file, shape(20), isLinear(expression, shape)]).toEqual([file, shape(20), true]);
  },
  60_000,
);

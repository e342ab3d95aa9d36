import { readFile } from 'node:fs/promises';

const operations = new URL('../../../../docs/operations.md', import.meta.url);

/**
 * An example of docs/operations.md, so that it is tried as it is written.
 * @param language of the code block
 * @param mark what stands in it and in no other of that language
 */
export async function readExample(language: string, mark: string): Promise<string> {
  const text = await readFile(operations, 'utf8');
  const blocks = [...text.matchAll(/^ *```(\w+)\n([\s\S]*?)^ *```$/gm)];
  const found = blocks.filter(([, kind, code = '']) => kind === language && code.includes(mark));
  const [example] = found;
  if (example?.[2] === undefined || found.length > 1)
    throw new Error(`docs/operations.md has ${found.length} ${language} examples with ${mark}.`);
  return example[2];
}

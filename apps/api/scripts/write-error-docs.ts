// Writes docs/errors.zh.md, docs/errors.en.md and docs/openapi.json from the tables that the server itself
// uses. Usage: npx node apps/api/scripts/write-error-docs.ts [--check]; with --check it writes nothing and
// fails when one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildOpenApiDocument } from '@orgmirror/contracts/openapi';
import { formatErrorDocument } from './format-error-document.ts';

const docsFolder = fileURLToPath(new URL('../../../docs/', import.meta.url));

const documents: Record<string, string> = {
  'errors.zh.md': formatErrorDocument('zh'),
  'errors.en.md': formatErrorDocument('en'),
  'openapi.json': `${JSON.stringify(buildOpenApiDocument(), null, 2)}\n`,
};

async function findStale(): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of Object.entries(documents)) {
    const written = await readFile(`${docsFolder}${name}`, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (written !== text) stale.push(`docs/${name}`);
  }
  return stale;
}

if (process.argv.includes('--check')) {
  const stale = await findStale();
  if (stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run: npx node apps/api/scripts/write-error-docs.ts`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of Object.entries(documents)) await writeFile(`${docsFolder}${name}`, text);
}

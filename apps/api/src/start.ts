import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Kept beside the packages, compiled code halves a start. Where that folder cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/orgmirror', import.meta.url)));

const { runServer } = await import('./main.ts');
// biome-ignore lint/style/noProcessEnv: the program's entry hands the environment on to config.ts
await runServer({ print: (line) => process.stdout.write(`${line}\n`), env: process.env });

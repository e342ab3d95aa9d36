import { runServer } from './main.ts';

// biome-ignore lint/style/noProcessEnv: the program's entry hands the environment on to config.ts
await runServer({ print: (line) => process.stdout.write(`${line}\n`), env: process.env });

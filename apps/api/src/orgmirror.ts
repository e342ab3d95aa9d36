import { runCommand } from './commands/run-command.ts';
import { outliveReaders } from './platform/outlive-readers.ts';

outliveReaders();

// npm run orgmirror -- <command>: what an operator does beside the running server.

process.exitCode = await runCommand(process.argv.slice(2), {
  // biome-ignore lint/style/noProcessEnv: the program's entry hands the environment on to config.ts
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  printError: (line) => process.stderr.write(`${line}\n`),
});

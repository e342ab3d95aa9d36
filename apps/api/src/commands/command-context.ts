import type { Config } from '../platform/config.ts';

/** Where a command reads its settings and writes to. */
export interface Output {
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  printError: (line: string) => void;
}

/** What a command works with. */
export interface CommandContext extends Output {
  config: Config;
  /** What follows its name. */
  args: readonly string[];
}

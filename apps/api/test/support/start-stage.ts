import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Program, startProgram } from './start-program.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Starts servers as programs of their own, on an empty database of the project's kind unless told otherwise. */
export interface StartStage {
  /** A folder of the file's stories. */
  folder(): string;
  start(env: Record<string, string>): Program;
  /** Expects exit code 1 and one line in both languages on standard error, no stack. @returns the line */
  refusalOf(env: Record<string, string>): Promise<string>;
}

/** Registers the hooks that give each file its folder and database and end what a story started. */
export function openStartStage(): StartStage {
  let folder: string;
  let database: TestDatabase;
  const running: Program[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orgmirror-start-'));
    database = await createTestDatabase({ empty: true });
  });
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.kill('SIGKILL');
      await program.exited;
    }
  });
  afterAll(async () => {
    await database.remove();
    await rm(folder, { recursive: true });
  });
  const start = (env: Record<string, string>): Program => {
    const program = startProgram({ LOG_LEVEL: 'warn', ...database.env, ...env });
    running.push(program);
    return program;
  };
  return {
    folder: () => folder,
    start,
    refusalOf: async (env) => {
      const program = start(env);
      expect(await program.exited).toBe(1);
      const lines = program.output.stderr.split('\n').filter(Boolean);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/\p{Script=Han}.* \| [A-Z]/u);
      return lines[0] ?? '';
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInBackground } from './background-work.ts';
import { type Database, openDatabase } from './database.ts';

describe('the statements of background work', () => {
  let folder: string;
  let database: Database;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orgmirror-background-'));
    database = await openDatabase({ databaseUrl: undefined, dataFolder: folder }, pino({ level: 'silent' }));
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const readOwnText = async () => {
    const rows = await database.prisma.$queryRaw<{ text: string }[]>`SELECT current_query() AS text`;
    return rows[0]?.text;
  };

  it('end with a comment', async () => {
    expect(await runInBackground(readOwnText)).toBe("SELECT current_query() AS text /*work='background'*/");
  });
  it('have it behind every await', async () => {
    const late = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return readOwnText();
    };
    expect(await runInBackground(late)).toContain('background');
  });
  it('are the only ones that have it', async () => {
    expect(await readOwnText()).toBe('SELECT current_query() AS text');
  });
});

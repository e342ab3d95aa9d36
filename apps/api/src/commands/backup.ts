import { existsSync } from 'node:fs';
import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Database } from '../platform/database/database.ts';
import { StartupError } from '../platform/startup-error.ts';
import type { CommandContext } from './command-context.ts';

/** What of the data folder a server needs; locks and sockets are made anew. */
const parts = ['database', 'app-secret'] as const;

/**
 * Copies the embedded database and its key into a folder that a server takes as its DATA_DIR. The copy gets its name
 * when it is whole and on the disk. It is consistent: this process alone has the database open and writes nothing.
 * @throws StartupError on Postgres, and when the folder is there already
 */
export async function backup({ args, config, print }: CommandContext, database: Database): Promise<void> {
  const [given] = args;
  if (!database.embedded)
    throw new StartupError({
      zh: '数据在 Postgres 中，请用 pg_dump 备份（见 docs/operations.md）。',
      en: 'The data is in Postgres: back it up by pg_dump (see docs/operations.md).',
    });
  if (given === undefined || existsSync(given))
    throw new StartupError({
      zh: `请指定一个尚不存在的目录作为备份位置${given === undefined ? '' : `：${given} 已存在`}。`,
      en: `Name a folder for the backup that is not there yet${given === undefined ? '' : `: ${given} is`}.`,
    });
  const target = resolve(given);
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await database.prisma.$executeRaw`CHECKPOINT`;
  for (const part of parts) {
    const source = join(config.dataFolder, part);
    if (existsSync(source))
      await cp(source, join(unfinished, part), { recursive: true, preserveTimestamps: true });
  }
  await flush(unfinished);
  await rename(unfinished, target);
  print(
    `已备份到 ${target}，其中包含数据和密钥，请妥善保管。 | The backup is in ${target}. It holds the data and the key: keep it secret.`,
  );
}

/** The embedded database does not fsync; its copy must survive a power cut. */
async function flush(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartupError } from '../startup-error.ts';

const sqliteBusy = 5;

/**
 * Makes this process the only one on a data folder, before anything in it is opened. The lock is the operating system's
 * on an open file, as SQLite takes it: it ends with the process, however that ends, and needs no guess whether a number
 * written down still is a living process.
 * @throws StartupError while another process holds it
 */
export function lockFolder(folder: string): { release(): void } {
  const path = join(folder, 'lock');
  closeSync(openSync(path, 'a', 0o600)); // else who may read it may hold it
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy)) throw error;
    throw new StartupError(
      {
        zh: `另一个服务正在使用数据目录 ${folder}。请停止它，或把 DATA_DIR 设为其他目录。`,
        en: `Another server uses the data folder ${folder}. Stop it, or set DATA_DIR to another.`,
      },
      { cause: error },
    );
  }
  return { release: () => database.close() };
}

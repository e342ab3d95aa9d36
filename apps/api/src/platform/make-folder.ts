import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from './startup-error.ts';

/**
 * Makes the data folder unless it is there: then it stays as it is, since others may use it too.
 * @throws StartupError when it cannot be made or written, or is no folder
 */
export function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuseDataFolder(path, error);
  }
}

/** What to tell the person who starts the server after node:fs has thrown. */
export function refuseDataFolder(path: string, error: unknown): StartupError {
  const { code } = error as NodeJS.ErrnoException; // node:fs throws nothing else
  return new StartupError(
    {
      zh: `数据目录 ${path} 无法写入（${code}）。请把 DATA_DIR 设为可写的目录。`,
      en: `The data folder ${path} cannot be written (${code}). Set DATA_DIR to one that can.`,
    },
    { cause: error },
  );
}

/**
 * Makes a folder and those above it, readable by their owner alone; one that is there stays as it is.
 * `mkdir` with `recursive` never returns where a file system answers ENOENT below a folder that exists, as
 * `/proc` does (Node 24).
 * @throws the error of node:fs
 */
export function makeFolder(path: string): void {
  if (tryToMake(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** @returns false when the folder above is missing */
function tryToMake(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // node:fs throws nothing else
    if (code === 'EEXIST' && statSync(path).isDirectory()) return true;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    throw error;
  }
}

import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { makeDataFolder, makeFolder } from '../make-folder.ts';
import { StartupError } from '../startup-error.ts';
import { lockFolder } from './folder-lock.ts';
import { createInitialDatabase } from './initial-database.ts';
import { pinSessionUntilSync } from './pin-session-until-sync.ts';

export interface EmbeddedDatabase {
  /** Reaches it as any Postgres. */
  connectionString: string;
  close(): Promise<void>;
}

/** Postgres' default port: part of a unix socket's file name. */
const socketPort = 5432;
const socketName = `.s.PGSQL.${socketPort}`;
/** What the system takes as the path of a unix socket, in bytes. */
const maxSocketPathBytes = process.platform === 'darwin' ? 103 : 107;
/** Prisma's pool, the job queue's pool and what tools open beside them. */
const maxConnections = 50;

/**
 * Postgres inside this process (PGlite), for trying the product out and for small installations. It is
 * reached over a unix socket in the data folder, as any Postgres, so that there is one code path; all
 * sessions share one backend, so a query on another connection waits until an open transaction ends, and
 * advisory locks and LISTEN do not work. It survives a killed process, not a power cut (no fsync).
 */
export async function openEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  makeDataFolder(dataFolder);
  const lock = lockFolder(dataFolder);
  try {
    const socket = await makeSocketFolder(dataFolder);
    const path = join(socket.folder, socketName);
    await rm(path, { force: true }); // left by a killed process
    const pglite = await openPglite(dataFolder);
    const server = new PGLiteSocketServer({ db: pinSessionUntilSync(pglite), path, maxConnections });
    await server.start();
    return {
      connectionString: `postgresql://postgres@localhost:${socketPort}/postgres?host=${encodeURIComponent(socket.folder)}`,
      close: async () => {
        await server.stop();
        await pglite.close();
        await socket.remove();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** A new database gets its name when it is whole: a process that is killed while it makes one leaves none. */
async function openPglite(dataFolder: string): Promise<PGlite> {
  const folder = join(dataFolder, 'database');
  if (!existsSync(folder)) {
    const unfinished = join(dataFolder, 'database.new');
    await rm(unfinished, { recursive: true, force: true });
    makeFolder(unfinished); // 0700: the data folder itself may be open to others
    await createInitialDatabase(unfinished);
    await rename(unfinished, folder);
  }
  return PGlite.create(folder, { extensions: { pg_trgm } });
}

/** In the data folder, or where temporary files go when that path is longer than a socket's may be. */
async function makeSocketFolder(dataFolder: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const own = join(dataFolder, 'socket');
  const isShort = (folder: string) => Buffer.byteLength(join(folder, socketName)) <= maxSocketPathBytes;
  if (isShort(own)) {
    makeFolder(own);
    return { folder: own, remove: async () => undefined };
  }
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-')); // 0700
  if (isShort(folder)) return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
  await rm(folder, { recursive: true });
  throw new StartupError({
    zh: `数据目录 ${dataFolder} 和临时目录 ${tmpdir()} 的路径都过长。请把 DATA_DIR 设为较短的路径。`,
    en: `The paths of the data folder ${dataFolder} and of the temporary folder ${tmpdir()} are both too long. Set DATA_DIR to a shorter one.`,
  });
}

import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { StartupError } from '../startup-error.ts';
import { pinSessionUntilSync } from './pin-session-until-sync.ts';

export interface EmbeddedDatabase {
  /** Reaches it as any Postgres. */
  connectionString: string;
  close(): Promise<void>;
}

/** Postgres' default port: part of a unix socket's file name. */
const socketPort = 5432;
/** Prisma's pool, the job queue's pool and what tools open beside them. */
const maxConnections = 50;

/**
 * Postgres inside this process (PGlite), for trying the product out and for small installations. It is
 * reached over a unix socket in the data folder, as any Postgres, so that there is one code path; all
 * sessions share one backend, so a query on another connection waits until an open transaction ends, and
 * advisory locks and LISTEN do not work. It survives a killed process, not a power cut (no fsync).
 */
export async function openEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  const databaseFolder = join(dataFolder, 'database');
  const socketFolder = join(dataFolder, 'socket');
  await mkdir(databaseFolder, { recursive: true, mode: 0o700 });
  await mkdir(socketFolder, { recursive: true, mode: 0o700 });
  await chmod(dataFolder, 0o700);
  const path = join(socketFolder, `.s.PGSQL.${socketPort}`);
  if (await isServed(path))
    throw new StartupError({
      zh: `另一个服务正在使用数据目录 ${dataFolder}。请停止它，或把 DATA_DIR 设为其他目录。`,
      en: `Another server uses the data folder ${dataFolder}. Stop it, or set DATA_DIR to another.`,
    });
  await rm(path, { force: true }); // left by a killed process
  const pglite = await PGlite.create(databaseFolder, { extensions: { pg_trgm } });
  const server = new PGLiteSocketServer({ db: pinSessionUntilSync(pglite), path, maxConnections });
  await server.start();
  return {
    connectionString: `postgresql://postgres@localhost:${socketPort}/postgres?host=${encodeURIComponent(socketFolder)}`,
    close: async () => {
      await server.stop();
      await pglite.close();
    },
  };
}

/** Two processes in one database folder would destroy it. A process that was killed leaves a dead socket. */
function isServed(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

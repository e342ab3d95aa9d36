import { PrismaPg } from '@prisma/adapter-pg';
import type { ArgType, SqlQuery, SqlQueryable, Transaction } from '@prisma/driver-adapter-utils';
import pg from 'pg';

// Prisma's adapter sends an instant as the wall time of UTC without saying so, and drops the offset of what it reads
// (prisma/orm#26786): in a session that is not at UTC all it writes is off by hours. Here every instant goes out with a
// `Z` and its offset is honoured when it comes back, so that the zone of the session does not matter. Pinning that zone
// instead would be session state, which poolers share out among clients.

const { TIMESTAMPTZ } = pg.types.builtins;

/** A connection on which Prisma reads instants with their offset. For `pg.Pool`. */
export class InstantClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: passes the call on as it is; pg has eight overloads
  override query(...args: any[]): any {
    const [config] = args;
    if (config?.types?.getTypeParser) args[0] = { ...config, types: readInstants(config.types) };
    // biome-ignore lint/suspicious/noExplicitAny: see above
    return (super.query as any)(...args);
  }
}

const readInstants = ({ getTypeParser }: pg.CustomTypesConfig): pg.CustomTypesConfig => ({
  getTypeParser: (id, format) =>
    id === TIMESTAMPTZ && format !== 'binary' ? readInstant : getTypeParser(id, format),
});

const parseInstant: (text: string) => unknown = pg.types.getTypeParser(TIMESTAMPTZ);

function readInstant(text: string): string {
  const instant = parseInstant(text);
  if (!(instant instanceof Date))
    throw new Error(`The database gave an instant that cannot be read: ${text}`);
  return instant.toISOString();
}

/** Prisma's adapter, sending instants with their offset. Its pool must make {@link InstantClient}s. */
export class InstantAdapter extends PrismaPg {
  override async connect() {
    const adapter = sendInstants(await super.connect());
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel): Promise<Transaction> =>
      sendInstants(await startTransaction(isolationLevel));
    return adapter;
  }
}

function sendInstants<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const [queryRaw, executeRaw] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)];
  queryable.queryRaw = (query) => queryRaw(writeInstants(query));
  queryable.executeRaw = (query) => executeRaw(writeInstants(query));
  return queryable;
}

/** Types of the database that hold no instant. */
const zoneless = new Set(['DATE', 'TIME', 'TIMETZ', 'TIMESTAMP']);

const isInstant = ({ scalarType, dbType }: ArgType): boolean =>
  scalarType === 'datetime' && !zoneless.has(dbType ?? '');

function writeInstants(query: SqlQuery): SqlQuery {
  if (!query.argTypes.some(isInstant)) return query;
  const isInstantAt = (index: number) => {
    const type = query.argTypes[index];
    return type !== undefined && isInstant(type);
  };
  return {
    ...query,
    args: query.args.map((arg, index) => (isInstantAt(index) ? writeInstant(arg) : arg)),
    argTypes: query.argTypes.map((type) => (isInstant(type) ? { ...type, scalarType: 'string' } : type)),
  };
}

function writeInstant(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeInstant);
  return value instanceof Date || typeof value === 'string' ? new Date(value).toISOString() : value;
}

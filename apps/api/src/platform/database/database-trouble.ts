import type { ErrorCode } from '@orgmirror/contracts';
import { Prisma } from './generated/client.ts';

/** What a database can suffer from that no request is to blame for. */
export type DatabaseTrouble = Extract<ErrorCode, `database.${string}`>;

interface Signs {
  trouble: DatabaseTrouble;
  /** SQLSTATE, the code of a socket, Prisma's code, or the kind that its adapter gives. */
  codes: RegExp;
  /** For errors of the driver that come without a code. */
  texts: RegExp;
}

/** From what the driver says to the error that requests, runs, jobs and readiness name; the first that fits. */
const table: readonly Signs[] = [
  {
    trouble: 'database.too_many_connections',
    codes: /^(53300|P2037|TooManyConnections)$/,
    texts: /too many (clients|connections)|remaining connection slots|no more connections allowed/i,
  },
  {
    trouble: 'database.full',
    codes: /^(53100|ENOSPC)$/,
    texts: /no space left on device/i,
  },
  {
    trouble: 'database.read_only',
    codes: /^25006$/,
    texts: /in a read-only transaction/i,
  },
  {
    trouble: 'database.refused',
    codes:
      /^(28000|28P01|3D000|42501|P1000|P1003|P1010|AuthenticationFailed|DatabaseAccessDenied|DatabaseDoesNotExist)$/,
    texts: /(password|SASL) authentication failed/i,
  },
  {
    trouble: 'database.unavailable',
    // Class 08 connection, 57P shutting down or starting up; P2024 and P2028: no free connection of the pool.
    codes:
      /^(08...|57P0.|P1001|P1002|P1008|P1011|P1017|P2024|P2028|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TlsConnectionError|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ENOTFOUND|EAI_AGAIN)$/,
    texts:
      /terminat|connection (closed|ended|timeout)|timeout exceeded when trying to connect|ECONNREFUSED|ECONNRESET|not queryable/i,
  },
];

/** Why the database cannot serve now; undefined when the error is about something else, such as a statement. */
export function findDatabaseTrouble(error: unknown): DatabaseTrouble | undefined {
  const facts = collectFacts(error);
  const found = table.find(
    ({ codes, texts }) =>
      facts.codes.some((code) => codes.test(code)) || facts.texts.some((text) => texts.test(text)),
  )?.trouble;
  if (found !== undefined) return found;
  return error instanceof Prisma.PrismaClientInitializationError ? 'database.unavailable' : undefined;
}

/** Whether a job that met this error is to go on later, as it was: a full disk alone needs a person first. */
export const isPassingTrouble = (code: ErrorCode): boolean =>
  code.startsWith('database.') && code !== 'database.full';

interface Facts {
  codes: string[];
  texts: string[];
}

/** An error of the product itself may speak of anything: its text is no sign. */
const isOfDriver = (name: unknown): boolean =>
  /^(DriverAdapterError|PrismaClient|error$|Error$)/.test(String(name));

/** Goes through an error, its causes, what it gathers and what Prisma keeps of its adapter's. */
function collectFacts(error: unknown, facts: Facts = { codes: [], texts: [] }, depth = 0): Facts {
  if (typeof error !== 'object' || error === null || depth > 5) return facts;
  const { name, message, code, originalCode, kind, cause, meta, driverAdapterError, errors } =
    error as Record<string, unknown>;
  const gathered: unknown[] = Array.isArray(errors) ? errors : [];
  for (const value of [code, originalCode, kind]) if (typeof value === 'string') facts.codes.push(value);
  if (typeof message === 'string' && isOfDriver(name)) facts.texts.push(message);
  for (const inner of [cause, meta, driverAdapterError, ...gathered]) collectFacts(inner, facts, depth + 1);
  return facts;
}

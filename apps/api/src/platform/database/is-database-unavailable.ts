import { Prisma } from './generated/client.ts';

/**
 * Prisma: not reachable, timed out, closed the connection, too many connections, no free connection of the
 * pool.
 */
const unavailableCodes = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2037', 'P2028']);
/** Postgres (class 08 connection, 57P shutting down, 53300 too many) and the sockets below it. */
const driverCode = /^(08...|57P0.|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND)$/;
const driverText =
  /terminat|connection (closed|ended|timeout)|timeout exceeded when trying to connect|ECONNREFUSED|ECONNRESET|not queryable/i;

/** Whether an error says that the database went away, as opposed to refusing a statement. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError && unavailableCodes.has(error.code)) return true;
  if (!(error instanceof Error)) return false;
  if ('code' in error && driverCode.test(String(error.code))) return true;
  const isDriver = /^(DriverAdapterError|PrismaClient|error$|Error$)/.test(error.name);
  return (isDriver && driverText.test(error.message)) || isDatabaseUnavailable(error.cause);
}

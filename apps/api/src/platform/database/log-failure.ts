import type { Logger } from 'pino';
import { findDatabaseTrouble } from './database-trouble.ts';

const minIntervalMs = 1_000;
let lastToldAtMs = Number.NEGATIVE_INFINITY;

/**
 * Logs what failed. While the database is in trouble everything fails at once and again and again: one short line a
 * second tells it, without a stack.
 */
export function logFailure(
  logger: Logger,
  error: unknown,
  message: string,
  { level = 'warn', ...fields }: { level?: 'warn' | 'error'; [field: string]: unknown } = {},
): void {
  const code = findDatabaseTrouble(error);
  if (code === undefined) {
    logger[level]({ err: error, ...fields }, message);
    return;
  }
  if (performance.now() - lastToldAtMs < minIntervalMs) return;
  lastToldAtMs = performance.now();
  const reason = error instanceof Error ? error.message.trim().split('\n').at(-1)?.slice(0, 200) : undefined;
  logger[level]({ code, reason, ...fields }, message);
}

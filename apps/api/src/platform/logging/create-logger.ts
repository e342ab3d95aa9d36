import { createRedact } from '@orgmirror/wecom';
import pino, { type Logger } from 'pino';

/** JSON lines on standard output. Tokens and secrets are redacted in every text. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: createRedact([]) },
  });
}

import { createRedact } from '@orgmirror/wecom';
import pino, { type Logger } from 'pino';

/** JSON lines on standard output. Whatever is logged, tokens and secrets in texts are cut out. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: createRedact([]) },
  });
}

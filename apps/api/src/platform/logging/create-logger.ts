import { createRedact } from '@orgmirror/wecom';
import pino, { type Logger } from 'pino';
import { activeSpan } from '../tracing/active-span.ts';

/**
 * JSON lines on standard output, each with the span that it belongs to, if there is one. Tokens and secrets are
 * redacted in every text.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ ...activeSpan.getStore()?.ids }),
    hooks: { streamWrite: createRedact([]) },
  });
}

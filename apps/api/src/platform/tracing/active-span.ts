import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';

/** What belongs to the code that runs within a span. */
export interface ActiveSpan {
  context: Context;
  /** As log lines name it, by the names of OpenTelemetry. */
  ids: { trace_id: string; span_id: string };
}

/** The span that runs now, of any server of the process; none without tracing. */
export const activeSpan = new AsyncLocalStorage<ActiveSpan>();

import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';

/** Long enough for what a system says of a connection; what a collector answers is not told. */
const maxReasonLength = 200;

/** Logs when a collector takes no traces, and when it takes them again; not what comes between. */
export function reportExports(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isFailing = false;
  const report = ({ code, error }: ExportResult) => {
    const hasFailed = code === ExportResultCode.FAILED;
    if (hasFailed === isFailing) return;
    isFailing = hasFailed;
    if (!hasFailed) return logger.info('traces are exported again');
    const reason = describeReason(error)?.slice(0, maxReasonLength);
    logger.warn({ reason }, 'traces could not be exported');
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        report(result);
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** An error of several addresses has a code and no text. */
function describeReason(error: Error | undefined): string | undefined {
  if (error === undefined) return undefined;
  return error.message || ('code' in error ? String(error.code) : error.name);
}

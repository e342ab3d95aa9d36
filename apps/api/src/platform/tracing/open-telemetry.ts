import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type Context,
  defaultTextMapGetter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseKeyPairsIntoRecord, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { CallEvent } from '@orgmirror/wecom';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { classifyError } from '../errors/classify-error.ts';
import { findRoute } from '../request-route.ts';
import { version } from '../version.ts';
import { activeSpan } from './active-span.ts';
import { reportExports } from './report-exports.ts';
import type { Span, Tracing } from './tracing.ts';

/** A collector that is away must not hold a stop up. */
const flushTimeoutMs = 2_000;

/**
 * Traces by OpenTelemetry. Nothing is registered globally: libraries that could trace by themselves would send
 * statements and addresses. Spans wait in memory, 2,048 at most; what a collector does not take is dropped.
 */
export function createTracing({ url, headers }: NonNullable<Config['tracing']>, logger: Logger): Tracing {
  const exporter = new OTLPTraceExporter({ url, headers: parseKeyPairsIntoRecord(headers) });
  const provider = new BasicTracerProvider({
    resource: describeProcess(),
    spanProcessors: [new BatchSpanProcessor(reportExports(exporter, logger))],
  });
  const tracer = provider.getTracer('orgmirror', version);
  return {
    traceRequest: createRequestTracer(tracer),
    traceJob: (queue, work) => {
      const attributes = { 'messaging.operation.type': 'process', 'messaging.destination.name': queue };
      const options = { kind: SpanKind.CONSUMER, attributes };
      return runWork(tracer.startSpan(`process ${queue}`, options, ROOT_CONTEXT), work);
    },
    trace: (name, attributes, work) => runWork(tracer.startSpan(name, { attributes }, activeContext()), work),
    recordCall: (event) => recordCall(tracer, event),
    stop: async () => {
      const flushed = provider.shutdown().catch(() => undefined); // the log has told why
      await Promise.race([flushed, setTimeout(flushTimeoutMs, undefined, { ref: false })]);
    },
  };
}

/** What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes before what we say. */
const describeProcess = () =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        'service.name': 'orgmirror',
        'service.version': version,
        'service.instance.id': randomUUID(),
      }),
    )
    .merge(detectResources({ detectors: [envDetector] }));

const activeContext = (): Context => activeSpan.getStore()?.context ?? ROOT_CONTEXT;

/** Runs code within a span. */
function runWithin<Result>(span: OtelSpan, work: () => Result): Result {
  const { traceId, spanId } = span.spanContext();
  const context = trace.setSpan(ROOT_CONTEXT, span);
  return activeSpan.run({ context, ids: { trace_id: traceId, span_id: spanId } }, work);
}

function fail(span: OtelSpan, code: string): void {
  span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR });
}

async function runWork<Result>(span: OtelSpan, work: (span: Span) => Promise<Result>): Promise<Result> {
  const handle: Span = {
    set: (attributes) => void span.setAttributes(attributes),
    fail: (code) => fail(span, code),
  };
  try {
    return await runWithin(span, () => work(handle));
  } catch (error) {
    fail(span, classifyError(error).code);
    throw error;
  } finally {
    span.end();
  }
}

/** Names what HTTP's conventions name; the address, its sender and its headers are not told. */
function createRequestTracer(tracer: Tracer): RequestHandler {
  const propagator = new W3CTraceContextPropagator();
  return (req, res, next) => {
    const { baseUrl } = req; // patterns are relative to it
    const parent = propagator.extract(ROOT_CONTEXT, req.headers, defaultTextMapGetter);
    const attributes = { 'http.request.method': req.method };
    const span = tracer.startSpan(req.method, { kind: SpanKind.SERVER, attributes }, parent);
    res.once('close', () => {
      const pattern = findRoute(req, res);
      if (pattern !== undefined) {
        const route = `${baseUrl}${pattern}`;
        span.updateName(`${req.method} ${route}`).setAttribute('http.route', route);
      }
      if (res.headersSent) span.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 500) fail(span, String(res.statusCode));
      span.end();
    });
    runWithin(span, next);
  };
}

/** Each attempt is a span, told when it has ended; what happened between two is an event of the span around. */
function recordCall(tracer: Tracer, event: CallEvent): void {
  if (event.kind !== 'attempt') {
    const { kind, endpoint, ...details } = event;
    trace.getSpan(activeContext())?.addEvent(`wecom ${kind}`, { 'wecom.endpoint': endpoint, ...details });
    return;
  }
  const endTime = Date.now();
  const span = tracer.startSpan(
    `wecom ${event.endpoint}`,
    {
      kind: SpanKind.CLIENT,
      startTime: endTime - event.durationMs,
      attributes: {
        'wecom.endpoint': event.endpoint,
        'wecom.attempt': event.attempt,
        ...(event.errcode !== null && { 'wecom.errcode': event.errcode }),
      },
    },
    activeContext(),
  );
  if (event.outcome !== 'ok') fail(span, event.outcome);
  span.end(endTime);
}

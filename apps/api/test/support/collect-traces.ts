import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector took it, with plain values. */
export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  /** '' at the root of a trace. */
  parentSpanId: string;
  attributes: Record<string, unknown>;
  /** Attributes of the process that sent it. */
  resource: Record<string, unknown>;
  hasFailed: boolean;
}

/** A receiver of OTLP over HTTP. */
export interface TraceCollector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  spans: CollectedSpan[];
  /** All that came, as it came. */
  bodies: string[];
  headers: IncomingHttpHeaders[];
  /** Whether it answers; what waits for an answer never gets one. */
  isAnswering: boolean;
  /** Resolves when a sender has given up waiting for an answer. */
  abandoned: Promise<'abandoned'>;
  close(): Promise<void>;
}

/** Starts a collector on a port of its own. */
export async function collectTraces(): Promise<TraceCollector> {
  const { promise: abandoned, resolve: abandon } = Promise.withResolvers<'abandoned'>();
  const server = createServer(async (request, response) => {
    const body = await readText(request);
    if (request.url !== '/v1/traces') return response.writeHead(404).end();
    if (!collector.isAnswering) return request.once('close', () => abandon('abandoned'));
    collector.headers.push(request.headers);
    collector.bodies.push(body);
    collector.spans.push(...readSpans(JSON.parse(body)));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: TraceCollector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    spans: [],
    bodies: [],
    headers: [],
    isAnswering: true,
    abandoned,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return collector;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding was set
  return Buffer.concat(chunks).toString('utf8');
}

interface KeyValue {
  key: string;
  value: { stringValue?: string; intValue?: number; doubleValue?: number; boolValue?: boolean };
}

interface ExportRequest {
  resourceSpans: {
    resource: { attributes: KeyValue[] };
    scopeSpans: {
      spans: {
        name: string;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        attributes: KeyValue[];
        status: { code: number };
      }[];
    }[];
  }[];
}

const readAttributes = (pairs: readonly KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));

const statusError = 2;

const readSpans = ({ resourceSpans }: ExportRequest): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ name, traceId, spanId, parentSpanId = '', attributes, status }) => ({
        name,
        traceId,
        spanId,
        parentSpanId,
        attributes: readAttributes(attributes),
        resource: readAttributes(resource.attributes),
        hasFailed: status.code === statusError,
      })),
  );

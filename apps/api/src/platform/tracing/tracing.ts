import type { CallEvent } from '@orgmirror/wecom';
import type { RequestHandler } from 'express';

/** Numbers and words of closed sets: nothing of a person, no id, no address. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** A span under way. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** It ends as failed, by a code. */
  fail(code: string): void;
}

/** Where the time goes: what a trace collector is sent, if there is one. */
export interface Tracing {
  /** A span for each request, which goes on with the trace of its sender. */
  traceRequest: RequestHandler;
  /** A trace of its own for each job of a queue. */
  traceJob<Result>(queue: string, work: () => Promise<Result>): Promise<Result>;
  /** A span for a piece of work, within the one that is active. Work that throws has failed. */
  trace<Result>(
    name: string,
    attributes: SpanAttributes,
    work: (span: Span) => Promise<Result>,
  ): Promise<Result>;
  /** A span for a call to WeCom that has ended. */
  recordCall(event: CallEvent): void;
  /** Sends what is left, for a moment; never fails. */
  stop(): Promise<void>;
}

const noSpan: Span = { set: () => undefined, fail: () => undefined };

/** Without a collector. */
export const noTracing: Tracing = {
  traceRequest: (_req, _res, next) => next(),
  traceJob: (_queue, work) => work(),
  trace: (_name, _attributes, work) => work(noSpan),
  recordCall: () => undefined,
  stop: async () => undefined,
};

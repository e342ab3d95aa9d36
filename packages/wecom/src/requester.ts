import type { CallEvent, OnCall } from './call-events.ts';
import type { Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import { isWecomError, WecomApiError } from './errors.ts';
import type { OnUnexpectedField } from './field-readers.ts';
import type { HttpAnswer, HttpTransport } from './http-transport.ts';
import type { Pacer } from './pacing.ts';
import { checkStatus, readAnswer } from './read-answer.ts';
import { createRedact, listProxySecrets, type Redact } from './redaction.ts';
import { type CallProgress, decideNextStep, isSafeToRetry, type RetryPolicy } from './retry.ts';
import type { TokenSource } from './token-source.ts';

/** Makes the calls of one client, of every endpoint. */
export interface Requester {
  readonly getToken: (signal: AbortSignal | undefined) => Promise<string>;
  /** Calls an endpoint with token, pacing and retries. */
  readonly call: <Params, Answer, Result>(
    endpoint: Endpoint<Params, Answer, Result>,
    params: Params,
    signal: AbortSignal | undefined,
  ) => Promise<Result>;
  /**
   * Downloads a file from an address that WeCom returned, without a token; pacing, proxy and retries as for a
   * call.
   */
  readonly download: <Result>(file: FileRequest<Result>, signal: AbortSignal | undefined) => Promise<Result>;
}

/** A file at an address that WeCom returned. */
interface FileRequest<Result> {
  /** Names the download in errors and events. */
  readonly path: string;
  /** http or https; counts as secret. */
  readonly url: string;
  /** Reads the file; a transient failure downloads it again. */
  readonly read: (body: Buffer, onUnexpectedField: OnUnexpectedField) => Result;
}

/** Parts that a requester is made of. */
export interface RequesterParts {
  readonly baseUrl: string;
  readonly secret: string;
  readonly proxyUrl: string | undefined;
  readonly transport: HttpTransport;
  readonly pacer: Pacer;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onCall: OnCall;
  readonly tokens: TokenSource;
}

/** A call with everything that its attempts share. */
interface PendingCall<Result> {
  /** Names the call in errors and events. */
  readonly path: string;
  readonly needsToken: boolean;
  /** Whether it may only be repeated when WeCom certainly did nothing. */
  readonly singleUse: boolean;
  readonly signal: AbortSignal | undefined;
  /** Values that must not occur in errors, in addition to those of the client. */
  readonly secrets: readonly string[];
  readonly send: (attempt: Attempt) => Promise<Result>;
}

interface Attempt {
  readonly token: string | undefined;
  readonly redact: Redact;
  readonly onUnexpectedField: OnUnexpectedField;
  readonly onAnswer: (answer: HttpAnswer) => void;
}

const NOTHING_YET: CallProgress = { failedTries: 0, limitWaitMs: 0, hasRefreshedToken: false };

/** Creates the requester of one client. */
export function createRequester(parts: RequesterParts): Requester {
  const { baseUrl, tokens, transport } = parts;
  return {
    getToken: (signal) => tokens.getToken(signal),
    call: (endpoint, params, signal) => {
      const { method, path, needsToken, singleUse = false } = endpoint;
      return repeatUntilDone(parts, {
        path,
        needsToken,
        singleUse,
        signal,
        secrets: endpoint.secrets?.(params) ?? [],
        send: async ({ token, redact, onUnexpectedField, onAnswer }) => {
          const url = buildUrl(baseUrl, path, { ...endpoint.query(params), access_token: token });
          const body = endpoint.body?.(params);
          const answer = await transport({ method, url, body, endpoint: path, redact, signal });
          onAnswer(answer);
          return readAnswer(endpoint, answer, redact, onUnexpectedField);
        },
      });
    },
    download: ({ path, url, read }, signal) =>
      repeatUntilDone(parts, {
        path,
        needsToken: false,
        singleUse: false,
        signal,
        secrets: [url, new URL(url).search],
        send: async ({ redact, onUnexpectedField, onAnswer }) => {
          const answer = await transport({
            method: 'GET',
            url,
            body: undefined,
            endpoint: path,
            redact,
            signal,
          });
          onAnswer(answer);
          checkStatus(path, answer);
          return read(answer.body, onUnexpectedField);
        },
      }),
  };
}

async function repeatUntilDone<Result>(parts: RequesterParts, call: PendingCall<Result>): Promise<Result> {
  let progress = NOTHING_YET;
  for (let number = 1; ; number += 1) {
    const token = call.needsToken ? await parts.tokens.getToken(call.signal) : undefined;
    try {
      return await makeAttempt(parts, call, token, number);
    } catch (error) {
      progress = await prepareNextAttempt(parts, error, progress, { ...call, token });
    }
  }
}

async function makeAttempt<Result>(
  { secret, proxyUrl, pacer, clock, onCall }: RequesterParts,
  { path, secrets, signal, send }: PendingCall<Result>,
  token: string | undefined,
  number: number,
): Promise<Result> {
  const slot = await pacer.acquire(signal);
  if (slot.waitedMs >= 1) {
    onCall({ kind: 'wait', endpoint: path, reason: 'pacing', durationMs: slot.waitedMs });
  }
  const startedAtMs = clock.elapsedMs();
  const unexpectedFields = new Set<string>();
  let answeredAtMs: number | null = null;
  const onAnswer = ({ dateMs }: HttpAnswer): void => {
    answeredAtMs = dateMs;
  };
  const report = (outcome: AttemptOutcome): void =>
    onCall({
      kind: 'attempt',
      endpoint: path,
      attempt: number,
      ...outcome,
      durationMs: clock.elapsedMs() - startedAtMs,
      answeredAtMs,
      unexpectedFields: [...unexpectedFields],
    });
  try {
    const redact = createRedact([secret, token ?? '', ...listProxySecrets(proxyUrl), ...secrets]);
    const onUnexpectedField = (name: string): void => void unexpectedFields.add(name);
    const result = await send({ token, redact, onUnexpectedField, onAnswer });
    report({ outcome: 'ok', errcode: null });
    return result;
  } catch (error) {
    report(describeOutcome(error));
    throw error;
  } finally {
    slot.release();
  }
}

/** Waits or discards the token, depending on the failure; rethrows the failure when the call is given up. */
async function prepareNextAttempt(
  { retry, random, pacer, clock, onCall, tokens }: RequesterParts,
  error: unknown,
  progress: CallProgress,
  call: {
    readonly path: string;
    readonly token: string | undefined;
    readonly singleUse: boolean;
    readonly signal: AbortSignal | undefined;
  },
): Promise<CallProgress> {
  const endpoint = call.path;
  if (call.singleUse && !isSafeToRetry(error)) throw error;
  const next = decideNextStep(error, progress, retry, random);
  switch (next.kind) {
    case 'giveUp':
      throw error;
    case 'refreshToken':
      onCall({ kind: 'tokenRefused', endpoint, errcode: next.errcode });
      if (call.token !== undefined) await tokens.discard(call.token);
      return { ...progress, hasRefreshedToken: true };
    case 'backOff':
      onCall({ kind: 'wait', endpoint, reason: 'backOff', durationMs: next.delayMs });
      // Too many at once are of all calls' making: none starts before this one does.
      if (isWecomError(error) && error.kind === 'concurrency') pacer.pauseFor(next.delayMs);
      await clock.sleep(next.delayMs, call.signal);
      return { ...progress, failedTries: progress.failedTries + 1 };
    case 'waitWindow':
      onCall({ kind: 'wait', endpoint, reason: 'limitWindow', durationMs: next.delayMs });
      // The limit is the company's: all calls pause, and this one queues for a slot after the pause.
      pacer.pauseFor(next.delayMs);
      return { ...progress, limitWaitMs: progress.limitWaitMs + next.delayMs };
  }
}

type AttemptEvent = Extract<CallEvent, { kind: 'attempt' }>;
type AttemptOutcome = Pick<AttemptEvent, 'outcome' | 'errcode'>;

function describeOutcome(error: unknown): AttemptOutcome {
  if (!isWecomError(error)) return { outcome: 'aborted', errcode: null };
  return { outcome: error.kind, errcode: error instanceof WecomApiError ? error.errcode : null };
}

function buildUrl(
  baseUrl: string,
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `${baseUrl}/cgi-bin/${path}?${search.toString()}`;
}

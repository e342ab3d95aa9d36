import type { CallEvent, OnCall } from './call-events.ts';
import type { Clock } from './clock.ts';
import type { Endpoint } from './endpoint.ts';
import { isWecomError, WecomApiError } from './errors.ts';
import type { HttpTransport } from './http-transport.ts';
import type { Pacer } from './pacing.ts';
import { readAnswer } from './read-answer.ts';
import { createRedact, listProxySecrets } from './redaction.ts';
import { type CallProgress, decideNextStep, type RetryPolicy } from './retry.ts';
import type { TokenSource } from './token-source.ts';

/** Makes the calls of one client; every endpoint goes this one way. */
export interface Requester {
  readonly getToken: (signal: AbortSignal | undefined) => Promise<string>;
  /** Calls an endpoint with token, pacing and retries. */
  readonly call: <Params, Answer, Result>(
    endpoint: Endpoint<Params, Answer, Result>,
    params: Params,
    signal: AbortSignal | undefined,
  ) => Promise<Result>;
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

interface Attempt<Params, Answer, Result> {
  readonly endpoint: Endpoint<Params, Answer, Result>;
  readonly params: Params;
  readonly token: string | undefined;
  readonly number: number;
  readonly signal: AbortSignal | undefined;
}

const NOTHING_YET: CallProgress = { failedTries: 0, limitWaitMs: 0, hasRefreshedToken: false };

/** Creates the requester of one client. */
export function createRequester(parts: RequesterParts): Requester {
  const { tokens } = parts;
  return {
    getToken: (signal) => tokens.getToken(signal),
    call: async (endpoint, params, signal) => {
      let progress = NOTHING_YET;
      for (let number = 1; ; number += 1) {
        const token = endpoint.needsToken ? await tokens.getToken(signal) : undefined;
        try {
          return await makeAttempt(parts, { endpoint, params, token, number, signal });
        } catch (error) {
          progress = await prepareNextAttempt(parts, error, progress, { endpoint, token, signal });
        }
      }
    },
  };
}

async function makeAttempt<Params, Answer, Result>(
  { baseUrl, secret, proxyUrl, transport, pacer, clock, onCall }: RequesterParts,
  { endpoint, params, token, number, signal }: Attempt<Params, Answer, Result>,
): Promise<Result> {
  const slot = await pacer.acquire(signal);
  if (slot.waitedMs >= 1) {
    onCall({ kind: 'wait', endpoint: endpoint.path, reason: 'pacing', durationMs: slot.waitedMs });
  }
  const startedAtMs = clock.elapsedMs();
  const oddFields = new Set<string>();
  const report = (outcome: AttemptOutcome): void =>
    onCall({
      kind: 'attempt',
      endpoint: endpoint.path,
      attempt: number,
      ...outcome,
      durationMs: clock.elapsedMs() - startedAtMs,
      oddFields: [...oddFields],
    });
  try {
    const redact = createRedact([secret, token ?? '', ...listProxySecrets(proxyUrl)]);
    const url = buildUrl(baseUrl, endpoint.path, { ...endpoint.query(params), access_token: token });
    const answer = await transport({ method: endpoint.method, url, endpoint: endpoint.path, redact, signal });
    const result = readAnswer(endpoint, answer, redact, (name) => oddFields.add(name));
    report({ outcome: 'ok', errcode: null });
    return result;
  } catch (error) {
    report(describeOutcome(error));
    throw error;
  } finally {
    slot.release();
  }
}

/** Waits or throws the token away as the failure asks for; throws the failure again when the call is over. */
async function prepareNextAttempt(
  { retry, random, pacer, clock, onCall, tokens }: RequesterParts,
  error: unknown,
  progress: CallProgress,
  call: {
    readonly endpoint: { readonly path: string };
    readonly token: string | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<CallProgress> {
  const endpoint = call.endpoint.path;
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

import type { AnswerOf, BodyOf, Endpoint, Problem } from '@orgmirror/contracts';
import { languagePreference } from '../../config/preferences.ts';
import { isProblem } from '../../lib/http/problem-error.ts';

/** What came back: the answer, the server's problem, or nothing that can be used. */
export type RequestOutcome<T> =
  | { kind: 'answered'; body: T }
  | { kind: 'problem'; problem: Problem; retryAfterSeconds: number | null }
  | { kind: 'unreachable' };

/** One request of the pages before sign-in; plain fetch, because axios would not fit their size budget. */
export async function sendRequest<E extends Endpoint>(
  method: E['method'],
  path: E['path'],
  body?: BodyOf<E>,
): Promise<RequestOutcome<AnswerOf<E>>> {
  try {
    const response = await fetch(new URL(`/api/v1${path}`, window.location.origin), {
      method: method.toUpperCase(),
      headers: {
        'Accept-Language': languagePreference.get(),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    // our own server keeps the contract
    if (response.ok) return { kind: 'answered', body: answer as AnswerOf<E> };
    if (!isProblem(answer)) return { kind: 'unreachable' };
    return { kind: 'problem', problem: answer, retryAfterSeconds: readRetryAfter(response.headers) };
  } catch {
    return { kind: 'unreachable' }; // no connection, or a proxy's page instead of JSON: the same to the user
  }
}

function readRetryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null;
}

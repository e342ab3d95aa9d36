import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from '@orgmirror/contracts';
import { httpClient } from './client.ts';

type Part<Key extends string, Value> = [Value] extends [undefined] ? unknown : { [K in Key]: Value };
type OptionalPart<Key extends string, Value> = [Value] extends [undefined] ? unknown : { [K in Key]?: Value };

/** What a call of the endpoint needs: path parameters, query, body, as far as it has them. */
export type CallInput<E extends Endpoint> = Part<'params', ParamsOf<E>> &
  OptionalPart<'query', QueryOf<E>> &
  Part<'body', BodyOf<E>>;

interface LooseInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * A typed call of one endpoint. Method and path are repeated here, and checked against the contract by their
 * types, because importing the descriptors themselves would ship their schemas to the browser. Rejects with a
 * `ProblemError`.
 */
export function defineCall<E extends Endpoint>(
  method: E['method'],
  path: E['path'],
): (input: CallInput<E>, signal?: AbortSignal) => Promise<AnswerOf<E>> {
  return async (input, signal) => {
    const { params = {}, query, body } = input as LooseInput; // the wall between typed callers and the wire
    const url = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const { data } = await httpClient.request<AnswerOf<E>>({
      method,
      url,
      params: query,
      data: body,
      ...(signal && { signal }),
    });
    return data;
  };
}

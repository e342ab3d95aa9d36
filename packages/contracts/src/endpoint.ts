import type * as z from 'zod';
import type { Role } from './common.ts';
import type { ErrorCode } from './error-codes.ts';

/** Who may call: anyone, anyone signed in, or only people with one of the listed roles. */
export type Access = 'anyone' | 'signedIn' | readonly Role[];

/** One operation of the REST API: the single source of its route, its checks, its types and its documentation. */
export interface Endpoint {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, parameters as `:name`. */
  path: string;
  summary: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** JSON body. */
  body?: z.ZodType;
  /** Success status and body; `null` for no body, `'text/event-stream'` for a stream. */
  answer: { status: number; schema: z.ZodType | null | 'text/event-stream' };
  /** Codes beyond the ones that every endpoint can answer. */
  errors?: readonly ErrorCode[];
}

/** Keeps the literal types of a descriptor. */
export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint;

export type BodyOf<E extends Endpoint> = E extends { body: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type QueryOf<E extends Endpoint> = E extends { query: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type ParamsOf<E extends Endpoint> = E extends { params: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type AnswerOf<E extends Endpoint> = E['answer'] extends { schema: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;

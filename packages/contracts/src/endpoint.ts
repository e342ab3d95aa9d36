import type * as z from 'zod';
import type { Role } from './common.ts';
import type { ErrorCode } from './error-codes.ts';

/** Access: public, every signed-in user, or only users with one of the listed roles. */
export type Access = 'anyone' | 'signedIn' | readonly Role[];

/**
 * What a request counts as, for the limits of one user. Unless told, a GET is a read and the rest are writes.
 */
export type RateClass = 'read' | 'write' | 'reveal' | 'export';

/**
 * One operation of the REST API: the single source of its route, its checks, its types and its documentation.
 */
export interface Endpoint {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, parameters as `:name`. */
  path: string;
  /** What the operation does, in the imperative and without a full stop. */
  summary: string;
  /** What a caller has to know beyond the summary, as Markdown. */
  description: string;
  access: Access;
  /** What it counts as, unless that follows from the method. */
  rateClass?: RateClass;
  /** Parameters of the path. */
  params?: z.ZodObject;
  /** Parameters of the query. */
  query?: z.ZodObject;
  /** JSON body. */
  body?: z.ZodType;
  /** Media types of a body that is a file; it comes beside no JSON. */
  upload?: readonly string[];
  /** Success status and body; `null` for no body, `'text/event-stream'` for a stream, `'file'` for a download. */
  answer: { status: number; schema: z.ZodType | null | 'text/event-stream' | 'file' };
  /** Codes beyond the ones that every endpoint can answer. */
  errors?: readonly ErrorCode[];
}

/** Declares an operation and keeps its literal types. */
export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint;

/** Type of the JSON body that a caller sends; `undefined` when there is none. */
export type BodyOf<E extends Endpoint> = E extends { body: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
/** Type of the query that a caller sends; `undefined` when there is none. */
export type QueryOf<E extends Endpoint> = E extends { query: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
/** Type of the path parameters; `undefined` when there are none. */
export type ParamsOf<E extends Endpoint> = E extends { params: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
/** Type of the JSON answer; `undefined` for no body or a stream. */
export type AnswerOf<E extends Endpoint> = E['answer'] extends { schema: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;

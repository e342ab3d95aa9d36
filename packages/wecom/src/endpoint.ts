import type { z } from 'zod';
import type { OnUnexpectedField } from './field-readers.ts';

/**
 * One call of WeCom's server API: everything that tells it from the others.
 * `Answer` is what the schema proves about the body (required fields only), `Result` what the caller gets.
 */
export interface Endpoint<Params, Answer, Result> {
  readonly method: 'GET' | 'POST';
  /** Path below `/cgi-bin/`, for example `department/list`; safe to log. */
  readonly path: string;
  /** False only for `gettoken`, which is how a token is got. */
  readonly needsToken: boolean;
  /** True when a parameter works once: after the call may have reached WeCom it is not repeated. */
  readonly singleUse?: boolean;
  /** Query parameters besides `access_token`; an undefined one is not sent. */
  readonly query: (params: Params) => Readonly<Record<string, string | number | undefined>>;
  /** JSON of a POST; may hold secrets, and is never logged. */
  readonly body?: (params: Params) => Readonly<Record<string, unknown>>;
  /** Schema of a successful body; runs only after `errcode` was found to be 0. */
  /** Parameters that must stay out of errors and events. */
  readonly secrets?: (params: Params) => readonly string[];
  readonly answer: z.ZodType<Answer>;
  readonly read: (answer: Answer, note: OnUnexpectedField) => Result;
}

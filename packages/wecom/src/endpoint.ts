import type { z } from 'zod';
import type { OnUnexpectedField } from './field-readers.ts';

/**
 * Definition of one call of WeCom's server API.
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
  /** Query parameters except `access_token`; an undefined one is not sent. */
  readonly query: (params: Params) => Readonly<Record<string, string | number | undefined>>;
  /** JSON of a POST; may hold secrets, and is never logged. */
  readonly body?: (params: Params) => Readonly<Record<string, unknown>>;
  /** Parameters that must not occur in errors and events. */
  readonly secrets?: (params: Params) => readonly string[];
  /** Schema of a successful body; runs only after `errcode` was found to be 0. */
  readonly answer: z.ZodType<Answer>;
  /** Converts the validated body; reports optional fields that it cannot read. */
  readonly read: (answer: Answer, onUnexpectedField: OnUnexpectedField) => Result;
}

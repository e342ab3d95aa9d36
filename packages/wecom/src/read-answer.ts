import type { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { WecomApiError, WecomResponseError, WecomTransportError } from './errors.ts';
import { isJsonObject, type OnUnexpectedField } from './field-readers.ts';
import type { HttpAnswer } from './http-transport.ts';
import type { Redact } from './redaction.ts';

/**
 * Parses an HTTP answer: errcode before anything else (a failure may carry empty lists), then the HTTP
 * status, then the shape. An answer that cannot be proven complete is an error, never an empty result.
 */
export function readAnswer<Params, Answer, Result>(
  endpoint: Endpoint<Params, Answer, Result>,
  answer: HttpAnswer,
  redact: Redact,
  onUnexpectedField: OnUnexpectedField,
): Result {
  const text = new TextDecoder().decode(answer.body);
  const body = parseJson(text);
  const errcode = readErrcode(body);
  if (errcode !== undefined && errcode !== 0) {
    const errmsg = isJsonObject(body) && typeof body.errmsg === 'string' ? body.errmsg : '';
    throw new WecomApiError(endpoint.path, errcode, redact(errmsg));
  }
  checkStatus(endpoint.path, answer);
  if (body === undefined) throw describeUnparsable(endpoint.path, answer.status, text);
  if (errcode === undefined) throw buildShapeError(endpoint.path, isJsonObject(body) ? 'errcode' : '');
  const result = endpoint.answer.safeParse(body);
  if (!result.success) throw buildShapeError(endpoint.path, formatFieldPath(result.error));
  return endpoint.read(result.data, onUnexpectedField);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No cause is kept: the parser's message quotes the body, which may hold personal data.
    return undefined;
  }
}

/** The errcode; 0 when an object has none, undefined when it cannot be read. */
function readErrcode(body: unknown): number | undefined {
  if (!isJsonObject(body)) return undefined;
  const { errcode } = body;
  if (errcode === undefined) return 0;
  if (typeof errcode === 'string' && /^-?\d{1,15}$/.test(errcode)) return Number(errcode);
  return Number.isSafeInteger(errcode) ? Number(errcode) : undefined;
}

/** Throws for any HTTP status that is not a success; `path` names the call in the error. */
export function checkStatus(
  path: string,
  { status, location }: Pick<HttpAnswer, 'status' | 'location'>,
): void {
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) {
    const target = location === null ? 'elsewhere' : `to ${location}`;
    throw new WecomResponseError('redirect', path, `HTTP ${status} redirects ${target}; check the base URL`, {
      status,
    });
  }
  if (status === 404) {
    throw new WecomResponseError('notFound', path, 'HTTP 404: this server does not know the path', {
      status,
    });
  }
  if (status === 407) {
    throw new WecomTransportError('proxy', path, 'HTTP 407: the proxy wants other credentials', { status });
  }
  throw new WecomTransportError('http', path, `HTTP ${status}`, { status });
}

/** A body that begins like an answer was probably cut off; a web page will not change on another request. */
function describeUnparsable(path: string, status: number, text: string): WecomResponseError {
  const start = text.trimStart();
  const maybeCutOff = start === '' || start.startsWith('{');
  const reason = maybeCutOff
    ? `the answer ends after ${text.length} characters and is not complete JSON`
    : 'the answer is not JSON; a proxy or a login page may have answered in place of WeCom';
  return new WecomResponseError('notJson', path, reason, { maybeCutOff, status });
}

/** The error for a body that lacks a required field; `field` is its path, '' for the body as a whole. */
export function buildShapeError(path: string, field: string): WecomResponseError {
  const subject = field === '' ? 'the answer as a whole' : `"${field}"`;
  return new WecomResponseError('shape', path, `${subject} is missing or malformed`, { field });
}

/** Where a body departs from its schema, for example `userlist[3].userid`. */
export function formatFieldPath(error: z.ZodError): string {
  const path = error.issues[0]?.path ?? [];
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  type AnswerOf,
  type Endpoint,
  maxAttributeFileMegabytes,
  type RateClass,
} from '@orgmirror/contracts';
import { type Request, type RequestHandler, type Response, type Router, raw } from 'express';
import type * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { readClientAddress } from './client-address.ts';
import { formatIssue, zodTexts } from './format-issue.ts';
import { type Locale, readLocale } from './locale.ts';
import type { SignedIn } from './signed-in.ts';

type Parsed<E extends Endpoint, Part extends 'params' | 'query' | 'body'> = E extends {
  [K in Part]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

/** Everything that a handler may know about a request, checked. */
export interface RequestContext<E extends Endpoint> {
  params: Parsed<E, 'params'>;
  query: Parsed<E, 'query'>;
  body: Parsed<E, 'body'>;
  /** The body of an endpoint with `upload`. */
  file: E extends { upload: readonly string[] } ? Buffer : undefined;
  /** Who calls; absent only on public endpoints. */
  session: E['access'] extends 'anyone' ? SignedIn | undefined : SignedIn;
  locale: Locale;
  ip: string | null;
  /** Who calls, from where and by which request, for the audit log. */
  actor: RequestActor<E>;
  req: Request;
  res: Response;
}

/** Who calls, from where, and the request that the server's log names. */
export interface RequestActor<E extends Endpoint = Endpoint> {
  session: E['access'] extends 'anyone' ? SignedIn | undefined : SignedIn;
  ip: string | null;
  requestId: string;
}

const unpack = promisify(gunzip);

/** JSON that was checked and compressed once, for many requests. */
export interface PrecompressedJson {
  gzippedJson: Buffer;
}

/** What a handler answers; a stream is written by the handler itself. */
export type Handler<E extends Endpoint> = (
  context: RequestContext<E>,
) => Promise<E['answer']['schema'] extends z.ZodType ? AnswerOf<E> | PrecompressedJson : void>;

/**
 * Binds a handler to an endpoint of the contract: access, then input, then the handler, then output are
 * checked.
 */
export function mountEndpoint<E extends Endpoint>(router: Router, endpoint: E, handler: Handler<E>): void {
  const handle: RequestHandler = async (req, res) => {
    res.locals.route = endpoint.path;
    const session = checkAccess(endpoint, req);
    if (session !== undefined) await req.limitRate?.(rateClassOf(endpoint), session.user.id);
    const locale = readLocale(req);
    const ip = readClientAddress(req);
    const context = {
      ...parseInput(endpoint, req, locale),
      file: await readUpload(endpoint, req, res),
      session,
      locale,
      ip,
      actor: { session, ip, requestId: String(req.id) },
      req,
      res,
    } as RequestContext<E>; // the parts were checked by E's own schemas just now
    await answer(endpoint, req, res, await handler(context));
  };
  router[endpoint.method](endpoint.path, handle);
}

const parseUpload = promisify(
  raw({ type: () => true, limit: maxAttributeFileMegabytes * 1024 * 1024 }) as (
    req: Request,
    res: Response,
    done: (error?: unknown) => void,
  ) => void, // it calls `next` as any callback
);

/** Read once the caller is known to be allowed to send it. */
async function readUpload({ upload }: Endpoint, req: Request, res: Response): Promise<Buffer | undefined> {
  if (upload === undefined) return undefined;
  if (!req.is([...upload])) throw new AppError('request.unsupported_media_type');
  await parseUpload(req, res);
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}

const rateClassOf = ({ rateClass, method }: Endpoint): RateClass =>
  rateClass ?? (method === 'get' ? 'read' : 'write');

function checkAccess(endpoint: Endpoint, req: Request): SignedIn | undefined {
  const { signedIn } = req;
  if (endpoint.access === 'anyone') return signedIn;
  if (signedIn === undefined) throw new AppError('session.required');
  if (endpoint.access !== 'signedIn' && !endpoint.access.includes(signedIn.user.role))
    throw new AppError('permission.denied');
  return signedIn;
}

function parseInput(endpoint: Endpoint, req: Request, locale: Locale) {
  const isBodyOptional = endpoint.body?.safeParse(undefined).success === true;
  if (endpoint.body && !isBodyOptional && !req.is('json'))
    throw new AppError('request.unsupported_media_type');
  const errors: { path: string; message: string }[] = [];
  const parse = (part: 'params' | 'query' | 'body') => {
    const result = endpoint[part]?.safeParse(req[part], { error: zodTexts[locale] });
    if (result?.error) errors.push(...result.error.issues.map((issue) => describeIssue(part, issue, locale)));
    return result?.data;
  };
  const input = { params: parse('params'), query: parse('query'), body: parse('body') };
  if (errors.length > 0) throw new AppError('request.invalid', { errors });
  return input;
}

function describeIssue(part: string, issue: z.core.$ZodIssue, locale: Locale) {
  const inside = issue.path.map(String).join('.');
  const path = part === 'body' ? inside : [part, inside].filter(Boolean).join('.');
  return { path, message: formatIssue(issue, locale) };
}

async function answer(endpoint: Endpoint, req: Request, res: Response, body: unknown): Promise<void> {
  const { status, schema } = endpoint.answer;
  if (schema === 'text/event-stream' || schema === 'file') return;
  if (schema === null) {
    res.status(status).end();
    return;
  }
  res.status(status);
  if (isPrecompressed(body)) await sendPrecompressed(req, res, body);
  else res.json(schema.parse(body));
}

const isPrecompressed = (body: unknown): body is PrecompressedJson =>
  typeof body === 'object' && body !== null && 'gzippedJson' in body;

async function sendPrecompressed(
  req: Request,
  res: Response,
  { gzippedJson }: PrecompressedJson,
): Promise<void> {
  res.type('application/json').vary('Accept-Encoding');
  if (req.acceptsEncodings('gzip')) res.set('Content-Encoding', 'gzip').end(gzippedJson);
  else res.end(await unpack(gzippedJson));
}

import { callbackSource, type ErrorCode } from '@orgmirror/contracts';
import { type CallbackErrorKind, openCallback, readEnvelope, WecomCallbackError } from '@orgmirror/wecom';
import express, { type Request, type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { AppError } from '../platform/errors/app-error.ts';
import { classifyParserError } from '../platform/http/handle-error.ts';
import type { OpenEndpoint } from './callback-endpoint-repository.ts';
import type { CallbackKeyCache } from './callback-key-cache.ts';
import type { CallbackStats } from './callback-stats.ts';
import type { EventStore } from './event-store.ts';

export interface Callbacks {
  keyCache: CallbackKeyCache;
  stats: CallbackStats;
  store: EventStore;
}

/** An event with every field of a member is some 2 kB. */
const bodyLimit = '256kb';
/** The check's own 1 s is for the answer, not for recording that it passed. */
const recordTimeoutMs = 300;

const signedQuery = z.object({ msg_signature: z.string(), timestamp: z.string(), nonce: z.string() });
const checkQuery = signedQuery.extend({ echostr: z.string() });

const errorCodeOf: Record<CallbackErrorKind, ErrorCode> = {
  malformed: 'callback.malformed',
  signature: 'callback.bad_signature',
  undecryptable: 'callback.undecryptable',
  receiver: 'callback.wrong_receiver',
};

/**
 * What WeCom itself calls: `GET` checks an address (document/path/90930), `POST` brings an event. There is no
 * session and no Origin; the signature says who it is. Rejected requests are counted, not logged.
 */
export function createCallbackRouter(callbacks: Callbacks): Router {
  const router = Router();
  router
    .route('/:source')
    .get(
      guarded(callbacks, async (endpoint, req, res) => {
        const text = openEcho(endpoint, req);
        callbacks.stats.recordVerification(endpoint);
        const pause = new Promise((resolve) => setTimeout(resolve, recordTimeoutMs));
        await Promise.race([callbacks.stats.flush(), pause]);
        res.type('text/plain').send(text);
      }),
    )
    .post(
      guarded(callbacks, async (endpoint, req, res) => {
        await readBody(req, res);
        await callbacks.store.store(endpoint, openEvent(endpoint, req));
        callbacks.stats.recordEvent(endpoint);
        res.status(200).end();
      }),
    )
    .all(() => {
      throw new AppError('request.method_not_allowed', { allow: ['GET', 'POST'] });
    });
  return router;
}

type Handle = (endpoint: OpenEndpoint, req: Request, res: Parameters<RequestHandler>[1]) => Promise<void>;

/** Finds the address and counts what is rejected at it. */
const guarded =
  ({ keyCache, stats }: Callbacks, handle: Handle): RequestHandler<{ source: string }> =>
  async (req, res) => {
    res.locals.route = '/wecom/callback/:source';
    const source = callbackSource.safeParse(req.params.source);
    if (!source.success) throw new AppError('request.not_found');
    const endpoint = await keyCache.find(source.data);
    if (endpoint === null) throw new AppError('callback.not_configured');
    try {
      await handle(endpoint, req, res);
    } catch (thrown) {
      const error = toRefusal(thrown);
      if (error === undefined) throw thrown;
      stats.recordRejection(endpoint, error.code);
      throw error;
    }
  };

function toRefusal(thrown: unknown): AppError | undefined {
  if (thrown instanceof WecomCallbackError) return new AppError(errorCodeOf[thrown.kind]);
  return classifyParserError(thrown);
}

const readRaw = express.raw({ type: () => true, limit: bodyLimit, inflate: false });

/** Reads the body, of any content type. */
const readBody = (req: Request, res: Parameters<RequestHandler>[1]): Promise<void> =>
  new Promise((resolve, reject) => {
    readRaw(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });

function openEcho({ keys }: OpenEndpoint, req: Request): string {
  const { msg_signature, timestamp, nonce, echostr } = parseQuery(checkQuery, req);
  // In a query "+" is a blank, and some callers leave base64's own "+" as it is.
  const encrypt = echostr.replaceAll(' ', '+');
  return openCallback(keys, { signature: msg_signature, timestamp, nonce, encrypt });
}

function openEvent({ keys }: OpenEndpoint, req: Request): string {
  const { msg_signature, timestamp, nonce } = parseQuery(signedQuery, req);
  const body: unknown = req.body;
  const encrypt = readEnvelope(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  return openCallback(keys, { signature: msg_signature, timestamp, nonce, encrypt });
}

function parseQuery<T>(schema: z.ZodType<T>, req: Request): T {
  const parsed = schema.safeParse(req.query);
  if (parsed.success) return parsed.data;
  throw new WecomCallbackError('malformed', 'the query is not that of a callback');
}

import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/**
 * The longest of our own paths is half of that; the rest of a longer one tells nothing but what a sender
 * wrote.
 */
const maxPathLength = 400;

/** Logs each request without its query string, cookies and bodies: codes and tokens travel in those. */
export const logRequests = (logger: Logger, makeRequestId: () => string) =>
  pinoHttp({
    logger,
    genReqId: (_req, res) => {
      const id = makeRequestId();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
        id,
        method,
        path: url.slice(0, maxPathLength).split('?')[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
    autoLogging: { ignore: (req) => !req.url?.startsWith('/api/') },
    // What a 503 is about was logged when it was answered, once a second at most.
    customLogLevel: (_req, res, error) =>
      error || (res.statusCode >= 500 && res.statusCode !== 503) ? 'error' : 'debug',
  });

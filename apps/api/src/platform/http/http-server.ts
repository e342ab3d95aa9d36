import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';
import { StartupError } from '../startup-error.ts';

/**
 * Longer than reverse proxies keep an idle connection (a minute, as a rule): when one side closes while the
 * other sends, that request is lost.
 */
const keepAliveTimeoutMs = 75_000;
/**
 * The largest body is 256 kB: a client that has not sent a whole request by then only holds a connection.
 */
const requestTimeoutMs = 20_000;
/** Line and headers of a request; beyond, it is answered 431. */
const maxHeaderBytes = 16 * 1_024;
/** How often connections are looked at for that. */
const connectionsCheckIntervalMs = 2_000;
/** How long requests under way may take to end once the server stops. */
const stopTimeoutMs = 10_000;
/** How often it is told at most that connections are dropped. */
const dropNoticeMs = 60_000;

export interface HttpServer {
  /** Origin that it listens on, or the public one. */
  url: string;
  /** Hands requests to this application from now on. */
  serve(handle: RequestListener): void;
  /** From now on each answer ends its connection; new ones are still taken. */
  releaseConnections(): void;
  /** Takes no new connection, lets requests under way end, then closes what is left. */
  stop(): Promise<void>;
}

/** Where a server listens; `key` is the setting of its port. */
export type Listening = Pick<Config, 'host' | 'port' | 'publicUrl' | 'maxConnections'> & {
  key?: 'PORT' | 'HEALTH_PORT';
};

/**
 * Listens, before the database is open: a probe of liveness must not end a process that migrates.
 * @param onDropped is told how many connections were closed at the limit: of the first at once, then once a minute
 */
export async function openHttpServer(
  { host, port, publicUrl, maxConnections, key = 'PORT' }: Listening,
  starting: RequestListener,
  onDropped: (count: number) => void,
): Promise<HttpServer> {
  let handle = starting;
  let isReleasing = false;
  const underWay = new Set<ServerResponse>();
  const limits = {
    maxHeaderSize: maxHeaderBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: connectionsCheckIntervalMs,
  };
  const server = createServer(limits, (req, res) => {
    if (isReleasing) res.setHeader('Connection', 'close');
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    handle(req, res);
  });
  server.maxConnections = maxConnections; // beyond, a new one is closed at once: the others are served on
  countDropped(server, onDropped);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(describeListenError(error, { host, port, key })),
    );
    server.listen(port, host, resolve);
  });
  const releaseConnections = () => {
    isReleasing = true;
    for (const res of underWay) if (!res.headersSent) res.setHeader('Connection', 'close');
  };
  return {
    url: publicUrl ?? originOf(host, server),
    serve: (next) => {
      handle = next;
    },
    releaseConnections,
    stop: async () => {
      releaseConnections();
      await close(server);
    },
  };
}

function countDropped(server: Server, onDropped: (count: number) => void): void {
  let count = 0;
  let isToldLater = false;
  const tell = () => {
    isToldLater = count > 0;
    if (count === 0) return;
    onDropped(count);
    count = 0;
    setTimeout(tell, dropNoticeMs).unref();
  };
  server.on('drop', () => {
    count += 1;
    if (!isToldLater) tell();
  });
}

async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), stopTimeoutMs);
  await new Promise((resolve) => server.close(resolve)); // idle connections are closed by it
  clearTimeout(timer);
}

function originOf(host: string, server: Server): string {
  const { port } = server.address() as AddressInfo; // listening on TCP
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function describeListenError(
  error: NodeJS.ErrnoException,
  { host, port, key }: { host: string; port: number; key: string },
): Error {
  if (error.code === 'EADDRINUSE')
    return new StartupError({
      zh: `端口 ${port} 已被占用。请停止占用它的程序，或把 ${key} 设为其他端口。`,
      en: `Port ${port} is in use. Stop what uses it, or set ${key} to another.`,
    });
  return new StartupError(
    {
      zh: `无法监听 ${host}:${port}（${error.code}）。请检查 HOST 和 ${key}。`,
      en: `Cannot listen on ${host}:${port} (${error.code}). Check HOST and ${key}.`,
    },
    { cause: error },
  );
}

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An ingress in small: sends requests in turn to the servers that last said they are ready, and tries none twice. */
export interface ReadinessProxy {
  url: string;
  /** Servers that get requests now. */
  ready(): string[];
  close(): Promise<void>;
}

const probeIntervalMs = 100;

/** Starts a proxy that keeps connections to the servers open and asks each for `/readyz`. */
export async function startReadinessProxy(servers: readonly string[]): Promise<ReadinessProxy> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  let turn = 0;
  const probe = async (server: string) => {
    const isReady = await fetch(`${server}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) ready.add(server);
    else ready.delete(server);
  };
  const probing = setInterval(() => void Promise.all(servers.map(probe)), probeIntervalMs);
  const proxy = createServer((req, res) => {
    const choices = [...ready];
    const server = choices[turn++ % choices.length];
    if (server === undefined) res.writeHead(502).end('no server is ready');
    else forward(agent, server, req, res);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, // it listens on TCP
    ready: () => [...ready],
    close: async () => {
      clearInterval(probing);
      agent.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function forward(agent: Agent, server: string, req: IncomingMessage, res: ServerResponse): void {
  const { method, headers } = req;
  const outgoing = request(`${server}${req.url}`, { agent, method, headers }, (answer) => {
    const { connection: _, ...own } = answer.headers; // of one connection, not of the answer
    res.writeHead(answer.statusCode ?? 502, own);
    answer.pipe(res);
  });
  outgoing.once('error', (error) => res.writeHead(502).end(`${server}: ${error.message}`));
  req.pipe(outgoing);
}

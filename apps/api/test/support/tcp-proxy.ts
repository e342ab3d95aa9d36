import { connect, createServer, type Socket } from 'node:net';

/** A load balancer in small: one address before servers of which one is up. */
export interface TcpProxy {
  port: number;
  /**
   * Leads new connections to this port of the machine, or ends them at once while none is up. Those that are open are
   * cut, as HAProxy does with `on-marked-down shutdown-sessions`.
   */
  switchTo(port: number | undefined): void;
  /** Keeps back what the server answers until the next switch; resolves once a client has sent something. */
  holdAnswers(): Promise<void>;
  close(): Promise<void>;
}

interface Connection {
  client: Socket;
  server: Socket;
}

export async function startTcpProxy(): Promise<TcpProxy> {
  const open = new Set<Connection>();
  let target: number | undefined;
  let isHolding = false;
  const listener = createServer({ noDelay: true }, (client) => {
    if (target === undefined) client.destroy();
    else
      join(open, { client, server: connect({ port: target, host: '127.0.0.1', noDelay: true }) }, isHolding);
  });
  const cutAll = () => {
    for (const { client } of open) client.destroy();
  };
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    switchTo: (port) => {
      target = port;
      isHolding = false;
      cutAll();
    },
    holdAnswers: () => {
      isHolding = true;
      for (const { client, server } of open) server.unpipe(client);
      return new Promise((resolve) => {
        for (const { client } of open) client.once('data', () => resolve());
      });
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

/** Carries bytes both ways until either end is gone. */
function join(open: Set<Connection>, connection: Connection, isHolding: boolean): void {
  const { client, server } = connection;
  open.add(connection);
  client.pipe(server);
  if (!isHolding) server.pipe(client);
  for (const [end, other] of [
    [client, server],
    [server, client],
  ] as const) {
    end.on('error', () => other.destroy()); // it closes next
    end.on('close', () => {
      open.delete(connection);
      other.destroy();
    });
  }
}

import { connect, createServer, type Socket } from 'node:net';

export interface TransactionPooler {
  /** Connection string of the database behind it. */
  url: string;
  /** Transactions handed out so far. */
  transactions(): Promise<number>;
  close(): Promise<void>;
}

/** A connection to Postgres that is lent for one transaction at a time. */
interface Backend {
  socket: Socket;
  borrower: Client | undefined;
}

interface Client {
  socket: Socket;
  backend: Backend | undefined;
  /** What came while no connection was free. */
  waiting: Buffer[];
}

const readyForQuery = 'Z'.charCodeAt(0);
const terminate = 'X'.charCodeAt(0);

/**
 * A pooler in transaction mode, as PgBouncer with `pool_mode = transaction`: every transaction gets the connection that
 * was used least lately, so that what one client leaves in a session is met by others.
 */
export async function startTransactionPooler(databaseUrl: string, size: number): Promise<TransactionPooler> {
  const target = new URL(databaseUrl);
  const free: Backend[] = [];
  const queue: Client[] = [];
  let transactions = 0;
  let greeting: Buffer = Buffer.alloc(0);

  const lend = (client: Client): boolean => {
    const backend = free.shift();
    if (backend === undefined) return false;
    transactions++;
    client.backend = backend;
    backend.borrower = client;
    for (const bytes of client.waiting.splice(0)) backend.socket.write(bytes);
    return true;
  };
  const giveBack = (backend: Backend) => {
    if (backend.borrower) backend.borrower.backend = undefined;
    backend.borrower = undefined;
    free.push(backend);
    const next = queue.shift();
    if (next) lend(next);
  };
  const openBackend = async (): Promise<void> => {
    const socket = connect(Number(target.port), target.hostname);
    socket.setNoDelay().on('error', () => undefined);
    socket.write(startupMessage(target));
    const backend: Backend = { socket, borrower: undefined };
    let isOpen = false;
    await new Promise<void>((opened) => {
      readMessages(socket, (type, message) => {
        if (!isOpen) {
          if (type !== readyForQuery) greeting = isOpen ? greeting : Buffer.concat([greeting, message]);
          else {
            isOpen = true;
            free.push(backend);
            opened();
          }
          return;
        }
        backend.borrower?.socket.write(message);
        if (type === readyForQuery && message[5] === 'I'.charCodeAt(0)) giveBack(backend);
      });
    });
  };
  await openBackend();
  const welcome = Buffer.concat([greeting, Buffer.from([readyForQuery, 0, 0, 0, 5, 'I'.charCodeAt(0)])]);
  for (let count = 1; count < size; count++) await openBackend();

  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    const client: Client = { socket, backend: undefined, waiting: [] };
    const forward = (message: Buffer) => {
      if (client.backend) client.backend.socket.write(message);
      else if (client.waiting.push(message) === 1 && !lend(client)) queue.push(client);
    };
    readMessages(
      socket,
      (type, message) => {
        if (type === terminate) socket.end();
        else forward(message);
      },
      () => socket.write(welcome),
    );
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clients.delete(socket);
      if (queue.includes(client)) queue.splice(queue.indexOf(client), 1);
      // Left in the middle of a transaction: Postgres must roll it back.
      const { backend } = client;
      if (backend === undefined) return;
      backend.borrower = undefined;
      backend.socket.destroy();
      void openBackend().then(() => {
        const next = queue.shift();
        if (next) lend(next);
      });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The pooler has no port.');
  const url = new URL(databaseUrl);
  url.port = String(address.port);
  url.search = ''; // not to the socket of Postgres itself
  return {
    url: url.href,
    transactions: async () => transactions,
    close: async () => {
      for (const socket of clients) socket.destroy();
      for (const { socket } of free) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function startupMessage({ username, pathname }: URL): Buffer {
  const body = Buffer.from(`user\0${username}\0database\0${pathname.slice(1)}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196_608, 4); // protocol 3.0
  return Buffer.concat([head, body]);
}

/** Cuts what comes into the protocol's messages; a client's first has no type. */
function readMessages(
  socket: Socket,
  take: (type: number, message: Buffer) => void,
  onStartup?: () => void,
): void {
  let rest: Buffer = Buffer.alloc(0);
  let isStarted = onStartup === undefined;
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const typeBytes = isStarted ? 1 : 0;
      if (rest.length < typeBytes + 4) return;
      const end = typeBytes + rest.readInt32BE(typeBytes);
      if (rest.length < end) return;
      const message = rest.subarray(0, end);
      rest = rest.subarray(end);
      if (isStarted) take(message[0] ?? 0, message);
      else {
        isStarted = true;
        onStartup?.();
      }
    }
  });
}

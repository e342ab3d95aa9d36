import { Socket } from 'node:net';

// A test that reached beyond this machine would depend on what it must not: only loopback and unix sockets
// connect.
const connect = Socket.prototype.connect;
const own = new Set(['127.0.0.1', 'localhost', '::1', undefined]);

Socket.prototype.connect = function (this: Socket, ...args: Parameters<typeof connect>) {
  const [first] = args as unknown as [unknown]; // node normalises (options, callback) into one array
  const options = Array.isArray(first) ? first[0] : first;
  if (
    typeof options === 'object' &&
    options !== null &&
    !('path' in options && options.path) &&
    'host' in options
  ) {
    const host = options.host as string | undefined;
    if (!own.has(host)) throw new Error(`A test tried to reach ${host}: only this machine may be reached.`);
  }
  return connect.apply(this, args);
} as typeof connect;

import { createServer } from 'node:net';

/** Below those that a system gives to connections: none takes a port between being found and being used. */
const firstPort = 20_000;
const ports = 12_000;
/** Processes look in different places: two never find one at the same time. */
let next = process.pid * 60;

/** A TCP port of this machine that nothing listens on now, another each time. */
export async function findFreePort(): Promise<number> {
  for (let tried = 0; tried < ports; tried++) {
    const port = firstPort + (next++ % ports);
    if (await isFree(port)) return port;
  }
  throw new Error(`No TCP port from ${firstPort} on is free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}

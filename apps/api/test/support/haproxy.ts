import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './find-free-port.ts';
import { readExample } from './read-example.ts';
import { type Daemon, startDaemon } from './system-program.ts';

/**
 * HAProxy itself, with the settings of docs/operations.md, before one port of this machine.
 * @param isPrimary what a check of that port is told
 * @returns the port that it listens on
 */
export async function startHaproxy(
  program: string,
  target: number,
  isPrimary: () => boolean,
): Promise<Daemon & { port: number }> {
  // what Patroni answers beside each server
  const health = createServer((_request, response) => {
    response.writeHead(isPrimary() ? 200 : 503).end();
  });
  await new Promise<void>((listening) => health.listen(0, '127.0.0.1', listening));
  const address = health.address();
  if (address === null || typeof address === 'string') throw new Error('The health check has no port.');
  const port = await findFreePort();
  const example = await readExample('haproxy', 'listen orgmirror');
  const configuration = example
    .replace(/bind \S+/, `bind 127.0.0.1:${port}`)
    .replace(/check port \d+/, `check port ${address.port}`)
    .replace(/server a \S+/, `server a 127.0.0.1:${target}`)
    .replace(/^ *server b .*\n/m, '');
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-haproxy-'));
  await writeFile(join(folder, 'haproxy.cfg'), configuration);
  const daemon = await startDaemon(program, ['-db', '-q', '-f', join(folder, 'haproxy.cfg')], {
    port,
    folder,
  });
  return {
    port,
    stop: async () => {
      await daemon.stop();
      health.closeAllConnections();
      await new Promise((closed) => health.close(closed));
      await rm(folder, { recursive: true });
    },
  };
}

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { expect, it } from 'vitest';
import { logRequests } from './log-requests.ts';

it('logs of a path no more than tells which of ours it is, and never the query', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const app = express().use(logRequests(logger, () => 'request-1'));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listening on TCP
  try {
    for (const path of [
      `/api/${'x'.repeat(15_000)}`,
      '/api/v1/members?q=secret',
      `/api/?${'q'.repeat(15_000)}`,
    ])
      await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    await expect.poll(() => lines).toHaveLength(3);
  } finally {
    server.close();
  }
  const paths = lines.map((line) => (JSON.parse(line) as { req: { path: string } }).req.path);
  expect(paths).toEqual([`/api/${'x'.repeat(395)}`, '/api/v1/members', '/api/']);
});

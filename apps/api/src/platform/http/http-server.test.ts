import { once } from 'node:events';
import { get } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHttpServer } from './http-server.ts';

const tenSecondsMs = 10_000;

describe('a server that stops', () => {
  afterEach(() => vi.useRealTimers());

  it('waits ten seconds for a request that does not end, then cuts it', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const listening = { host: '127.0.0.1', port: 0, publicUrl: undefined, maxConnections: 10 };
    const server = await openHttpServer(listening, () => begin());
    const request = get(server.url);
    const cut = once(request, 'error');
    await begun;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let hasStopped = false;
    const stopped = server.stop().then(() => {
      hasStopped = true;
    });
    await vi.advanceTimersByTimeAsync(tenSecondsMs - 1);
    expect(hasStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    expect(await cut).toMatchObject([{ code: 'ECONNRESET' }]);
  });
});

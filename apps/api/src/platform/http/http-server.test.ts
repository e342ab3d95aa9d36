import { once } from 'node:events';
import { get, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openHttpServer } from './http-server.ts';

const tenSecondsMs = 10_000;
const aMinuteMs = 60_000;
const listening = { host: '127.0.0.1', port: 0, publicUrl: undefined };
const neverDrops = (count: number) => expect.unreachable(`${count} dropped`);

describe('a server that stops', () => {
  afterEach(() => vi.useRealTimers());

  it('waits ten seconds for a request that does not end, then cuts it', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const server = await openHttpServer({ ...listening, maxConnections: 10 }, () => begin(), neverDrops);
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

describe('a server at its limit of connections', () => {
  afterEach(() => vi.useRealTimers());

  it('tells of the first that it drops at once, of the others once a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const told: number[] = [];
    const handle: RequestListener = (_, res) => void res.end();
    const server = await openHttpServer({ ...listening, maxConnections: 1 }, handle, (n) => told.push(n));
    const port = Number(new URL(server.url).port);
    const kept = connect(port, '127.0.0.1');
    await once(kept, 'connect');
    const drop = async () => {
      const dropped = connect(port, '127.0.0.1').resume();
      await once(dropped, 'close');
    };
    await drop();
    expect(told).toEqual([1]);
    await drop();
    await drop();
    expect(told).toEqual([1]);
    await vi.advanceTimersByTimeAsync(aMinuteMs);
    expect(told).toEqual([1, 2]);
    await vi.advanceTimersByTimeAsync(aMinuteMs);
    expect(told).toEqual([1, 2]);
    await drop();
    expect(told).toEqual([1, 2, 1]);
    kept.destroy();
    await server.stop();
  });
});

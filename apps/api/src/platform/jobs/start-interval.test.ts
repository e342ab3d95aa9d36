import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startInterval } from './start-interval.ts';

describe('startInterval', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('works at once, then every so often, and no more once it is stopped', async () => {
    let turns = 0;
    const stop = startInterval(
      async () => {
        turns++;
      },
      1_000,
      () => undefined,
    );
    expect(turns).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(turns).toBe(3);
    await stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(turns).toBe(3);
  });

  it('begins after a delay, and not at all when it is stopped before', async () => {
    let turns = 0;
    const startLater = () =>
      startInterval(
        async () => {
          turns++;
        },
        1_000,
        () => undefined,
        300,
      );
    const stop = startLater();
    await vi.advanceTimersByTimeAsync(299);
    expect(turns).toBe(0);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(turns).toBe(2);
    await stop();
    const stopEarly = startLater();
    await vi.advanceTimersByTimeAsync(100);
    await stopEarly();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(turns).toBe(2);
  });

  it('begins no turn while another goes on, and waits for it when stopped', async () => {
    let turns = 0;
    let ended = 0;
    const stop = startInterval(
      async () => {
        turns++;
        await new Promise((resolve) => setTimeout(resolve, 3_500));
        ended++;
      },
      1_000,
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(3_000);
    expect([turns, ended]).toEqual([1, 0]);
    const stopped = stop();
    await vi.advanceTimersByTimeAsync(1_000);
    await stopped;
    expect([turns, ended]).toEqual([1, 1]);
  });

  it('tells a failure and goes on', async () => {
    const told: unknown[] = [];
    const stop = startInterval(
      () => Promise.reject(new Error('gone')),
      1_000,
      (error) => told.push(error),
    );
    await vi.advanceTimersByTimeAsync(1_000);
    await stop();
    expect(told).toEqual([new Error('gone'), new Error('gone')]);
  });
});

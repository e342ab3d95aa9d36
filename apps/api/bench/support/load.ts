import { formatCount, type Row } from './report.ts';

/** Milliseconds of many requests of one kind. */
export interface Latencies {
  p50: number;
  p95: number;
  max: number;
}

/** Asked before anything is measured: what is asked often is in memory. */
const warmUps = 20;

/**
 * Asks `count` times by so many clients at once, each with its own arguments, and measures how long the server takes to
 * answer in full. The first requests only warm up.
 */
export async function measureRequests(
  count: number,
  request: () => Promise<unknown>,
  clients = 1,
): Promise<Latencies> {
  await askAtOnce(warmUps, request, clients);
  const times = (await askAtOnce(count, request, clients)).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

async function askAtOnce(count: number, request: () => Promise<unknown>, clients: number): Promise<number[]> {
  const times: number[] = [];
  let started = 0;
  const ask = async () => {
    while (started++ < count) {
      const startedAt = performance.now();
      await request();
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return times;
}

/** The latencies as a line; a limit is one of p95. */
export function describeLatencies(name: string, { p50, p95, max }: Latencies, limitMs?: number): Row {
  const value = `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)}, max ${formatCount(Math.round(max))} ms`;
  if (limitMs === undefined) return { name, value };
  return { name, value, limit: `p95 ≤ ${limitMs} ms`, holds: p95 <= limitMs };
}

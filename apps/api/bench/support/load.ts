import { formatCount, type Row } from './report.ts';

/** Asked before anything is measured: what is asked often is in memory. */
const warmUps = 20;

/**
 * Asks `count` times by many clients at once, each with its own arguments, and measures how many milliseconds
 * the server takes to answer each in full. The first requests only warm up.
 */
export async function measureRequests(
  count: number,
  request: () => Promise<unknown>,
  clients = 1,
): Promise<number[]> {
  await askAtOnce(warmUps, request, clients);
  return askAtOnce(count, request, clients);
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

/** Milliseconds of many requests as a line; a limit is one of p95. */
export function describeLatencies(name: string, times: readonly number[], limitMs?: number): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const p95 = at(0.95);
  const value = `p50 ${at(0.5).toFixed(0)}, p95 ${p95.toFixed(0)}, max ${formatCount(Math.round(at(1)))} ms`;
  if (limitMs === undefined) return { name, value };
  return { name, value, limit: `p95 ≤ ${limitMs} ms`, holds: p95 <= limitMs };
}

import { expect, it } from 'vitest';
import { createClockComparison } from './compare-clocks.ts';

const toldMs = Date.parse('2026-11-28T12:00:00Z');
const at = (endpoint: string, durationMs: number, answeredAtMs: number | null) =>
  ({
    kind: 'attempt',
    endpoint,
    attempt: 1,
    outcome: 'ok',
    errcode: null,
    durationMs,
    answeredAtMs,
    unexpectedFields: [],
  }) as const;

it.each([
  { what: 'the next second', durationMs: 20, receivedMs: 1_900, ahead: 0 },
  { what: 'a slow answer', durationMs: 9_000, receivedMs: 9_900, ahead: 0 },
  { what: 'a minute ahead', durationMs: 100, receivedMs: 61_000, ahead: 60 },
  { what: 'a minute behind', durationMs: 100, receivedMs: -59_000, ahead: -60 },
])('tells how far the clock is ahead: $what', ({ durationMs, receivedMs, ahead }) => {
  const clocks = createClockComparison(() => new Date(toldMs + receivedMs));
  expect(clocks.compare()).toEqual({});
  clocks.onCall(at('gettoken', durationMs, toldMs));
  clocks.onCall(at('user/list', durationMs, null)); // says nothing
  expect(clocks.compare()).toEqual({ clockAheadSeconds: ahead });
});

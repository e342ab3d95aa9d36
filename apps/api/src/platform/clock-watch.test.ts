import { beforeEach, expect, it } from 'vitest';
import { createClockWatch } from './clock-watch.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let elapsedMs = 0;
let offsetMs = 0;
let logged: unknown[] = [];
const create = () =>
  createClockWatch({
    now: () => new Date(Date.parse('2026-11-26T00:00:00Z') + elapsedMs + offsetMs),
    elapsedMs: () => elapsedMs,
    logger: { warn: (fields: unknown) => void logged.push(fields) } as never, // all that it uses of it
  });
beforeEach(() => {
  elapsedMs = 0;
  offsetMs = 0;
  logged = [];
});

it('says nothing of time that passes, and of steps below a minute', () => {
  const watch = create();
  elapsedMs += 400 * dayMs;
  offsetMs += minuteMs - 1;
  watch.look();
  expect([logged, watch.isSteady()]).toEqual([[], true]);
});

it.each([400 * dayMs, -6 * 60 * minuteMs, minuteMs])('logs a jump of %d ms once', (jumpMs) => {
  const watch = create();
  offsetMs += jumpMs;
  watch.look();
  watch.look();
  expect(logged).toEqual([{ jumpSeconds: jumpMs / 1000 }]);
});

it('is not steady until ten minutes after the last jump', () => {
  const watch = create();
  offsetMs += 400 * dayMs;
  expect(watch.isSteady()).toBe(false);
  elapsedMs += 6_000;
  offsetMs -= 400 * dayMs;
  expect(watch.isSteady()).toBe(false);
  elapsedMs += 10 * minuteMs - 1;
  expect(watch.isSteady()).toBe(false);
  elapsedMs += 1;
  expect(watch.isSteady()).toBe(true);
});

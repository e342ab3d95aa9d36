import pino from 'pino';
import { expect, it } from 'vitest';
import { logFailure } from './log-failure.ts';

it('a database in trouble is told once a second, without a stack, and everything else each time', () => {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.5:5432'), { code: 'ECONNREFUSED' });
  for (let count = 0; count < 50; count++) logFailure(logger, refused, 'events could not be processed');
  expect(lines).toEqual([
    expect.objectContaining({
      msg: 'events could not be processed',
      code: 'database.unavailable',
      reason: refused.message,
    }),
  ]);
  expect(JSON.stringify(lines)).not.toContain('    at ');
  for (let count = 0; count < 2; count++) logFailure(logger, new Error('a fault of ours'), 'it failed');
  expect(lines).toHaveLength(3);
  expect(JSON.stringify(lines[2])).toContain('    at ');
});

import { describe, expect, it } from 'vitest';
import { describeFailedStart, StartupError } from './startup-error.ts';

const foreseen = new StartupError({ zh: '端口已被占用。', en: 'The port is taken.' });
const unforeseen = new TypeError('x is not a function\n    at secret (/etc/app)');

describe('a start that fails', () => {
  it.each([undefined, 'info', 'warn', 'silent'])('is told in one line at LOG_LEVEL=%s', (logLevel) => {
    expect(describeFailedStart(foreseen, logLevel)).toBe('端口已被占用。 | The port is taken.');
    const line = describeFailedStart(unforeseen, logLevel);
    expect(line).toMatch(/^启动失败：x is not a function.* \| The start failed: x is not a function/);
    expect(line).not.toContain('\n');
    expect(line).not.toContain('startup-error.test');
  });

  it.each(['debug', 'trace'])('is told with its stack at LOG_LEVEL=%s', (logLevel) => {
    expect(describeFailedStart(unforeseen, logLevel)).toContain('startup-error.test');
  });

  it('is told of what is no error as well', () => {
    expect(describeFailedStart('gone', undefined)).toContain('The start failed: gone.');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const main = new URL('./main.ts', import.meta.url).pathname;

describe('the simulator as a process', () => {
  it('announces itself in one line of JSON, serves, and stops on SIGTERM', async () => {
    const flags = ['--corp', 'generated', '--departments', '7', '--members', '30', '--seed', '2'];
    const child = spawn(process.execPath, [main, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const announcement = JSON.parse(line);
    expect(announcement).toMatchObject({ departments: 7, members: 30, agentid: 1_000_002 });
    const response = await fetch(`${announcement.baseUrl}/simulator/corp`);
    expect(await response.json()).toMatchObject({ departments: 7, members: 30 });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

import { parseArgs } from 'node:util';
import { createSampleApps, sampleCorpId } from './apps.ts';
import { generateCorp } from './corp/generate-corp.ts';
import { createSampleCorp } from './corp/sample-corp.ts';
import { startWecomSimulator } from './start-simulator.ts';

/*
 * The simulator as a process of its own: node src/main.ts [--port 0] [--host 127.0.0.1] [--corp sample |
 * generated] [--departments 100] [--members 1000] [--seed 1] [--latency-ms 0] [--trusted-domain
 * localhost:5173] It prints one line of JSON when it listens and stops on SIGTERM or SIGINT.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    corp: { type: 'string', default: 'sample' },
    departments: { type: 'string', default: '100' },
    members: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'latency-ms': { type: 'string', default: '0' },
    'trusted-domain': { type: 'string', default: 'localhost:5173' },
  },
});

function readCount(name: 'port' | 'departments' | 'members' | 'seed' | 'latency-ms'): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`--${name} must be a whole number`);
  return count;
}

function buildCorp() {
  if (values.corp === 'sample') return createSampleCorp();
  if (values.corp !== 'generated') throw new RangeError('--corp must be sample or generated');
  const size = { departments: readCount('departments'), members: readCount('members') };
  return generateCorp({ ...size, seed: readCount('seed') });
}

const [app, contactSync] = createSampleApps();
if (app === undefined || contactSync === undefined) throw new Error('the sample corp has no apps');
app.trustedDomain = values['trusted-domain'];

const simulator = await startWecomSimulator({
  corp: buildCorp(),
  apps: [app, contactSync],
  host: values.host,
  port: readCount('port'),
  settings: { latencyMs: readCount('latency-ms') },
});

const announcement = {
  baseUrl: simulator.baseUrl,
  corpid: sampleCorpId,
  agentid: app.agentid,
  secret: app.secret,
  departments: simulator.corp.departments.size,
  members: simulator.corp.members.size,
};
process.stdout.write(`${JSON.stringify(announcement)}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.close());
}

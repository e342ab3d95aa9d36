import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { sampleApp } from '@orgmirror/wecom-simulator';
import { createServer as createViteServer } from 'vite';
import { startDemoWecom } from './demo-wecom.ts';

// `npm run dev`: the console with hot reload, the server starting again when its sources change, and the
// WeCom simulator, which keeps its state meanwhile. One address serves all of it. Data lies in .data/dev.
const repositoryFolder = resolve(import.meta.dirname, '../../..');
const admin = { username: 'admin', password: 'orgmirror-demo' };
const port = Number(process.env.PORT ?? 5173);
const publicUrl = `http://localhost:${port}`;

const { wecom, env, trustDomain } = await startDemoWecom(Number(process.env.DEMO_WECOM_PORT ?? 3100));
trustDomain(new URL(publicUrl).host);

const serverPort = await findFreePort();
const serverUrl = `http://127.0.0.1:${serverPort}`;
const vite = await createViteServer({
  configFile: join(repositoryFolder, 'apps/web/vite.config.ts'),
  server: {
    port,
    strictPort: true,
    host: 'localhost',
    // Everything of the server but the built console.
    proxy: Object.fromEntries(
      ['/api', '/guide', '/healthz', '/readyz', '/metrics', '^/WW_verify_'].map((path) => [path, serverUrl]),
    ),
  },
});
await vite.listen().catch((error: Error) => {
  process.stderr.write(`${error.message}. Set PORT to another: PORT=5174 npm run dev\n`);
  process.exit(1);
});

const server = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', join(import.meta.dirname, 'dev-server.ts')],
  {
    stdio: 'inherit',
    env: {
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
      DATA_DIR: join(repositoryFolder, '.data/dev'),
      LOG_LEVEL: 'info',
      ...process.env,
      ...env,
      PORT: String(serverPort),
      PUBLIC_URL: publicUrl,
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.once('exit', (code) => process.exit(code ?? 0));

process.stdout.write(`
  Console      ${publicUrl}  (${admin.username} / ${admin.password})
  WeCom        ${wecom.baseUrl}
  CorpID       ${wecom.corpid}
  AgentId      ${sampleApp.agentid}
  Secret       ${sampleApp.secret}

`);

/** Vite must know the server's port before that has started, and keep it over restarts. */
async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  return address.port;
}

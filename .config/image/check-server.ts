import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../apps/api/test/support/find-free-port.ts';
import { type Container, runReadOnly } from './read-only-container.ts';

const readyTimeoutMs = 120_000;
const stopTimeoutMs = 60_000;
const pollIntervalMs = 20;

/** Notes a fault unless something holds. */
export type ExpectThat = (holds: boolean, fault: string) => void;

/** Starts the server, looks at it as a browser, a probe and an operator do, and ends it. @returns ms until it was ready */
export async function checkServer(container: Container, expectThat: ExpectThat): Promise<number> {
  const port = await findFreePort();
  const own = { ...container, env: { ...container.env, PORT: String(port) } };
  const url = `http://127.0.0.1:${port}`;
  const startedAt = performance.now();
  const server = runReadOnly(own, container.image.Cmd);
  const ended = waitForEnd(server);
  const isReady = await waitUntilReady(server, `${url}/readyz`);
  const readyMs = performance.now() - startedAt;
  if (isReady) {
    await checkConsole(url, expectThat);
    await checkRights(server, container.image.User, expectThat);
    await checkHealth(own, expectThat);
  }
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), stopTimeoutMs);
  const { outcome, output } = await ended;
  clearTimeout(timer);
  expectThat(isReady, `does not get ready: ${output}`);
  expectThat(outcome === 0, `SIGTERM ends it with ${outcome}: ${output}`);
  expectThat(!/EROFS|EACCES|EPERM/.test(output), `is refused a file: ${output}`);
  return readyMs;
}

/** @returns whether it became ready before it ended, or in two minutes */
export async function waitUntilReady(server: ChildProcess, url: string): Promise<boolean> {
  const giveUpAt = performance.now() + readyTimeoutMs;
  while (server.exitCode === null && server.signalCode === null && performance.now() < giveUpAt) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false, // nothing listens yet
    );
    if (isReady) return true;
    await wait(pollIntervalMs);
  }
  return false;
}

/** The page and what it loads first. */
export async function checkConsole(url: string, expectThat: ExpectThat): Promise<void> {
  const page = await (await fetch(url)).text();
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
  expectThat(script !== undefined, `serves no console: ${page}`);
  if (script === undefined) return;
  const { ok, headers } = await fetch(new URL(script, url));
  const type = headers.get('content-type');
  expectThat(ok && /javascript/.test(type ?? ''), `serves ${script} as ${type}`);
}

/** That the process is as shut in as it should be: else the rest proves little. */
async function checkRights(server: ChildProcess, user: string, expectThat: ExpectThat): Promise<void> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  const [uid, gid] = user.split(':').map((id) => Array(4).fill(id).join('\t'));
  const none = '0'.repeat(16);
  for (const line of [
    ...[`Uid:\t${uid}`, `Gid:\t${gid}`, 'NoNewPrivs:\t1'],
    ...['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => `${name}:\t${none}`),
  ])
    expectThat(status.includes(`\n${line}\n`), `runs without ${line}`);
  const mounts = await readFile(`/proc/${server.pid}/mountinfo`, 'utf8');
  expectThat(/^(\S+ ){4}\/ ro,/m.test(mounts), `runs on a root that can be written:\n${mounts}`);
}

/** The image's health check, as an engine runs it beside the server. */
async function checkHealth(container: Container, expectThat: ExpectThat): Promise<void> {
  const [, ...command] = container.image.Healthcheck?.Test ?? [];
  const { outcome, output } = await waitForEnd(runReadOnly(container, command));
  expectThat(outcome === 0, `its health check ends with ${outcome}: ${output}`);
}

/** @returns how a process ended, and what it wrote */
export async function waitForEnd(
  child: ChildProcess,
): Promise<{ outcome: number | NodeJS.Signals; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code, signal] = await once(child, 'close');
  return { outcome: code ?? signal, output };
}

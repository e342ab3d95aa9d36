import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRunFolder, startGuardian } from '../test/run-folder.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('examine-image.ts', import.meta.url));
const timeoutMs = 1_200_000;
const tools = ['buildah', 'mmdebstrap', 'unshare'];
const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** What was found wrong, or why nothing was looked at. */
export interface ImageOutcome {
  faults: string[];
  notRun?: string;
}

/**
 * Builds the image by the Dockerfile and runs it read-only and without capabilities, where there are the tools and the
 * rights. However it ends, no container, mount, process or file stays behind: all are in namespaces and a folder of one
 * child, which go with it.
 */
export async function checkImage(): Promise<ImageOutcome> {
  const obstacle = await findObstacle();
  if (obstacle !== undefined) return { faults: [], notRun: obstacle };
  const folder = createRunFolder();
  const child = spawn('unshare', [...namespaces, process.execPath, program, folder], {
    detached: true, // a process group of its own
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TMPDIR: folder },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const guardian = startGuardian(child.pid ?? 0, folder);
  let outcome: ImageOutcome | undefined;
  child.once('message', (message) => {
    outcome = message as ImageOutcome; // the program sends nothing else
  });
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  guardian.ref();
  guardian.stdin?.end();
  await once(guardian, 'exit');
  return outcome ?? { faults: [`The check of the image ended with ${code ?? signal}.`] };
}

/** Why the image cannot be built here; undefined when it can. */
async function findObstacle(): Promise<string | undefined> {
  for (const tool of tools) if (!(await succeeds('sh', ['-c', `command -v ${tool}`]))) return `no ${tool}`;
  if (process.getuid?.() !== 0) return 'not root';
  const mount = 'mount -t tmpfs tmpfs /mnt && mount -t proc proc /mnt';
  if (!(await succeeds('unshare', [...namespaces, 'sh', '-c', mount]))) return 'no right to mount';
  return undefined;
}

const succeeds = (command: string, options: string[]): Promise<boolean> =>
  run(command, options).then(
    () => true,
    () => false, // its exit code says no
  );

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;
/** Of what a failed command wrote. */
const shownLines = 30;

/** What an image says of itself, as Docker writes it. */
export interface ImageConfig {
  User: string;
  Env: string[];
  Cmd: string[];
  WorkingDir: string;
  Volumes?: Record<string, object>;
  ExposedPorts?: Record<string, object>;
  Healthcheck?: { Test: string[] };
}

/** Calls buildah with a storage of its own: no image or container of this machine is seen or touched. */
export function openBuildah(folder: string) {
  const storage = ['--root', join(folder, 'storage'), '--runroot', join(folder, 'runroot')];
  const buildah = async (...command: string[]): Promise<string> => {
    try {
      const { stdout } = await run('buildah', [...storage, ...command], { maxBuffer });
      return stdout.trim();
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-shownLines).join('\n');
      throw new Error(`buildah ${command[0]} failed:\n${end}`, { cause: error });
    }
  };
  return {
    /** Makes an image of a root file system. */
    async importImage(tar: string, name: string): Promise<void> {
      const container = await buildah('from', 'scratch');
      const mounted = await buildah('mount', container);
      await run('tar', ['-xf', tar, '-C', mounted, '--exclude=./dev/*']);
      await buildah(
        'config',
        '--env',
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        container,
      );
      await buildah('commit', '--quiet', '--rm', container, name);
    },
    /** Builds without asking any registry of images. Volumes are there while commands run, not in the image. */
    async build(options: {
      context: string;
      file: string;
      ignoreFile: string;
      volumes: string[];
      name: string;
    }) {
      await buildah(
        'build',
        ...['--isolation', 'chroot', '--pull-never', '--format', 'docker', '--layers=false'],
        ...['--file', options.file, '--ignorefile', options.ignoreFile, '--tag', options.name],
        ...options.volumes.flatMap((volume) => ['--volume', volume]),
        options.context,
      );
    },
    async readConfig(name: string): Promise<ImageConfig> {
      const { Docker }: { Docker: { config: ImageConfig } } = JSON.parse(
        await buildah('inspect', '--type', 'image', name),
      );
      return Docker.config;
    },
    /** @returns the folder with the root file system of a container of the image */
    async mount(name: string): Promise<string> {
      return buildah('mount', await buildah('from', '--pull-never', name));
    },
  };
}

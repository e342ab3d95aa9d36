import { type ChildProcess, spawn } from 'node:child_process';
import type { ImageConfig } from './buildah.ts';

/** Where an image's root file system is, and the folder that is its /data. */
export interface Container {
  rootFolder: string;
  dataFolder: string;
  image: ImageConfig;
  env: Record<string, string>;
}

/**
 * In a mount namespace of its own, which goes with the process: root read-only, /tmp in memory, /data from outside, a
 * /dev of four files, /proc. Then the image's own `setpriv` gives up everything but the user that the image names.
 */
const script = `
set -e
root=$1 data=$2 user=$3 workdir=$4
shift 4
mount --bind "$root" "$root"
mount -t tmpfs -o nosuid,nodev,mode=1777 tmpfs "$root/tmp"
mount --bind "$data" "$root/data"
mount -t tmpfs -o mode=0755 tmpfs "$root/dev"
for device in null zero random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -o remount,ro "$root/dev"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -o remount,bind,ro,nosuid,nodev "$root"
exec chroot "$root" env --ignore-environment --chdir "$workdir" PATH="$PATH" setpriv \
  --reuid "\${user%:*}" --regid "\${user#*:}" --clear-groups \
  --bounding-set -all --inh-caps -all --ambient-caps -all --no-new-privs --pdeathsig KILL \
  env --ignore-environment "$@"
`;

/** Runs a command of the image as a cautious cluster would; the process is that of the command itself. */
export function runReadOnly(container: Container, command: readonly string[]): ChildProcess {
  const { rootFolder, dataFolder, image, env } = container;
  const variables = [...image.Env, ...Object.entries(env).map(([name, value]) => `${name}=${value}`)];
  return spawn(
    'unshare',
    [
      ...['--mount', 'sh', '-c', script, 'container'],
      ...[rootFolder, dataFolder, image.User, image.WorkingDir],
      ...variables,
      ...command,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

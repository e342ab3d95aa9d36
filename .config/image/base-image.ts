import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache/orgmirror');
const timeoutMs = 300_000;
/** As the official image of Node 24 has it. */
const npmPackage = 'npm@11';
/** What the slim images of Debian leave out of /usr/share. */
const leftOut = ['doc', 'groff', 'info', 'lintian', 'locale', 'man'];

/** The image that the Dockerfile begins with, e.g. `node:24-bookworm-slim`. */
export async function readBaseName(): Promise<string> {
  const dockerfile = await readFile(join(root, 'deploy/Dockerfile'), 'utf8');
  const [name = '', ...others] = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, from = '']) => from);
  if (others.some((other) => other !== name)) throw new Error('The Dockerfile begins with several images.');
  return name;
}

/**
 * Makes the root file system of a base image without a registry of images, laid out as the official one: Debian from its
 * archive, this repository's Node, npm. Kept in node_modules/.cache, which `npm ci` empties.
 * @param folder for what is written meanwhile
 * @returns a tar file
 * @throws when Debian's archive or npm's registry cannot be reached
 */
export async function makeBaseImage(name: string, folder: string): Promise<string> {
  const [, major = '', suite = ''] = /^node:(\d+)-(\w+)-slim$/.exec(name) ?? [];
  const nodePackage = createRequire(import.meta.url).resolve('node/package.json');
  const { version }: { version: string } = JSON.parse(await readFile(nodePackage, 'utf8'));
  if (!version.startsWith(`${major}.`))
    throw new Error(`${name} has another Node than the package: ${version}`);
  const kept = join(cache, `base-image-${suite}-${version}.tar`);
  if (existsSync(kept)) return kept;
  const made = join(folder, 'base.tar');
  await writeFile(join(folder, 'apt.conf'), await readArchiveSettings());
  const options = [
    ...['--quiet', '--mode=root', '--variant=minbase', '--include=usr-is-merged'],
    `--aptopt=${join(folder, 'apt.conf')}`,
    ...leftOut.map((share) => `--dpkgopt=path-exclude=/usr/share/${share}/*`),
    ...layOut(join(dirname(nodePackage), 'bin/node'), await fetchNpm(folder)).map(
      (hook) => `--customize-hook=${hook}`,
    ),
  ];
  const { DEBIAN_SUITE = suite, DEBIAN_MIRROR } = process.env;
  const source = DEBIAN_MIRROR === undefined ? [] : [DEBIAN_MIRROR];
  await run('mmdebstrap', [...options, DEBIAN_SUITE, made, ...source], { cwd: folder, timeout: timeoutMs });
  await keep(made, kept);
  return kept;
}

/** How this machine reaches Debian's archive: proxy, certificates, whether its clock is to be believed. */
async function readArchiveSettings(): Promise<string> {
  const { stdout } = await run('apt-config', ['dump']);
  return stdout.replace(/^(?!Acquire::).*\n/gm, '');
}

/** @returns the folder of npm */
async function fetchNpm(folder: string): Promise<string> {
  await run('npm', ['pack', '--silent', npmPackage], { cwd: folder, timeout: timeoutMs });
  await run('sh', ['-c', 'tar -xzf npm-*.tgz && mv package npm'], { cwd: folder });
  return join(folder, 'npm');
}

/** What mmdebstrap does with the Debian that it made, `$1`. */
const layOut = (node: string, npm: string): string[] => [
  // A required package brings Perl, which usr-is-merged makes needless; the slim images have none either.
  `chroot "$1" apt-get purge --yes usrmerge perl 'libperl5*' 'perl-modules-*' 'lib*-perl'`,
  'mkdir -p "$1/usr/local/lib/node_modules"',
  `upload ${node} /usr/local/bin/node`,
  `copy-in ${npm} /usr/local/lib/node_modules`,
  'chmod -R a+rX,go-w "$1/usr/local"',
  'chmod a+x "$1/usr/local/bin/node"',
  'ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"',
  'ln -s ../lib/node_modules/npm/bin/npx-cli.js "$1/usr/local/bin/npx"',
];

/** Whole or not at all; the two folders may lie on different disks. */
async function keep(made: string, kept: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'base-image-unfinished-'));
  try {
    await copyFile(made, join(unfinished, 'base.tar'));
    await rename(join(unfinished, 'base.tar'), kept);
  } finally {
    await rm(unfinished, { recursive: true });
  }
}

/** How this machine reaches npm's registry, as npm's own settings in /usr/local/etc; the image gets nothing of it. */
export async function writeRegistrySettings(folder: string): Promise<void> {
  const { stdout: registry } = await run('npm', ['config', 'get', 'registry'], { cwd: root });
  const lines = [`registry=${registry.trim()}`];
  const certificates = process.env.NODE_EXTRA_CA_CERTS ?? '';
  if (certificates !== '') {
    await copyFile(certificates, join(folder, 'certificates.pem'));
    lines.push('cafile=/usr/local/etc/certificates.pem');
  }
  await writeFile(join(folder, 'npmrc'), `${lines.join('\n')}\n`);
}

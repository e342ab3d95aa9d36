import { defineConfig } from 'vitest/config';
import { wasmFlags } from '../apps/api/test/support/wasm-flags.ts';
import LongestFirst from './test/longest-first.ts';
import { maxWorkers } from './test/max-workers.ts';

// Every story and, of each sweep, what TEST_SWEEPS says: a fixed sample unless it is set.
const sweeps = process.env.TEST_SWEEPS ?? 'sample';
const sampled = sweeps === 'sample';
/** How often each property runs; a part of the sweeps does its share, with cases of its own. */
const [part = 0, parts = 1] = /^\d+\/\d+$/.test(sweeps) ? sweeps.split('/').map(Number) : [];
const properties = {
  PROPERTY_RUNS: String(sampled ? 60 : Math.ceil(400 / parts)),
  PROPERTY_SEED: String(20_260_911 + part),
};
const sweepsOnly = process.env.TEST_ONLY === 'sweeps';
/** Which kind of database the stories run on; unset: Postgres, and the embedded one for those below. */
const databases = process.env.TEST_DATABASE;

/** Stories that depend on the kind of database: they run on both. */
const dependOnDatabase = [
  // the process and its data folder
  'start-embedded',
  'restore',
  'setup',
  'migrations',
  'secrets',
  'sign-in-secrets',
  'retention',
  // killed in the middle of writing
  'sync-crash',
  'start-killed.sweep',
  'sync-crash-points.sweep',
  'sync-stormy-histories.sweep',
  'callback-crash.sweep',
  // requests beside long transactions: the embedded database has one backend for all
  'first-sync',
  'lease',
  'undo-and-other-runs',
  'sync-random-histories.sweep',
  'wecom-sign-in-load.sweep',
];
/** Sweeps whose sample runs on the embedded database too; the others' do not: a start takes seconds. */
const sampledOnEmbedded = ['wecom-sign-in-load.sweep'];
const isOnEmbedded = (name: string) =>
  name.endsWith('.sweep') ? !sampled || sampledOnEmbedded.includes(name) : !sweepsOnly;
/** Two processes on one database are beyond the embedded one. */
const needPostgres = [
  'commands',
  'sync-paused.sweep',
  'pooler',
  'instants',
  'time-zone',
  'database-trouble',
  'database-rights',
  'migrations-postgres',
  'start-stop',
  'call-budget',
  'rate-limits',
  'several-processes.sweep',
  'failover.sweep',
];
/** Stories of the embedded database's own. */
const needEmbedded = ['start-embedded'];
const filesOf = (names: readonly string[]) => names.map((name) => `apps/api/test/**/${name}.test.ts`);

const anyTest = (folder: string) => [`${folder}/**/*${sweepsOnly ? '.sweep' : ''}.test.ts`];
/** Files of one worker share what they import: importing the server takes longer than many a file's stories. */
const isolate = false;
/** A poll ends as soon as it holds; how long that takes on a busy machine is not what a test is about. */
const poll = { timeout: 20_000 };
const fast = {
  environment: 'node',
  isolate,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll },
} as const;
/** API stories: a server, a database and a WeCom simulator each. */
const stories = {
  environment: 'node',
  isolate,
  execArgv: wasmFlags,
  setupFiles: ['apps/api/test/support/shut-network.ts'],
  testTimeout: 60_000,
  hookTimeout: 180_000,
  expect: { poll: { ...poll, interval: 100 } }, // each look is a request
} as const;

const units = [
  {
    test: {
      ...fast,
      name: 'packages',
      include: ['packages/*/src/**/*.test.ts', '.config/**/*.test.ts'],
      exclude: ['**/*.property.test.ts'],
    },
  },
  { test: { ...fast, name: 'api-units', include: ['apps/api/src/**/*.test.ts'] } },
  './apps/web/vitest.config.ts',
];

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', new URL('./test/progress-reporter.ts', import.meta.url).pathname],
    projects: [
      ...(sweepsOnly ? [] : units),
      {
        test: {
          ...fast,
          name: 'properties',
          include: ['packages/*/src/**/*.property.test.ts'],
          testTimeout: 120_000,
          env: properties,
        },
      },
      {
        test: {
          ...stories,
          name: 'api-postgres',
          env: { TEST_DATABASE: 'postgres' },
          include: databases === 'embedded' ? [] : anyTest('apps/api/test'),
          exclude: filesOf(needEmbedded),
          globalSetup: 'apps/api/test/support/postgres-setup.ts',
        },
      },
      {
        test: {
          ...stories,
          name: 'api-embedded',
          env: { TEST_DATABASE: 'embedded' },
          include:
            databases === 'both' || databases === 'embedded'
              ? anyTest('apps/api/test')
              : databases === 'postgres'
                ? []
                : filesOf(dependOnDatabase.filter(isOnEmbedded)),
          exclude: filesOf(needPostgres),
          globalSetup: 'apps/api/test/support/embedded-setup.ts',
        },
      },
      {
        test: {
          ...stories,
          name: 'browser',
          env: { TEST_DATABASE: 'postgres' },
          include: anyTest('apps/web/e2e'),
          globalSetup: ['apps/web/e2e/support/browser-setup.ts', 'apps/api/test/support/postgres-setup.ts'],
          // Of a page, a browser and a server on a busy machine.
          testTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});

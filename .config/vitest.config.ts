import { defineConfig } from 'vitest/config';

/** Where all of it runs at once on a shared machine, what fails is tried once more, and the report says so. */
const retry = process.env.CI ? 1 : 0;
const fast = { environment: 'node', testTimeout: 20_000, hookTimeout: 60_000, retry } as const;
/** API stories: a server, a database and a stand-in WeCom each, so few files at a time. */
const stories = {
  environment: 'node',
  include: ['apps/api/test/**/*.test.ts'],
  setupFiles: ['apps/api/test/support/shut-network.ts'],
  testTimeout: 60_000,
  hookTimeout: 180_000,
  maxWorkers: 2,
  retry,
} as const;

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    reporters: ['default', new URL('./closing-line-reporter.ts', import.meta.url).pathname],
    projects: [
      {
        test: {
          ...fast,
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: ['**/*.property.test.ts'],
        },
      },
      {
        test: {
          ...fast,
          name: 'properties',
          include: ['packages/*/src/**/*.property.test.ts'],
          testTimeout: 120_000,
        },
      },
      { test: { ...fast, name: 'api-units', include: ['apps/api/src/**/*.test.ts'] } },
      {
        test: {
          ...stories,
          name: 'api-embedded',
          env: { TEST_DATABASE: 'embedded' },
          // Two servers on one database are beyond it, and to the faults of WeCom the database is all the same.
          exclude: ['apps/api/test/sync-paused.test.ts', 'apps/api/test/fault-matrix.test.ts'],
        },
      },
      {
        test: {
          ...stories,
          name: 'api-postgres',
          env: { TEST_DATABASE: 'postgres' },
          globalSetup: ['apps/api/test/support/postgres-setup.ts'],
        },
      },
      './apps/web/vitest.config.ts',
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['apps/web/e2e/**/*.test.ts'],
          globalSetup: ['apps/web/e2e/support/browser-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          retry,
          fileParallelism: false,
        },
      },
    ],
  },
});

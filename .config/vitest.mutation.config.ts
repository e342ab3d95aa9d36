import { defineConfig } from 'vitest/config';

/** The tests that judge a mutated planner: those beside it, and the properties. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    environment: 'node',
    include: ['.config/mutation-tests.ts'],
    testTimeout: 60_000,
    env: { PROPERTY_RUNS: '20' },
  },
});

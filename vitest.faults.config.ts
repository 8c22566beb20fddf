import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/support/postgres.ts';

/** The long random runs, on both engines at once. */
const include = ['test/faults/random/**/*.test.ts'];

/** Long ones that ask both engines by themselves. */
const long = 'test/faults/long/**/*.test.ts';

const postgres = {
  extends: true as const,
  test: { name: 'postgres', include, env: { TEST_ENGINE: 'postgres' } },
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres-setup.ts'],
    maxWorkers: '100%',
    // A worker may still have processes and connections of many files to let go of.
    teardownTimeout: 30_000,
    // Loading the app for every file anew would take longer than most tests; none leaves a trace.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'sqlite', include: [...include, long] } },
      ...(findPostgres() ? [postgres] : []),
    ],
  },
});

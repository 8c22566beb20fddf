import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/support/postgres.ts';

/** What has a command of its own. */
const apart = ['test/browser/**', 'test/faults/random/**', 'test/faults/long/**'];

/** What runs on a database runs on both engines; `test/store` asks both by itself. */
const onPostgres = ['app', 'crm', 'features', 'jobs', 'outbox'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

const postgres = {
  extends: true as const,
  test: { name: 'postgres', include: onPostgres, env: { TEST_ENGINE: 'postgres' } },
};

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres-setup.ts'],
    testTimeout: 20_000,
    maxWorkers: '100%',
    // A worker may still have processes and connections of many files to let go of.
    teardownTimeout: 30_000,
    // Loading the app for every file anew would take longer than most tests; none leaves a trace.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts', 'sandbox/ui/test/**/*.test.ts'],
          exclude: apart,
        },
      },
      ...(findPostgres() ? [postgres] : []),
    ],
  },
});

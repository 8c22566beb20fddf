import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/ui/test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    testTimeout: 20_000,
  },
});

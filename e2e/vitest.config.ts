import { defineConfig } from 'vitest/config';

/** One browser and one service at a time: the machine has two cores, and a flow owns its database. */
export default defineConfig({
  test: {
    include: ['flows/**/*.e2e.ts'],
    setupFiles: ['support/failures.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Not a test: makes a picture of every page, see `pnpm screens`. */
export default defineConfig({
  test: {
    include: ['screens/**/*.screens.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 300_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts'],
    maxWorkers: 2,
    // Its modules name each other without endings, which Node does not follow.
    server: { deps: { inline: ['@ldclabs/cose-ts'] } },
  },
});

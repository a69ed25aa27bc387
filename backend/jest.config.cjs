const swc = {
  module: { type: 'commonjs' },
  swcrc: false,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // The app is ESM at run time; under jest it and its ESM-only dependencies become CommonJS.
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    '/node_modules/\\.pnpm/(?!(@nestjs\\+|@fastify\\+cookie@|cookie@|content-disposition@|file-type@|strtok3@|token-types@|uint8array-extras@|@tokenizer\\+|@borewit\\+|jose@|ulid@|hucre@|otpauth@|@scure\\+|@noble\\+))',
  ],
  moduleNameMapper: {
    '^es-toolkit/compat$': '<rootDir>/test/es-toolkit-compat.cjs',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@talent-card/shared/(.*)$': '<rootDir>/../shared/src/$1',
  },
  globalSetup: '<rootDir>/test/global-setup.mjs',
  globalTeardown: '<rootDir>/test/global-teardown.mjs',
  testTimeout: 30_000,
  // One process for all files keeps a little of each application that it started, until it only collects garbage.
  maxWorkers: 2,
  workerIdleMemoryLimit: '900MB',
};

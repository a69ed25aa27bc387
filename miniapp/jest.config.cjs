const babel = [
  'babel-jest',
  {
    configFile: false,
    presets: [
      ['@babel/preset-env', { targets: { node: 20 } }],
      ['@babel/preset-react', { runtime: 'automatic' }],
      '@babel/preset-typescript',
    ],
  },
];

const moduleNameMapper = {
  '\\.(s?css|png|svg)$': '<rootDir>/test/empty.cjs',
  '^@/(.*)$': '<rootDir>/src/$1',
  '^@talent-card/shared/(.*)$': '<rootDir>/../shared/src/$1',
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  projects: [
    {
      // Units and pages, on small stand-ins for Taro.
      displayName: 'pages',
      testEnvironment: 'jsdom',
      roots: ['<rootDir>/src'],
      setupFiles: ['<rootDir>/test/setup-env.cjs'],
      setupFilesAfterEnv: ['@testing-library/jest-dom', '<rootDir>/test/setup.ts'],
      moduleNameMapper: {
        ...moduleNameMapper,
        '^@tarojs/components$': '<rootDir>/test/taro-components.tsx',
        '^@tarojs/taro$': '<rootDir>/test/taro.ts',
        '^@test/(.*)$': '<rootDir>/test/$1',
      },
      transform: { '\\.[jt]sx?$': babel },
      transformIgnorePatterns: ['/node_modules/\\.pnpm/(?!(uqr@|@stablelib|@tarojs))'],
    },
    {
      // The real weapp bundle in a bare VM, as WeChat has it.
      displayName: 'weapp',
      testEnvironment: 'node',
      roots: ['<rootDir>/test/weapp'],
      setupFilesAfterEnv: ['<rootDir>/test/setup-weapp.ts'],
      moduleNameMapper,
      transform: { '\\.[jt]sx?$': babel },
    },
  ],
};

/** Run by `npm run e2e:cluster` alone: these need a cluster with the product installed. */
export default {
  displayName: 'cluster',
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'es6' },
      },
    ],
  },
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testTimeout: 420_000,
  reporters: [['default', { summaryThreshold: 1000 }]],
  verbose: true,
};

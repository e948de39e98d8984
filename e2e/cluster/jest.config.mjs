/** Run by `npm run e2e:cluster` alone: these need a cluster, most of them with the product installed. */
export default {
  displayName: 'cluster',
  rootDir: '../..',
  // Tests are sought here alone.
  roots: [
    '<rootDir>/e2e',
    '<rootDir>/operator/test/integration',
    '<rootDir>/embedded/argo-engine/test/argo',
  ],
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
  testMatch: [
    '<rootDir>/e2e/cluster/**/*.spec.ts',
    '<rootDir>/e2e/conformance/*.int.test.ts',
    '<rootDir>/operator/test/integration/admission.int.test.ts',
    '<rootDir>/embedded/argo-engine/test/argo/*.spec.ts',
  ],
  testTimeout: 420_000,
  reporters: [['default', { summaryThreshold: 1000 }]],
  verbose: true,
};

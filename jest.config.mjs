/** Jest for the packages without a Backstage role; `backstage-cli repo test` runs the plugins' own. */
const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
  },
];

/** All of them drive the browser of `npm start`; no step and no test looks for one of its own. */
const globalSetup = '<rootDir>/scripts/jest-browser.mjs';

/** Which tests JEST_SUITE names, and how many files go on at once. */
const SUITES = {
  // Jest would leave a core of two idle; the limit only ends what hangs.
  unit: {
    testMatch: '**/*.test',
    ignore: ['\\.int\\.test\\.'],
    options: { maxWorkers: 2, testTimeout: 30_000 },
  },
  // These start servers and browsers, and wait for much of what they see: one alone leaves a core idle.
  integration: {
    testMatch: '**/*.int.test',
    ignore: ['/e2e/faults/'],
    options: { globalSetup, maxWorkers: 2, testTimeout: 120_000 },
  },
  // Each file has a ground of its own and spends minutes on waiting: all of them go on at once.
  faults: {
    testMatch: 'faults/*.int.test',
    options: { globalSetup, maxWorkers: 3, testTimeout: 120_000 },
  },
};
const {
  testMatch,
  ignore = [],
  options,
} = SUITES[process.env.JEST_SUITE ?? 'unit'];

/** Native ES modules: several of our libraries have no CommonJS build. */
const project = (name, extension = 'ts') => ({
  displayName: name,
  rootDir: name,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  testMatch: [`<rootDir>/${testMatch}.${extension}`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ignore],
});

export default {
  projects: [
    ...[
      'api',
      'kube',
      'operator',
      'facts',
      'agents',
      'egress',
      'embedded/argo-engine',
      'embedded/kube-api',
      'embedded/services',
      'demo',
      'standalone',
      'e2e',
    ].map(name => project(name)),
    project('scripts', 'mjs'),
  ],
  ...options,
};

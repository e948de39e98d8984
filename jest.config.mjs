/** Jest for the packages without a Backstage role; `backstage-cli repo test` runs the plugins' own. */
const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
  },
];

const integration = process.env.JEST_SUITE === 'integration';

/** Native ES modules: several of our libraries have no CommonJS build. */
const project = (name, extension = 'ts') => ({
  displayName: name,
  rootDir: name,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  testMatch: [`<rootDir>/**/*${integration ? '.int' : ''}.test.${extension}`],
  testPathIgnorePatterns: [
    '/node_modules/',
    '/dist/',
    ...(integration ? [] : ['\\.int\\.test\\.']),
  ],
});

export default {
  projects: [
    ...['api', 'operator', 'agents', 'standalone', 'e2e'].map(name =>
      project(name),
    ),
    project('scripts', 'mjs'),
  ],
  // Integration tests start servers and browsers: side by side they would only wait for each other.
  ...(integration ? { maxWorkers: 1, testTimeout: 120_000 } : {}),
};

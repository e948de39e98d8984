/** Jest for the packages without a Backstage role; `backstage-cli repo test` runs the plugins' own. */
const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'es6' },
  },
];

/** Native ES modules: several of our libraries have no CommonJS build. */
const project = (name, testMatch) => ({
  displayName: name,
  rootDir: name,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
});

const integration = process.env.JEST_SUITE === 'integration';
const pattern = integration
  ? ['<rootDir>/**/*.int.test.ts']
  : ['<rootDir>/**/*.test.ts', '!<rootDir>/**/*.int.test.ts'];

export default {
  projects: ['api', 'operator', 'agents', 'standalone', 'e2e', 'scripts'].map(
    name =>
      project(
        name,
        name === 'scripts'
          ? pattern.map(glob => glob.replace(/\.ts$/, '.mjs'))
          : pattern,
      ),
  ),
  ...(integration ? { maxWorkers: 1, testTimeout: 120_000 } : {}),
};

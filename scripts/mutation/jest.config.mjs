// The unit tests below one folder, or of one file, MUTATION_TESTS: Stryker wants a configuration without projects. Read in
// its copy of the repository, from there.
import path from 'node:path';
import repository from '../../jest.config.mjs';

const tests = process.env.MUTATION_TESTS;
const project = repository.projects.find(
  one => tests === one.rootDir || tests.startsWith(`${one.rootDir}/`),
);

export default {
  ...project,
  rootDir: path.resolve(project.rootDir),
  testMatch: [
    path.resolve(tests.endsWith('.ts') ? tests : `${tests}/**/*.test.ts`),
  ],
  testTimeout: repository.testTimeout,
};

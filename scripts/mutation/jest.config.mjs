// The unit tests below one folder, or of one file, MUTATION_TESTS: Stryker wants a configuration without projects. Read in
// its copy of the repository, from there.
import path from 'node:path';
import repository from '../../jest.config.mjs';

const tests = process.env.MUTATION_TESTS;
const project = repository.projects.find(
  one => tests === one.rootDir || tests.startsWith(`${one.rootDir}/`),
);
const isFile = tests.endsWith('.ts');

export default {
  ...project,
  rootDir: path.resolve(project.rootDir),
  roots: [path.resolve(isFile ? path.dirname(tests) : tests)],
  testMatch: isFile ? [path.resolve(tests)] : project.testMatch,
  testTimeout: repository.testTimeout,
};

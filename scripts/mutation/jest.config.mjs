// The unit tests below one folder, MUTATION_TESTS: Stryker wants a configuration without projects. Read in its copy of the
// repository, from there.
import path from 'node:path';
import repository from '../../jest.config.mjs';

const tests = process.env.MUTATION_TESTS;
const project = repository.projects.find(
  one => tests === one.rootDir || tests.startsWith(`${one.rootDir}/`),
);

export default {
  ...project,
  rootDir: path.resolve(project.rootDir),
  roots: [path.resolve(tests)],
  testTimeout: repository.testTimeout,
};

// The packages that are published, in the order in which each finds what it needs already there.
import { existsSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const PUBLISHED = [
  'api',
  'kube',
  'plugins/agent-workloads-common',
  'plugins/agent-workloads-node',
  'plugins/agent-workloads',
  'plugins/agent-workloads-backend',
  'plugins/scaffolder-backend-module-agent-workloads',
  'plugins/search-backend-module-agent-workloads',
];

/** Where `npm run packages` puts the tarballs, below the root. */
export const PACKED = '.agentic/packages';

/** @param folder one of {@link PUBLISHED} */
export const tarballOf = folder => `${folder.split('/').at(-1)}.tgz`;

/** What each tarball must hold: a package page without words, or code without types, helps nobody. */
const FILES = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

const DEPENDENCIES = ['dependencies', 'peerDependencies'];

/** Every file that a manifest leads to: `main`, `types`, `exports` with their conditions, `configSchema`. */
function namedFiles(manifest) {
  const { main, module, types, exports = {}, configSchema } = manifest;
  const below = value =>
    typeof value === 'string' ? [value] : Object.values(value).flatMap(below);
  const entries = below(exports).filter(file => file.startsWith('./'));
  const plain = [main, module, types, configSchema, ...entries];
  return plain
    .filter(Boolean)
    .map(file => path.posix.normalize(file))
    .filter(file => file !== 'package.json');
}

/**
 * What is wrong with a package as it would be published.
 *
 * @param manifest its package.json out of the tarball
 * @param files the tarball's files, below `package/`
 * @param versions version by name, of the packages that are published together
 * @returns one sentence for each fault
 */
export function packageProblems(manifest, files, versions) {
  const problems = [];
  const wanted = [...FILES, ...namedFiles(manifest)];
  for (const file of wanted.filter(name => !files.includes(name)))
    problems.push(`${manifest.name} lacks ${file}`);
  for (const file of files.filter(name => /\.test\.|__testUtils__/.test(name)))
    problems.push(`${manifest.name} holds ${file}, which is for tests`);
  for (const key of ['description', 'license', 'repository', 'keywords'])
    if (!manifest[key]) problems.push(`${manifest.name} has no "${key}"`);
  if (manifest.private) problems.push(`${manifest.name} is private`);
  for (const kind of DEPENDENCIES)
    for (const [name, range] of Object.entries(manifest[kind] ?? {})) {
      if (range === '*' || range.startsWith('workspace:'))
        problems.push(`${manifest.name} takes any ${name} ("${range}")`);
      if (!name.startsWith('@agentworkloads/')) continue;
      if (!versions.has(name))
        problems.push(`${manifest.name} needs ${name}, which is not published`);
      else if (range !== `^${versions.get(name)}`)
        problems.push(`${manifest.name} needs ${name} ${range}, not this one`);
    }
  return problems;
}

/** Name and version of each published package, as the repository has them. */
export async function publishedVersions(root) {
  const manifests = await Promise.all(
    PUBLISHED.map(async folder =>
      JSON.parse(
        await readFile(path.join(root, folder, 'package.json'), 'utf8'),
      ),
    ),
  );
  return new Map(manifests.map(({ name, version }) => [name, version]));
}

/** Packing changes a package.json while it lasts; where it was ended in between, this brings the real one back. */
export function restoreManifests(root) {
  for (const folder of PUBLISHED) {
    const file = path.join(root, folder, 'package.json');
    if (existsSync(`${file}-prepack`)) renameSync(`${file}-prepack`, file);
  }
}

// Where the version of the product stands in files that people write. `generate.mjs` keeps it equal to that of package.json.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What stands before a version of ours: our images, their tags in a kustomization, labels, Dockerfiles. */
const BEFORE_IT = [
  /(?<=\bagentworkloads\/(?:agents|operator|portal):)\d[\w.-]*/g,
  /(?<=- name: agentworkloads\/\S+\n(?: +newName: \S+\n)? +newTag: )\S+/g,
  /(?<=\bapp\.kubernetes\.io\/version: )\S+/g,
  /(?<=^ARG VERSION=)\S+/gm,
  /(?<=^VERSION=\$\{VERSION:-)[^}\s]+/gm,
];

/** Files outside of deploy/ that name our images. */
const OTHERS = [
  '.ci/cluster',
  'agents/Dockerfile',
  'docs/install.md',
  'operator/Dockerfile',
  'packages/backend/Dockerfile',
  'scripts/setup-kind.sh',
];

export function withVersion(text, version) {
  return BEFORE_IT.reduce((done, place) => done.replace(place, version), text);
}

/** File → its text with this version, for every file that names one. */
export async function versionedFiles(root, version) {
  const below = await readdir(path.join(root, 'deploy'), { recursive: true });
  const manifests = below
    .filter(file => /\.(ya?ml|md)$/.test(file))
    .map(file => path.posix.join('deploy', file));
  const texts = await Promise.all(
    [...manifests.sort(), ...OTHERS].map(async file => [
      file,
      await readFile(path.join(root, file), 'utf8'),
    ]),
  );
  return texts
    .filter(([, text]) => withVersion(text, '') !== text)
    .map(([file, text]) => [file, withVersion(text, version)]);
}

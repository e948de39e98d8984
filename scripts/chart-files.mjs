// The manifests that the chart is made of: those of deploy/, put together as `kubectl kustomize` does, so that the two can't
// drift. `generate.mjs` writes them; the chart's templates change in them what its values say.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

/** File of the chart → kustomizations of deploy/ that are in it; `charts/compare.mjs` compares them. */
export const PARTS = {
  crds: ['deploy/crds'],
  admission: ['deploy/policies'],
  operator: ['deploy/operator'],
  rights: ['deploy/rbac'],
  // Once for each namespace of workloads.
  namespace: ['deploy/rbac', 'deploy/argo'],
  'shared-services': ['deploy/shared-services'],
  monitoring: ['deploy/monitoring'],
  portal: ['deploy/portal'],
  'portal-ingress': ['deploy/portal/ingress'],
};

/** What of a kustomization is understood here; anything else is an error, not a difference. */
const UNDERSTOOD = [
  'apiVersion',
  'kind',
  'resources',
  'labels',
  'images',
  'configurations',
  'patches',
  'configMapGenerator',
  'generatorOptions',
];

const parsed = text =>
  parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(Boolean);

function matches({ kind, name }, object) {
  return (
    (kind === undefined || kind === object.kind) &&
    (name === undefined || name === object.metadata.name)
  );
}

/** JSON patches that add or replace one field of a map. */
function patch(objects, { target, patch: text }) {
  for (const object of objects.filter(one => matches(target, one))) {
    for (const { op, path: pointer, value } of parseAllDocuments(
      text,
    )[0].toJS()) {
      const keys = pointer.slice(1).split('/');
      const last = keys.pop();
      const place = keys.reduce((at, key) => at[key], object);
      if (!['add', 'replace'].includes(op) || Array.isArray(place))
        throw new Error(`The chart can't follow this patch: ${op} ${pointer}`);
      place[last] = value;
    }
  }
}

async function generatedMap(
  textOf,
  folder,
  options,
  { name, namespace, ...rest },
) {
  const data = {};
  for (const literal of rest.literals ?? []) {
    const at = literal.indexOf('=');
    data[literal.slice(0, at)] = literal.slice(at + 1);
  }
  for (const entry of rest.files ?? []) {
    const [key, file = key] = entry.split('=');
    data[key] = await textOf(path.join(folder, file));
  }
  const labels = { ...options?.labels, ...rest.options?.labels };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels },
    data,
  };
}

/** @returns the objects of a kustomization; without hashes in names, which a chart does by annotations */
async function objectsOf(textOf, folder) {
  const file = path.join(folder, 'kustomization.yaml');
  const [kustomization] = parsed(await textOf(file));
  const strange = Object.keys(kustomization).filter(
    key => !UNDERSTOOD.includes(key),
  );
  if (strange.length > 0)
    throw new Error(`${folder}: the chart can't follow ${strange.join(', ')}`);
  const objects = [];
  for (const resource of kustomization.resources ?? []) {
    const place = path.join(folder, resource);
    const isFile = /\.ya?ml$/.test(resource);
    objects.push(
      ...(isFile
        ? parsed(await textOf(place))
        : await objectsOf(textOf, place)),
    );
  }
  for (const map of kustomization.configMapGenerator ?? []) {
    objects.push(
      await generatedMap(textOf, folder, kustomization.generatorOptions, map),
    );
  }
  for (const one of kustomization.patches ?? []) patch(objects, one);
  for (const { pairs } of kustomization.labels ?? []) {
    for (const { metadata } of objects)
      metadata.labels = { ...metadata.labels, ...pairs };
  }
  return objects;
}

const HEAD =
  '# Generated from deploy/ by `npm run generate`; do not edit. Templates change in it what values say.\n';

const isOfRuns = ({ kind, metadata }) =>
  (kind === 'Namespace' ? metadata.name : metadata.namespace) ===
  'agentworkloads';

/** What the namespaces of workloads have is a part of its own. */
const isOf = {
  rights: object => !isOfRuns(object),
  namespace: isOfRuns,
};

/**
 * @param generated what is written in this pass: file, from the root → text; all else is read from the disk
 * @returns file → text
 */
export async function chartFiles(root, version, generated = new Map()) {
  const textOf = async file =>
    generated.get(path.relative(root, file)) ?? readFile(file, 'utf8');
  const files = [];
  for (const [part, folders] of Object.entries(PARTS)) {
    const objects = [];
    for (const folder of folders)
      objects.push(...(await objectsOf(textOf, path.join(root, folder))));
    const chosen = objects.filter(isOf[part] ?? (() => true));
    // helm reads YAML 1.1, in which `on` is no text.
    const documents = chosen.map(object =>
      stringify(object, { lineWidth: 0, version: '1.1' }),
    );
    if (documents.some(text => text.includes('\n---\n')))
      throw new Error(`${part}: a text holds "---", at which the chart splits`);
    files.push([
      `charts/agentworkloads/files/${part}.yaml`,
      HEAD + documents.join('---\n'),
    ]);
  }
  const chart = 'charts/agentworkloads/Chart.yaml';
  const text = await readFile(path.join(root, chart), 'utf8');
  files.push([
    chart,
    text.replace(/^((?:version|appVersion): )\S.*$/gm, `$1${version}`),
  ]);
  return files;
}

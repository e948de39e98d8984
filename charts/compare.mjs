// Renders the chart with its default values and the kustomizations of deploy/, and compares them object by object: they may
// differ in what is listed here, and in nothing else.
//   node charts/compare.mjs HELM KUBECTL      paths of both programs
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { PARTS } from '../scripts/chart-files.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [helm = 'helm', kubectl = 'kubectl'] = process.argv.slice(2);
const FOLDERS = [...new Set(Object.values(PARTS).flat())];

function run(program, ...args) {
  const text = execFileSync(program, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseAllDocuments(text)
    .map(document => document.toJS())
    .filter(Boolean);
}

const keyOf = ({ kind, metadata: { namespace = '', name } }) =>
  `${kind} ${namespace}/${name}`;

/** Of a chart alone: who manages it, what stays at an uninstall, what rolls pods. */
const OF_A_CHART = [
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/instance',
  'helm.sh/chart',
  'helm.sh/resource-policy',
  'checksum/policies',
  'checksum/config',
];
/** Stated by the chart, left to their defaults by deploy/. */
const STATED = ['ARGO_ACCOUNT', 'OPERATOR_ACCOUNT'];
/** kustomize puts a hash of the content behind the names of these ConfigMaps. */
const HASHED =
  /^(agentworkloads-policies|agentworkloads-portal|egress-proxy)-[a-z0-9]{10}$/;

/** The same without what may differ; the order of an env is of no account here, for no value refers to another. */
function plain(value, key, isJobOfBucket) {
  if (typeof value === 'string') return value.replace(HASHED, '$1');
  if (Array.isArray(value)) {
    const items = value.map(item => plain(item));
    return key === 'env'
      ? items
          .filter(({ name }) => !STATED.includes(name))
          .sort((a, b) => a.name.localeCompare(b.name))
      : items;
  }
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(
      ([name]) =>
        !OF_A_CHART.includes(name) &&
        !(isJobOfBucket && name.startsWith('helm.sh/hook')),
    )
    .map(([name, item]) => [name, plain(item, name, isJobOfBucket)])
    .filter(
      ([name, item]) =>
        !(name === 'annotations' && Object.keys(item).length === 0),
    );
  return Object.fromEntries(entries);
}

function comparable(object) {
  const done = plain(
    object,
    undefined,
    object.metadata.name === 'minio-bucket',
  );
  // Argo reads it as YAML: the order of its keys is of no account.
  if (done.metadata.name === 'artifact-repositories')
    done.data = Object.fromEntries(
      Object.entries(done.data).map(([name, text]) => [name, parse(text)]),
    );
  // Written anew with the address of the values.
  if (
    `${done.kind} ${done.metadata.name}` === 'ConfigMap agentworkloads-portal'
  )
    done.data = Object.fromEntries(
      Object.entries(done.data).map(([name, text]) => [
        name,
        parseAllDocuments(text).map(document => document.toJS()),
      ]),
    );
  // kustomize takes its last line break off.
  if (done.kind === 'WorkflowTemplate')
    done.spec.podSpecPatch = parse(done.spec.podSpecPatch);
  return done;
}

function differsAt(one, other, at = '') {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (one && other && typeof one === 'object' && typeof other === 'object') {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    for (const key of keys) {
      const found = differsAt(one[key], other[key], `${at}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return `${at}: ${JSON.stringify(one)} in deploy, ${JSON.stringify(
    other,
  )} in the chart`;
}

const byKey = objects =>
  new Map(objects.map(comparable).map(object => [keyOf(object), object]));

const bases = byKey(
  FOLDERS.flatMap(folder => run(kubectl, 'kustomize', folder)),
);
// helm makes the namespace of a release itself.
bases.delete('Namespace /agentworkloads-system');
const chart = byKey(
  run(
    helm,
    'template',
    'agentworkloads',
    'charts/agentworkloads',
    '--namespace=agentworkloads-system',
    '--set=monitoring.install=true',
    '--set=portal.install=true,portal.ingress.install=true',
    '--set=portal.url=https://portal.example.com',
    '--skip-tests',
    '--kube-version=1.35.0',
  ),
);

const problems = [];
for (const key of new Set([...bases.keys(), ...chart.keys()])) {
  if (!chart.has(key)) problems.push(`${key} is not in the chart`);
  else if (!bases.has(key)) problems.push(`${key} is not in deploy`);
  else {
    const found = differsAt(bases.get(key), chart.get(key));
    if (found) problems.push(`${key}${found.slice(0, 400)}`);
  }
}
for (const problem of problems) console.error(`✖ ${problem}`);
if (bases.size < 80) problems.push('too few objects to be all');
console.log(
  problems.length > 0
    ? `The chart and deploy/ differ in ${problems.length} places.`
    : `✔ the chart has the ${bases.size} objects of deploy/, each the same`,
);
process.exitCode = problems.length > 0 ? 1 : 0;

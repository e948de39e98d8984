// Writes what is generated: deploy/crds and the WorkflowTemplate from api/, the shipped admission policies for the operator, the policies'
// data for the tests on a cluster from policies/data.json, the scripts that run in pages, the types of the REST API from its description, the product's version wherever a manifest names it, the manifests of the chart from those of deploy/, and the picture of who may import whom in docs/architecture.md. With --check it only compares and fails on a difference.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { parseAllDocuments, stringify } from 'yaml';
import { chartFiles } from './chart-files.mjs';
import { withImportPicture } from './import-picture.mjs';
import { loadModule } from './load-module.mjs';
import { pageScripts } from './page-scripts.mjs';
import { versionedFiles } from './product-version.mjs';
import { restTypes } from './rest-types.mjs';
import { workflowTemplateText } from './workflow-template.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

/** The specs of deploy/policies, for the operator to compare with what a cluster has. */
async function shippedPolicies(folder) {
  const read = async file =>
    parseAllDocuments(await readFile(path.join(folder, file), 'utf8')).map(
      document => document.toJS(),
    );
  const [{ resources }] = await read('kustomization.yaml');
  const objects = (await Promise.all(resources.map(read))).flat();
  // What only warns guards nothing: the operator does without it.
  const advice = new Set(
    objects
      .filter(({ spec }) => spec?.validationActions?.join() === 'Warn')
      .map(({ spec }) => spec.policyName),
  );
  const specs = kind =>
    objects
      .filter(object => object.kind === kind)
      .filter(({ metadata }) => !advice.has(metadata.name))
      .map(({ metadata, spec }) => ({ name: metadata.name, spec }));
  const shipped = {
    policies: specs('ValidatingAdmissionPolicy'),
    bindings: specs('ValidatingAdmissionPolicyBinding'),
  };
  const { creators } = objects.find(({ kind }) => kind === 'ConfigMap').data;
  const file = path.join(root, 'operator/src/admission/shipped.ts');
  return prettier.format(
    `/* eslint-disable max-lines -- as long as the policies are */
// Generated from deploy/policies by \`npm run generate\`; do not edit.

/** The operator's user name in what is shipped. */
export const SHIPPED_OPERATOR = ${JSON.stringify(creators.trim())};
/** The user name of Argo's controller in what is shipped. */
export const SHIPPED_ARGO = 'system:serviceaccount:argo:argo';

/** Specs as they stand in the files: without the defaults of the API server. */
export const SHIPPED: Record<
  'policies' | 'bindings',
  readonly { name: string; spec: unknown }[]
> = ${JSON.stringify(shipped)};
`,
    { ...(await prettier.resolveConfig(file)), parser: 'typescript' },
  );
}

const files = new Map();
const { customResourceDefinitions } = await loadModule('api/src/crd/crds.ts');
for (const crd of customResourceDefinitions()) {
  files.set(
    `deploy/crds/${crd.metadata.name}.yaml`,
    `# Generated from api/ by \`npm run generate\`; do not edit.\n${stringify(
      crd,
      { lineWidth: 0 },
    )}`,
  );
}
const names = [...files.keys()].map(file => path.basename(file));
files.set(
  'deploy/crds/kustomization.yaml',
  `# Generated from api/ by \`npm run generate\`; do not edit.\n${stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: names,
  })}`,
);

/** WorkflowTemplates that the tests on a cluster make for themselves: e2e/harness/templates.ts. */
const TEST_TEMPLATES = [
  'no-browser',
  'no-checkpoints',
  'no-model',
  'no-secret',
  'no-storage',
  'flaky-checkpoints',
  'short-sessions',
  'upgraded',
  'with-model',
  'wrong-token',
];
const { version } = JSON.parse(
  await readFile(path.join(root, 'package.json'), 'utf8'),
);
const policyData = JSON.parse(
  await readFile(path.join(root, 'policies/data.json'), 'utf8'),
);
policyData.agentworkloads.config.templates.push(
  ...TEST_TEMPLATES.map(name => `e2e-${name}`),
);
// A test waits for five due times in a row.
policyData.agentworkloads.config.schedule.minIntervalSeconds = 60;
files.set(
  'deploy/overlays/ci/data.json',
  prettier.format(JSON.stringify(policyData), { parser: 'json' }),
);

files.set(
  'deploy/argo/workflow-template.yaml',
  await workflowTemplateText(await loadModule('api/src/index.ts'), version),
);

files.set(
  'operator/src/admission/shipped.ts',
  await shippedPolicies(path.join(root, 'deploy/policies')),
);

for (const [file, text] of await versionedFiles(root, version)) {
  if (!files.has(file)) files.set(file, text);
}

for (const [file, text] of await chartFiles(root, version, files))
  files.set(file, text);

files.set('agents/src/page-script/bundled.ts', await pageScripts(root));

files.set(...(await restTypes(root)));

const architecture = 'docs/architecture.md';
files.set(
  architecture,
  withImportPicture(await readFile(path.join(root, architecture), 'utf8')),
);

const stale = [];
for (const [file, text] of files) {
  const target = path.join(root, file);
  const present = await readFile(target, 'utf8').catch(() => undefined);
  if (present === text) continue;
  stale.push(file);
  if (!check) {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
if (check && stale.length > 0) {
  console.error(
    `Not fresh: ${stale.join(
      ', ',
    )}. Run \`npm run generate\` and commit the result.`,
  );
  process.exit(1);
}
console.log(
  stale.length > 0 ? `Wrote ${stale.join(', ')}` : 'Generated files are fresh.',
);

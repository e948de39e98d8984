// Builds deploy/argo/workflow-template.yaml from the steps in api/src/steps.ts. What a Pod needs besides (environment, Secret keys,
// resources) is below, each step whole: a Secret key or a resource that is added for one step must not reach another by itself.
import prettier from 'prettier';
import { Document, isMap, isPair, isSeq, visit } from 'yaml';
import { templateProblems } from './template-problems.mjs';

const CONFIG_MAP = 'agents-config';
const SECRET = 'agents-secrets';

/** What every Pod is told of the run. */
const RUN = {
  WORKFLOW_UID: '{{workflow.uid}}',
  WORKFLOW_NAMESPACE: '{{workflow.namespace}}',
  JOB_ID: '{{workflow.parameters.job_id}}',
  OBJECTIVE: '{{workflow.parameters.objective}}',
  TARGET_URLS: '{{workflow.parameters.target_urls}}',
};
const BUCKET = { S3_BUCKET: '{{workflow.parameters.minio_bucket}}' };

/** Keys of the ConfigMap; one with a question mark may be missing there. */
const CONFIG = [
  'S3_ENDPOINT',
  'S3_REGION?',
  'S3_PATH_STYLE?',
  'BROWSER_WS_ENDPOINT?',
  'CHROMIUM_PATH?',
  'EGRESS_PROXY_URL',
  'LLM_BASE_URL?',
  'LLM_MODEL?',
  'LLM_VISION_MODEL?',
  'LOG_LEVEL?',
];

/** Of each step that is a Pod: its own environment, the keys of the Secret that it gets, and what it may use. */
const PODS = {
  scrape: {
    env: {
      EGRESS_RULES: '{{workflow.parameters.egress_rules}}',
      FOLLOW: '{{workflow.parameters.follow}}',
      BASELINE: '{{workflow.parameters.baseline}}',
      EVIDENCE_FROM: '{{workflow.parameters.evidence_from}}',
    },
    secrets: [
      'S3_ACCESS_KEY?',
      'S3_SECRET_KEY?',
      'CHECKPOINT_DATABASE_URL',
      'BROWSER_TOKEN?',
      'EGRESS_PROXY_TOKEN?',
    ],
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '2', memory: '2Gi' },
  },
  screenshot: {
    env: {},
    secrets: [
      'S3_ACCESS_KEY?',
      'S3_SECRET_KEY?',
      'CHECKPOINT_DATABASE_URL',
      'LLM_API_KEY?',
    ],
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '2', memory: '2Gi' },
  },
  dom: {
    env: { BASELINE: '{{workflow.parameters.baseline}}' },
    secrets: ['S3_ACCESS_KEY?', 'S3_SECRET_KEY?', 'CHECKPOINT_DATABASE_URL'],
    requests: { cpu: '250m', memory: '512Mi' },
    limits: { cpu: '1', memory: '1536Mi' },
  },
  synthesis: {
    env: {
      EVIDENCE: '{{inputs.parameters.evidence}}',
      DIGESTS: '{{inputs.parameters.digests}}',
    },
    secrets: [
      'S3_ACCESS_KEY?',
      'S3_SECRET_KEY?',
      'CHECKPOINT_DATABASE_URL',
      'LLM_API_KEY?',
    ],
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { cpu: '1', memory: '1Gi' },
  },
};

/** Why it stands as it does, by the path of what it is written above. */
const WHY = {
  'spec.arguments.parameters.job_id':
    'Namespace/name of the workload, for people and logs.',
  'spec.arguments.parameters.target_urls': 'JSON array of http(s) URLs.',
  'spec.arguments.parameters.minio_bucket':
    'Must be the bucket of the artifact repository.',
  'spec.arguments.parameters.egress_rules': `JSON: host patterns that every visit is held to, redirects included. The operator
passes what policy start answers; this is for a run that is submitted by hand.`,
  'spec.arguments.parameters.follow':
    'pricing: of a site whose pages show no price, the pricing page that they name is visited as well.',
  'spec.arguments.parameters.entity':
    'Its catalog entity as a value of a label, on every pod: <kind>.<namespace>.<name>. Empty: it has none.',
  'spec.arguments.parameters.baseline':
    'JSON of the earlier run that this one is compared with; the operator chooses it. Empty: there is none.',
  'spec.arguments.parameters.evidence_from':
    'JSON of the run whose saved pages are used again; the operator found it. Empty: the pages are visited.',
  'spec.activeDeadlineSeconds': `Also what closes an open gate when the operator is away. The operator sets it
from spec.timeouts.execution.`,
  'spec.ttlStrategy':
    'The operator has mirrored everything long before; reports are never collected.',
  'spec.volumes.no-token': `Mounted where the ServiceAccount token would be: only Argo's own container of
the pod gets one, the step that meets untrusted pages does not.`,
  'spec.templates.main.dag.tasks.synthesis': `A bare \`gate\` would also pass on Skipped; both sides of \`when\` are quoted
because an unquoted timed-out is read as a subtraction.`,
  'spec.templates.gate': `No duration: it would end the gate as Succeeded, with whatever a forged task
result has put into \`decision\` before. activeDeadlineSeconds ends it Failed.`,
  'spec.templates.gate.inputs.parameters.decision':
    "Same name as the output: Argo's UI then offers these values.",
  'spec.templates.gate.outputs.parameters.evidence':
    'The hash of what was looked at: the operator supplies it with the decision.',
  'spec.templates.scrape':
    'Visits each page once and saves its bundle under runs/<namespace>/<uid>/pages/.',
  'spec.templates.scrape.outputs.parameters.digests':
    "The sha256 of each artifact's bytes, by name. A step that names none opens no gate.",
  'spec.templates.screenshot':
    'Thumbnails and tiles of the saved screenshots; works from the bundle.',
  'spec.templates.dom':
    'Facts with evidence from the saved pages; works from the bundle.',
  'spec.templates.dom.outputs.parameters.summary':
    'What policy gate is told; an empty object is read as "no summary".',
  'spec.templates.synthesis': 'The report, from facts alone or with a model.',
  'spec.templates.synthesis.inputs.parameters.evidence':
    'It verifies each byte that it reads against these.',
  'spec.templates.synthesis.outputs.parameters.evidence':
    'What the report was made from, as report.json names it.',
};

const HEAD = `# Generated from api/src/steps.ts by scripts/workflow-template.mjs (\`npm run generate\`); do not edit.
# The run: scrape -> (screenshot || dom) -> gate -> synthesis.
# Step names are folder names in agents/src/steps.
# Works unchanged on Argo Workflows 3.7 and 4.x.
`;

/** What a step behind the gate is given to hold what it reads against. */
const APPROVED = ['evidence', 'digests'];
const isBehindGate = row => row.needs.includes('gate');

const output = (step, kind, name) =>
  `{{tasks.${step}.outputs.${kind}.${name}}}`;

function keyRef(kind, name, entry) {
  const key = entry.replace('?', '');
  const optional = key === entry ? {} : { optional: true };
  return { name: key, valueFrom: { [kind]: { name, key, ...optional } } };
}

function environment(pod) {
  return [
    ...Object.entries({ ...RUN, ...pod.env, ...BUCKET }).map(
      ([name, value]) => ({ name, value }),
    ),
    ...CONFIG.map(entry => keyRef('configMapKeyRef', CONFIG_MAP, entry)),
    ...pod.secrets.map(entry => keyRef('secretKeyRef', SECRET, entry)),
  ];
}

function retryStrategy({ tries, firstWaitSeconds, factor, exitCodes }) {
  const codes = exitCodes.map(code => `asInt(lastRetry.exitCode) == ${code}`);
  return {
    limit: String(tries),
    retryPolicy: 'Always',
    expression: [...codes, "lastRetry.status == 'Error'"].join(' || '),
    backoff: { duration: `${firstWaitSeconds}s`, factor: String(factor) },
  };
}

function podTemplate(name, row, pod, { image, digestsFile, entityLabel }) {
  const parameters = Object.entries({
    digests: { file: digestsFile, default: '{}' },
    ...row.tells,
  });
  const inputs = {
    ...(isBehindGate(row) && {
      parameters: APPROVED.map(input => ({ name: input })),
    }),
    ...(row.reads.length > 0 && {
      artifacts: row.reads.map(artifact => ({
        name: artifact,
        path: `/work/in/${artifact}.json`,
      })),
    }),
  };
  return {
    name,
    metadata: { labels: { [entityLabel]: '{{workflow.parameters.entity}}' } },
    ...(Object.keys(inputs).length > 0 && { inputs }),
    outputs: {
      parameters: parameters.map(
        ([parameter, { file, default: otherwise }]) => ({
          name: parameter,
          valueFrom: { path: `/work/out/${file}`, default: otherwise },
        }),
      ),
      artifacts: Object.entries(row.outputs).map(([artifact, { file }]) => ({
        name: artifact,
        path: `/work/out/${file}`,
        archive: { none: {} },
        s3: {
          key: `runs/{{workflow.namespace}}/{{workflow.uid}}/${name}/${file}`,
        },
      })),
    },
    ...(row.retry && { retryStrategy: retryStrategy(row.retry) }),
    container: {
      image,
      imagePullPolicy: 'IfNotPresent',
      command: ['node', '/app/main.mjs'],
      args: [name],
      env: environment(pod),
      resources: {
        requests: { ...pod.requests, 'ephemeral-storage': '256Mi' },
        limits: { ...pod.limits, 'ephemeral-storage': '4Gi' },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [
        { name: 'work', mountPath: '/work' },
        { name: 'tmp', mountPath: '/tmp' },
        {
          name: 'no-token',
          mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
          readOnly: true,
        },
      ],
    },
  };
}

/** The gate, and what stands behind it, in the words of the contract. */
function gateTemplate({ GATE_APPROVED, GATE_DEFAULT, GATE_PARAMETER }) {
  const supplied = (name, otherwise) => ({
    name,
    valueFrom: { supplied: {}, default: otherwise },
  });
  return {
    name: 'gate',
    inputs: {
      parameters: [
        {
          name: GATE_PARAMETER,
          default: GATE_DEFAULT,
          enum: [GATE_APPROVED, 'deny', GATE_DEFAULT],
        },
        { name: 'evidence', default: '' },
      ],
    },
    suspend: {},
    outputs: {
      parameters: [
        supplied(GATE_PARAMETER, GATE_DEFAULT),
        supplied('evidence', ''),
      ],
    },
  };
}

function task(name, api) {
  const { STEP_TABLE, STEP_ORDER, stepsBefore } = api;
  const row = STEP_TABLE[name];
  const makerOf = artifact =>
    STEP_ORDER.find(step => artifact in STEP_TABLE[step].outputs);
  const behindGate = isBehindGate(row);
  const pods = stepsBefore(name).filter(step => step !== 'gate');
  const digests = pods.map(step => output(step, 'parameters', 'digests'));
  const passed = {
    ...(behindGate && {
      parameters: [
        { name: 'evidence', value: output('gate', 'parameters', 'evidence') },
        { name: 'digests', value: `[${digests.join(', ')}]` },
      ],
    }),
    ...(row.reads.length > 0 && {
      artifacts: row.reads.map(artifact => ({
        name: artifact,
        from: output(makerOf(artifact), 'artifacts', artifact),
      })),
    }),
  };
  return {
    name,
    template: name,
    ...(row.needs.length > 0 && {
      depends: row.needs.map(step => `${step}.Succeeded`).join(' && '),
    }),
    ...(behindGate && {
      when: `'${output('gate', 'parameters', api.GATE_PARAMETER)}' == '${
        api.GATE_APPROVED
      }'`,
    }),
    ...(Object.keys(passed).length > 0 && { arguments: passed }),
  };
}

/** @returns the WorkflowTemplate as an object; `api` is what `api/src/index.ts` exports */
export function workflowTemplate(api, version) {
  const {
    DEFAULT_TEMPLATE,
    DIGESTS_FILE,
    ENTITY_LABEL,
    STEP_ORDER,
    STEP_TABLE,
  } = api;
  const image = `agentworkloads/agents:${version}`;
  const pods = STEP_ORDER.filter(name => name !== 'gate').map(name => {
    const pod = PODS[name];
    if (!pod) {
      throw new Error(
        `step ${name} of api/src/steps.ts has no entry in PODS of scripts/workflow-template.mjs: say there which Secret keys and resources it gets`,
      );
    }
    return podTemplate(name, STEP_TABLE[name], pod, {
      image,
      digestsFile: DIGESTS_FILE,
      entityLabel: ENTITY_LABEL,
    });
  });
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'WorkflowTemplate',
    metadata: {
      name: DEFAULT_TEMPLATE,
      namespace: 'agentworkloads',
      labels: {
        'app.kubernetes.io/name': DEFAULT_TEMPLATE,
        'app.kubernetes.io/part-of': 'agentworkloads',
      },
    },
    spec: {
      entrypoint: 'main',
      serviceAccountName: 'agentworkloads-agent',
      arguments: {
        parameters: [
          { name: 'job_id' },
          { name: 'target_urls' },
          {
            name: 'objective',
            value: 'What do these pages say about plans, prices and features?',
          },
          { name: 'minio_bucket', value: 'agentworkloads' },
          { name: 'egress_rules', value: '{"allow":["*"],"deny":[]}' },
          { name: 'follow', value: 'none' },
          { name: 'entity', value: '' },
          { name: 'baseline', value: '' },
          { name: 'evidence_from', value: '' },
        ],
      },
      activeDeadlineSeconds: 7200,
      ttlStrategy: { secondsAfterCompletion: 604800 },
      podMetadata: {
        labels: {
          'app.kubernetes.io/name': 'agents',
          'app.kubernetes.io/part-of': 'agentworkloads',
        },
      },
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumes: [
        { name: 'work', emptyDir: { sizeLimit: '3Gi' } },
        { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
        { name: 'no-token', emptyDir: {} },
      ],
      templates: [
        {
          name: 'main',
          dag: { tasks: STEP_ORDER.map(name => task(name, api)) },
        },
        gateTemplate(api),
        ...pods,
      ],
    },
  };
}

/** The place of a node as WHY names it: keys, and of a list's items their names. */
function placeOf(key, node, path) {
  const parts = [];
  for (const above of path) {
    if (isPair(above)) parts.push(above.key.value);
    else if (isMap(above) && above.has('name')) parts.push(above.get('name'));
  }
  // A named item of a list is named by itself, a pair by its key.
  if (isPair(node)) parts.push(node.key.value);
  else if (isMap(node) && typeof key === 'number') parts.push(node.get('name'));
  return parts.join('.');
}

function withReasons(document) {
  const left = new Set(Object.keys(WHY));
  const explain = (key, node, path) => {
    const above = path.at(-1);
    if (isMap(node) && !isSeq(above)) return;
    const place = placeOf(key, node, path);
    if (!left.delete(place)) return;
    const said = WHY[place].replace(/^/gm, ' ');
    (isPair(node) ? node.key : node).commentBefore = said;
  };
  visit(document, { Pair: explain, Map: explain });
  const templates = document.getIn(['spec', 'templates']);
  for (const template of templates.items.slice(1)) template.spaceBefore = true;
  if (left.size > 0) {
    throw new Error(
      `scripts/workflow-template.mjs gives reasons for what is not in the template: ${[
        ...left,
      ].join(', ')}`,
    );
  }
  return document;
}

/**
 * @returns the text of deploy/argo/workflow-template.yaml
 * @throws Error when something of it would reach the gate, or a Secret would reach a step whole
 */
export async function workflowTemplateText(api, version) {
  const template = workflowTemplate(api, version);
  const problems = templateProblems(template.spec);
  if (problems.length > 0) {
    throw new Error(`the WorkflowTemplate is not safe: ${problems.join('; ')}`);
  }
  const document = withReasons(new Document(template));
  return prettier.format(`${HEAD}${document.toString({ lineWidth: 0 })}`, {
    parser: 'yaml',
    singleQuote: true,
  });
}

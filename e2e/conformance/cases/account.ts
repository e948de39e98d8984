import {
  approval,
  APPROVALS,
  type Case,
  DRY,
  merge,
  post,
  refusedBy,
  workflow,
  WORKFLOWS,
  workload,
  WORKLOADS,
} from '../model';

/**
 * The ServiceAccount of the steps, in a namespace of workloads: the label that says so is on the
 * namespace of these cases.
 */

const PODS = '/api/v1/namespaces/{ns}/pods';
const SECRETS = '/api/v1/namespaces/{ns}/secrets';
const ACCOUNTS = '/api/v1/namespaces/{ns}/serviceaccounts';
const AGENT = 'agentworkloads-agent';
const OTHER = 'conformance-other';

const refused = (policy: string) => ({
  code: 403,
  reason: 'Forbidden',
  says: `ValidatingAdmissionPolicy 'agentworkloads-account-${policy}'`,
});
const master = (user: string, ...groups: string[]) => ({
  as: { user, groups: ['system:masters', ...groups] },
});
const ARGO = master('system:serviceaccount:argo:argo');
const OPERATOR = master(
  'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
);

const made = (spec: object, by: object = {}) =>
  post(`${WORKFLOWS}${DRY}`, workflow('by-hand', {}, { spec }), by);
const PAUSE = { entrypoint: 'a', templates: [{ name: 'a', suspend: {} }] };
const FROM_TEMPLATE = { workflowTemplateRef: { name: 'competitor-scrape' } };
const having = (template: object) => ({
  entrypoint: 'a',
  templates: [{ name: 'a', ...template }],
});
const elsewhere = { name: 'b', templateRef: { name: 'x', template: 'y' } };

const SPECS: [string, object][] = [
  ['from a template', FROM_TEMPLATE],
  ['under the account', { ...PAUSE, serviceAccountName: AGENT }],
  [
    'with a patch of its pods',
    { ...PAUSE, podSpecPatch: `{"serviceAccountName":"${AGENT}"}` },
  ],
  [
    'with defaults of its templates',
    { ...PAUSE, templateDefaults: { serviceAccountName: AGENT } },
  ],
  [
    'with the account for its executor',
    { ...PAUSE, executor: { serviceAccountName: AGENT } },
  ],
  [
    'with a hook from elsewhere',
    {
      ...PAUSE,
      hooks: { exit: { templateRef: { name: 'x', template: 'y' } } },
    },
  ],
  [
    'with the account in a template',
    having({ suspend: {}, serviceAccountName: AGENT }),
  ],
  [
    'with the account for what collects an artifact',
    having({
      suspend: {},
      outputs: {
        artifacts: [{ name: 'a', artifactGC: { serviceAccountName: AGENT } }],
      },
    }),
  ],
  ['with a task from elsewhere', having({ dag: { tasks: [elsewhere] } })],
  ['with a step from elsewhere', having({ steps: [[elsewhere]] })],
  [
    'with a task that brings its own template',
    having({ dag: { tasks: [{ name: 'b', inline: { suspend: {} } }] } }),
  ],
];

const pod = (serviceAccountName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'by-hand' },
  spec: {
    serviceAccountName,
    containers: [{ name: 'main', image: 'nothing', command: ['true'] }],
  },
});
const account = (name: string) =>
  post(ACCOUNTS, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name },
  });
const token = (name: string, by: object = {}) =>
  post(
    `${ACCOUNTS}/${name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 600 },
    },
    by,
  );
const secretFor = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {
    generateName: 'token-',
    annotations: { 'kubernetes.io/service-account.name': name },
  },
  type: 'kubernetes.io/service-account-token',
});

export const ACCOUNT: readonly Case[] = [
  ...SPECS.map(
    ([what, spec]): Case => ({
      what: `a Workflow by hand, ${what}`,
      request: made(spec),
      expected: refused('workflows'),
    }),
  ),
  {
    what: 'a Workflow of a CronWorkflow, from a template',
    request: made(FROM_TEMPLATE, ARGO),
    expected: refused('workflows'),
  },
  {
    what: 'a Workflow from a template, by the operator',
    request: post(
      `${WORKFLOWS}${DRY}`,
      workflow(
        'ours',
        { 'agentworkloads.io/workload-uid': 'u' },
        { spec: FROM_TEMPLATE },
      ),
      OPERATOR,
    ),
    expected: { code: 201 },
  },
  {
    what: 'a Workflow by hand under another account',
    request: made({
      entrypoint: 'a',
      serviceAccountName: OTHER,
      templates: [
        { name: 'a', dag: { tasks: [{ name: 'b', template: 'c' }] } },
        { name: 'c', steps: [[{ name: 'd', template: 'e' }]] },
        { name: 'e', suspend: {} },
      ],
    }),
    expected: { code: 201 },
  },
  {
    what: 'a Workflow by hand, that gets the account later',
    given: [post(WORKFLOWS, workflow('grows', {}, { spec: PAUSE }))],
    request: merge(`${WORKFLOWS}/grows`, {
      spec: { serviceAccountName: AGENT },
    }),
    expected: refused('workflows'),
  },
  {
    what: 'a Workflow by hand, that is labelled later',
    given: [post(WORKFLOWS, workflow('labelled', {}, { spec: PAUSE }))],
    request: merge(`${WORKFLOWS}/labelled`, {
      metadata: { labels: { team: 'a' } },
    }),
    expected: { code: 200 },
  },
  {
    what: 'a pod with the account, by an administrator',
    given: [account(AGENT), account(OTHER)],
    request: post(`${PODS}${DRY}`, pod(AGENT)),
    expected: refused('pods'),
  },
  {
    what: 'a pod with the account, by Argo',
    request: post(`${PODS}${DRY}`, pod(AGENT), ARGO),
    expected: { code: 201 },
  },
  {
    what: 'a pod with another account, by an administrator',
    request: post(`${PODS}${DRY}`, pod(OTHER)),
    expected: { code: 201 },
  },
  {
    what: 'a token of the account, for an administrator',
    request: token(AGENT),
    expected: refused('tokens'),
  },
  {
    what: 'a token of the account, for a kubelet',
    request: token(AGENT, master('conformance-kubelet', 'system:nodes')),
    expected: { code: 201 },
  },
  {
    what: 'a token of another account, for an administrator',
    request: token(OTHER),
    expected: { code: 201 },
  },
  {
    what: 'a Secret that is to be filled with a token of the account',
    request: post(`${SECRETS}${DRY}`, secretFor(AGENT)),
    expected: refused('tokens'),
  },
  {
    what: 'a Secret of another account',
    request: post(`${SECRETS}${DRY}`, secretFor(OTHER)),
    expected: { code: 201 },
  },
];

const asked = (name: string, metadata: object, by: object = {}) =>
  post(
    `${WORKLOADS}${DRY}`,
    { ...workload(name), metadata: { name, ...metadata } },
    by,
  );
const APPROVER = 'conformance-approver';
const approved = (name: string, metadata: object) =>
  post(
    `${APPROVALS}${DRY}`,
    { ...approval(name, APPROVER), metadata: { name, ...metadata } },
    master(APPROVER),
  );
const CONTROLLER = {
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkloadSchedule',
  name: 'weekly',
  uid: '00000000-0000-0000-0000-000000000002',
};
const identity = {
  code: 403,
  reason: 'Forbidden',
  says: "ValidatingAdmissionPolicy 'agentworkloads-requester-identity'",
};
const METADATA = 'agentworkloads-metadata';
const WITH_OWNER = refusedBy(METADATA, 'with metadata.ownerReferences');
const OWNERS = [CONTROLLER];
const FINALIZERS = ['example.com/for-ever'];
const MADE_WITH: readonly [string, object, Case['expected']][] = [
  ['an owner that does not exist', { ownerReferences: OWNERS }, WITH_OWNER],
  [
    'a finalizer that nobody takes off',
    { finalizers: FINALIZERS },
    refusedBy(METADATA, 'with a finalizer'),
  ],
];

/** Labels, owners and finalizers that our kinds are made with. */
export const MADE_AS: readonly Case[] = [
  ...MADE_WITH.flatMap(([what, given, expected]) => [
    {
      what: `a workload with ${what}`,
      request: asked('made-with', given),
      expected,
    },
    {
      what: `an approval with ${what}`,
      request: approved('made-with', given),
      expected,
    },
  ]),
  {
    what: 'a workload that says it is of a schedule',
    request: asked('of-none', {
      labels: { 'agentworkloads.io/schedule': 'weekly' },
    }),
    expected: identity,
  },
  {
    what: 'a workload that says a schedule controls it',
    request: asked('owned', {
      ownerReferences: [{ ...CONTROLLER, controller: true }],
    }),
    expected: WITH_OWNER,
  },
  {
    what: 'a workload with an owner, by a server-side apply',
    request: {
      method: 'PATCH',
      path: `${WORKLOADS}/applied-with-owner?fieldManager=mallory&dryRun=All`,
      body: {
        ...workload('applied-with-owner'),
        metadata: { name: 'applied-with-owner', ownerReferences: OWNERS },
      },
      type: 'application/apply-patch+yaml',
    },
    expected: WITH_OWNER,
  },
  {
    what: 'a workload with empty lists of owners and finalizers',
    request: asked('plain', { ownerReferences: [], finalizers: [] }),
    expected: { code: 201 },
  },
  {
    what: 'an approval with a label and an annotation',
    request: approved('labelled', {
      labels: { 'example.com/why': 'seen' },
      annotations: { 'example.com/where': 'at the desk' },
    }),
    expected: { code: 201 },
  },
  {
    what: 'a workload of a series, with labels of a GitOps tool',
    request: asked('of-a-series', {
      labels: {
        'agentworkloads.io/series': 'rivals',
        'app.kubernetes.io/instance': 'runs',
      },
    }),
    expected: { code: 201 },
  },
  {
    what: 'a workload of a schedule, by the operator',
    request: asked(
      'of-one',
      {
        labels: { 'agentworkloads.io/schedule': 'weekly' },
        ownerReferences: [{ ...CONTROLLER, controller: true }],
        finalizers: FINALIZERS,
      },
      OPERATOR,
    ),
    expected: { code: 201 },
  },
];

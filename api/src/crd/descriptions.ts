import type { StructuralSchema } from './structural';

const CONDITIONS = {
  'status.conditions':
    'What holds now, one entry a type; `kubectl wait --for=condition=TYPE` works on them.',
  'status.conditions.type': 'Which question this answers.',
  'status.conditions.status': 'True, False or Unknown.',
  'status.conditions.observedGeneration':
    'The generation of the object that this was said of.',
  'status.conditions.lastTransitionTime': 'When the answer last changed.',
  'status.conditions.reason': 'Why, in one word that programs may read.',
  'status.conditions.message': 'Why, in a sentence for people.',
};

const EVERY_KIND = {
  apiVersion: 'agentworkloads.io/v1alpha1.',
  kind: 'The kind of this object.',
  ...CONDITIONS,
};

/** By path, for fields whose schema says nothing itself; entries of lists and maps are left out of the path. */
export const WORKLOAD_DESCRIPTIONS: Record<string, string> = {
  ...EVERY_KIND,
  'spec.workflowTemplateRef.name': 'Name of the template.',
  'spec.workflowTemplateRef.clusterScope':
    'true: a ClusterWorkflowTemplate; false: one of the namespace.',
  'spec.gate':
    'How strict the gate before the report is; policy may make it stricter.',
  'spec.timeouts': 'Limits, as durations such as 90s, 30m, 2h.',
  'status.observedGeneration':
    'The generation that the operator has acted upon.',
  'status.argoWorkflow': 'The Workflow of this run.',
  'status.argoWorkflow.name': 'Its name.',
  'status.argoWorkflow.namespace': 'Its namespace, that of the workload.',
  'status.argoWorkflow.uid': 'Its uid, which tells it from a namesake.',
  'status.argoWorkflow.startedAt': 'When Argo began it.',
  'status.argoPhase':
    "The Workflow's own phase, as Argo has it; the phase of the run comes from the decision.",
  'status.steps': 'One row a step, in the order of the Workflow.',
  'status.steps.name': 'Name of the step.',
  'status.steps.nodeId':
    'Its node in the Workflow; for a retried step, that of the last attempt.',
  'status.steps.phase': 'Where the step is.',
  'status.steps.startedAt': 'When it began.',
  'status.steps.finishedAt': 'When it ended.',
  'status.steps.message':
    'What it said at its end, or why it waits: the reason of its pod, for example a Secret that is missing.',
  'status.steps.retries': 'How often it was tried again.',
  'status.gate':
    'The gate: how strict it is, since when it is open, how it was decided.',
  'status.gate.fourEyes':
    'Whether who decides must be another person than who asked; policy may have demanded it.',
  'status.gate.nodeId': 'The suspended node of the Workflow.',
  'status.gate.openedAt': 'When it opened.',
  'status.gate.deadline': 'When it is denied if nobody decides.',
  'status.gate.decision': 'approve or deny; absent while it is open.',
  'status.gate.decidedBy': 'The person or rule that decided.',
  'status.gate.decidedAt': 'When it was decided.',
  'status.gate.comment': 'What the person wrote, or why it was denied.',
  'status.gate.via':
    'What decided: a person, policy, a time limit, a cancel, or the operator.',
  'status.gate.approvalUid': 'uid of the AgentApproval that decided.',
  'status.policy': 'What policy answered.',
  'status.policy.start': 'Whether it may start, and how strict its gate is.',
  'status.policy.start.decision': 'allow or deny.',
  'status.policy.start.reasons': 'Why, in sentences, most severe first.',
  'status.policy.start.said.code':
    'Of the shipped policies; empty where only the sentence is known.',
  'status.policy.start.said.values': 'What the sentence names.',
  'status.policy.start.revision': 'Which policies answered.',
  'status.policy.start.egress.allow': 'Host patterns that may be visited.',
  'status.policy.start.egress.deny':
    'Host patterns that may not be visited; stronger than allow.',
  'status.policy.gate': 'Whether it may pass its gate, given what it found.',
  'status.policy.gate.decision': 'allow, hold (a person decides) or deny.',
  'status.policy.gate.reasons': 'Why, in sentences, most severe first.',
  'status.policy.gate.said.code':
    'Of the shipped policies; empty where only the sentence is known.',
  'status.policy.gate.said.values': 'What the sentence names.',
  'status.policy.gate.revision': 'Which policies answered.',
  'status.policy.gate.egress.allow': 'Not used at the gate.',
  'status.policy.gate.egress.deny': 'Not used at the gate.',
  'status.workflowArtifacts.bucket': 'The bucket that holds it.',
  'status.workflowArtifacts.key':
    'Its key there, which begins with runs/<namespace>/<uid of the Workflow>/.',
  'status.workflowArtifacts.size': 'Bytes; absent where Argo does not say.',
  'status.workflowArtifacts.sha256': 'Hash of its bytes, in hex.',
  'status.summary':
    'What the run found, in numbers; a number that is absent is not known.',
  'status.summary.pages': 'Pages that were asked for.',
  'status.summary.notObserved': 'Pages that could not be observed.',
  'status.summary.facts': 'Facts with evidence.',
  'status.summary.changes':
    'Changes since the last run, all kinds together; without compared it says nothing.',
  'status.summary.compared':
    'Changes since the run that it was compared with, by kind; absent where nothing was compared.',
  'status.summary.compared.price': 'Prices that came, went or moved.',
  'status.summary.compared.plan': 'Plans that came, went or were renamed.',
  'status.summary.compared.terms':
    'Prices whose currency, period, "per" or billing changed.',
  'status.summary.compared.other': 'Features, limits, texts and offers.',
  'status.summary.compared.notCompared':
    'Pages, or parts of pages, that could not be compared.',
  'status.summary.compared.unstable':
    'Of these, pages of which two looks in the same run disagree.',
  'status.summary.notComparedReason':
    'Why nothing was compared: FIRST_RUN, BASELINE_GONE, BASELINE_CHANGED, BASELINE_UNFIT or NOT_ASKED.',
  'status.baseline':
    'The earlier run that this one is compared with; absent where there is none.',
  'status.baseline.name': 'The AgentWorkload of that run.',
  'status.baseline.workflowUid': 'uid of its Workflow.',
  'status.baseline.completedAt': 'When it was completed.',
  'status.baseline.seenAt': 'When its pages were seen.',
  'status.baseline.artifacts': 'What it saved, held to its bytes.',
  'status.baseline.artifacts.manifest': 'Its pages.',
  'status.baseline.artifacts.manifest.bucket': 'The bucket that holds it.',
  'status.baseline.artifacts.manifest.key': 'Its key there.',
  'status.baseline.artifacts.manifest.sha256': 'Hash of its bytes, in hex.',
  'status.baseline.artifacts.facts': 'Its facts.',
  'status.baseline.artifacts.facts.bucket': 'The bucket that holds it.',
  'status.baseline.artifacts.facts.key': 'Its key there.',
  'status.baseline.artifacts.facts.sha256': 'Hash of its bytes, in hex.',
  'status.unfitBaseline':
    'There where spec.baselineRef names a run that can not be compared with.',
  'status.unfitBaseline.name': 'The AgentWorkload that was named.',
  'status.unfitBaseline.unfit': 'Why not, in a sentence.',
  'status.evidenceFrom.artifacts.manifest': 'Its pages.',
  'status.evidenceFrom.artifacts.manifest.bucket': 'The bucket that holds it.',
  'status.evidenceFrom.artifacts.manifest.key': 'Its key there.',
  'status.evidenceFrom.artifacts.manifest.sha256': 'Hash of its bytes, in hex.',
  'status.summary.browserSandbox':
    'off: a browser without its sandbox visited pages; unknown: nobody can tell, as behind a browser service.',
  'status.progressHash': 'Of what Argo showed last; another value is progress.',
  'status.lastProgressTime': 'When something last moved.',
  'status.message': 'What is going on, in a sentence for people.',
};

const OF_SPEC = Object.entries(WORKLOAD_DESCRIPTIONS).filter(([path]) =>
  path.startsWith('spec.'),
);

export const SCHEDULE_DESCRIPTIONS: Record<string, string> = {
  ...EVERY_KIND,
  ...Object.fromEntries(
    OF_SPEC.map(([path, text]) => [`spec.workloadTemplate.${path}`, text]),
  ),
};

export const APPROVAL_DESCRIPTIONS: Record<string, string> = {
  ...EVERY_KIND,
  'spec.workloadRef': 'The AgentWorkload that this decides about.',
  'spec.workloadRef.name': 'Its name.',
  'spec.workloadRef.uid':
    'Its uid: a decision is of no use for a namesake that comes later.',
  'spec.gate.workflowUid': 'uid of the Workflow whose gate is meant.',
  'spec.gate.nodeId': 'The suspended node, as status.gate.nodeId has it.',
  'spec.decision': 'approve or deny.',
  'spec.approver.username':
    'The Kubernetes user name of who decides: admission takes the own name only.',
};

/** Gives each field that says nothing itself the sentence of the table. */
export function withDescriptions(
  schema: StructuralSchema,
  table: Record<string, string>,
): StructuralSchema {
  const copy = structuredClone(schema);
  visitFields(copy, (path, field) => {
    field.description ??= table[path];
    if (field.description === undefined) delete field.description;
  });
  return copy;
}

/** Every field below a schema, with its path; entries of lists and maps have the path of what holds them. */
export function visitFields(
  node: StructuralSchema,
  visit: (path: string, field: StructuralSchema) => void,
  path = '',
): void {
  for (const [name, field] of Object.entries(node.properties ?? {})) {
    const below = path ? `${path}.${name}` : name;
    visit(below, field);
    visitFields(field, visit, below);
  }
  for (const entries of [node.items, node.additionalProperties]) {
    if (typeof entries === 'object') visitFields(entries, visit, path);
  }
}

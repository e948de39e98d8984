import {
  agentApprovalSchema,
  POLICY_ENTRYPOINTS,
  restsOn,
  type AgentApproval,
  type AgentWorkload,
  type StartDecision,
  type VoteOnRecord,
} from '@agentworkloads/api';
import { readGateAnswer, type Judged } from '../policy/answers';
import { gateInput } from '../policy/input';
import type { WorkflowFacts } from '../workflow/facts';
import { readTemplate, type TemplateFacts } from '../workflow/read-template';
import { askForPlace, chooseEarlierRuns, mayStart } from './ask-start';
import { STEPS } from './decide';
import { isJudged } from './judge-approval';
import { KINDS } from './kinds';
import type { Need, Seen } from './needs';
import type { AdmissionFacts, Observed } from './observed';
import { read, type Sources } from './sources';

async function readVote(
  sources: Sources,
  { workload, approvals, live }: Seen,
  { approvalUid, approvalName }: VoteOnRecord,
): Promise<Observed<AgentApproval>> {
  const cached = approvals.find(({ metadata }) => metadata.uid === approvalUid);
  if (cached && !live.workflow) return { kind: 'present', value: cached };
  const name = approvalName ?? cached?.metadata.name;
  if (name === undefined) return { kind: 'absent' };
  const { namespace } = workload.metadata;
  const found = await read(
    sources,
    KINDS.approvals,
    { namespace, name },
    raw => agentApprovalSchema.safeParse(raw).data,
  );
  if (found.kind !== 'present') return found;
  // What no longer reads as an approval is none.
  return found.value
    ? { kind: 'present', value: found.value }
    : { kind: 'absent' };
}

/**
 * The approvals that status says decided, while the gate is still to be opened by them. What the cache
 * lacks is confirmed by a live read, as everything is before the gate is patched.
 */
async function readDecidedBy(
  sources: Sources,
  seen: Seen,
): Promise<Observed<AgentApproval>[]> {
  const { spec, status } = seen.workload;
  if (!status?.gate) return [];
  const votes = restsOn(status.gate, spec.requestedBy?.username);
  return Promise.all(votes.map(vote => readVote(sources, seen, vote)));
}

async function readTemplateOf(
  sources: Sources,
  workload: AgentWorkload,
  workflow: Observed<WorkflowFacts>,
  startPolicy: Judged<StartDecision> | undefined,
): Promise<Observed<TemplateFacts> | undefined> {
  // What waits is asked about again and again, and what is denied never runs.
  if (workflow.kind === 'absent' && !mayStart(workload, startPolicy)) {
    return undefined;
  }
  const { name, clusterScope } = workload.spec.workflowTemplateRef;
  const { namespace } = workload.metadata;
  return clusterScope
    ? read(
        sources,
        KINDS.clusterWorkflowTemplates,
        { namespace: '', name },
        readTemplate,
      )
    : read(sources, KINDS.workflowTemplates, { namespace, name }, readTemplate);
}

async function askGate(
  sources: Sources,
  { workload, workflow }: Seen,
  now: Date,
) {
  const gate = workload.status?.gate;
  return gate && workflow.kind === 'present'
    ? readGateAnswer(
        await sources.policy.decide(
          POLICY_ENTRYPOINTS.gate,
          gateInput(workload, gate, workflow.value, now),
        ),
      )
    : undefined;
}

async function askAdmission(
  sources: Sources,
  { workload, approvals }: Seen,
): Promise<AdmissionFacts> {
  const made = approvals
    .filter(approval => !isJudged(approval))
    .map(({ metadata }) => Date.parse(metadata.creationTimestamp));
  return sources.admission.factsFor(
    workload.metadata.namespace,
    Math.max(...made),
  );
}

/** What the steps need of what they say they need; what nobody needs is as if it could not be known. */
export async function readNeeded(sources: Sources, seen: Seen, now: Date) {
  const { workload, workflow } = seen;
  const asked = <T, U>(need: Need, ask: () => Promise<T>, otherwise: U) =>
    STEPS.some(step => step.needs?.[need]?.(seen)) ? ask() : otherwise;
  const startPolicy = await asked(
    'startPolicy',
    () => askForPlace(sources, workload),
    undefined,
  );
  const [template, decidedBy, gatePolicy, admission] = await Promise.all([
    asked(
      'template',
      () => readTemplateOf(sources, workload, workflow, startPolicy),
      undefined,
    ),
    asked('decidedBy', () => readDecidedBy(sources, seen), []),
    asked('gatePolicy', () => askGate(sources, seen, now), undefined),
    asked('admission', () => askAdmission(sources, seen), {
      kind: 'unasked' as const,
    }),
  ]);
  const { namespace } = workload.metadata;
  const chosen = await chooseEarlierRuns(sources, workload, startPolicy, name =>
    read(sources, KINDS.workloads, { namespace, name }, raw => raw),
  );
  return {
    startPolicy,
    template,
    decidedBy,
    gatePolicy,
    admission,
    ...chosen,
  };
}

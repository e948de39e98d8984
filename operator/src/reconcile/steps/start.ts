import {
  CONDITION_TYPES,
  LIMITS,
  REASONS,
  type PolicyRecord,
  type Reason,
} from '@agentic/api';
import { strictestGate } from '../../policy/answers';
import { buildWorkflow } from '../../workflow/build-workflow';
import type { WorkflowFacts } from '../../workflow/facts';
import { madeDigest } from '../../workflow/made';
import type { Decision, Step } from '../decision';
import { mirror } from '../mirror';
import type { ObservedState } from '../observed';
import { normal, recordIfNew, recordOrWait, warning } from '../records';

const POLICY_RETRY_MS = 10_000;
const TEMPLATE_RETRY_MS = 15_000;
const READ_RETRY_MS = 5_000;

function deniedByPolicy(
  state: ObservedState,
  start: PolicyRecord,
  now: Date,
): Decision {
  const message = `Policy denies the start: ${start.reasons.join('; ')}`;
  return recordOrWait(
    state,
    {
      phase: 'PolicyDenied',
      reason: REASONS.policyDenies,
      message,
      conditions: [
        {
          type: CONDITION_TYPES.policyAllowed,
          status: 'False',
          reason: REASONS.policyDenies,
          message,
        },
      ],
      fields: { policy: { start } },
    },
    now,
    undefined,
    [warning(REASONS.policyDenies, message)],
  );
}

function waitForPolicy(
  state: ObservedState,
  cause: string,
  now: Date,
): Decision {
  const message = `Policy start can't be had (${cause}); the run waits until it can.`;
  return recordOrWait(
    state,
    {
      phase: 'Pending',
      reason: REASONS.policyUnavailable,
      message,
      conditions: [
        {
          type: CONDITION_TYPES.policyAllowed,
          status: 'Unknown',
          reason: REASONS.policyUnavailable,
          message,
        },
      ],
    },
    now,
    POLICY_RETRY_MS,
    [warning(REASONS.policyUnavailable, message)],
  );
}

/** No Workflow before an allow of policy `start` is in status. */
export const policyStart: Step = (state, now) => {
  const { workload, startPolicy } = state;
  if (workload.status?.policy?.start || workload.status?.argoWorkflow) {
    return undefined;
  }
  if (!startPolicy || startPolicy.kind === 'unavailable') {
    return waitForPolicy(state, startPolicy?.cause ?? 'not asked', now);
  }
  const { allow, reasons, gate, egress } = startPolicy.value;
  const start: PolicyRecord = {
    decision: allow ? 'allow' : 'deny',
    reasons,
    revision: startPolicy.revision,
    egress,
  };
  if (!allow) return deniedByPolicy(state, start, now);
  const effective = strictestGate(workload.spec.gate, gate);
  if (effective.fourEyes && !workload.spec.requestedBy) {
    return deniedByPolicy(
      state,
      {
        ...start,
        decision: 'deny',
        reasons: ['four eyes are required, and the spec names no requester'],
      },
      now,
    );
  }
  const message = 'Policy allows the start.';
  return recordOrWait(
    state,
    {
      phase: 'Pending',
      reason: REASONS.policyAllows,
      message,
      conditions: [
        {
          type: CONDITION_TYPES.policyAllowed,
          status: 'True',
          reason: REASONS.policyAllows,
          message: reasons.join('; ') || message,
        },
      ],
      fields: {
        policy: { start },
        gate: effective,
        workflowNames: [state.freshName],
      },
    },
    now,
  );
};

function adopt(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): Decision {
  const message = `Workflow ${facts.name} was made.`;
  return recordOrWait(
    state,
    {
      phase: 'Running',
      reason: REASONS.workflowCreated,
      message,
      conditions: [
        {
          type: CONDITION_TYPES.workflowCreated,
          status: 'True',
          reason: REASONS.workflowCreated,
          message,
        },
      ],
      fields: {
        ...mirror(state.workload, facts, now),
        argoWorkflow: {
          name: facts.name,
          namespace: facts.namespace,
          uid: facts.uid,
          startedAt: facts.createdAt || now.toISOString(),
        },
      },
    },
    now,
    undefined,
    [normal(REASONS.workflowCreated, message)],
  );
}

function notCreated(
  state: ObservedState,
  reason: Reason,
  message: string,
  now: Date,
): Decision {
  return recordOrWait(
    state,
    {
      phase: 'Failed',
      reason,
      message,
      conditions: [
        {
          type: CONDITION_TYPES.workflowCreated,
          status: 'False',
          reason,
          message,
        },
      ],
    },
    now,
    undefined,
    [warning(reason, message)],
  );
}

/** The next name goes into status before anything of that name is made. */
function recordName(state: ObservedState, now: Date): Decision {
  const taken = state.workload.status?.workflowNames ?? [];
  return recordOrWait(
    state,
    {
      phase: 'Pending',
      reason: REASONS.policyAllows,
      message: 'Policy allows the start.',
      fields: { workflowNames: [...taken, state.freshName] },
    },
    now,
  );
}

/** The name is a stranger's: it is left as it is, and another name is tried. */
function tryAnotherName(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): Decision {
  const names = state.workload.status?.workflowNames ?? [];
  if (names.length < LIMITS.workflowNames) return recordName(state, now);
  return notCreated(
    state,
    REASONS.nameCollision,
    `Workflows called ${names.join(
      ', ',
    )} are there and belong to something else; they were left as they are. Find out who makes them (${
      facts.namespace
    } has policies against it: deploy/policies), then ask again.`,
    now,
  );
}

/** Made by an earlier pass that could not say so, or by somebody who wants it to be taken for ours. */
function takeOver(
  state: ObservedState,
  name: string,
  facts: WorkflowFacts,
  now: Date,
): Decision {
  const { metadata, spec, status } = state.workload;
  const made = buildWorkflow(
    name,
    metadata,
    spec,
    state.bucket,
    status?.policy?.start?.egress,
  );
  return facts.madeSha256 === madeDigest(made)
    ? adopt(state, facts, now)
    : notCreated(
        state,
        REASONS.foreignWorkflow,
        `Workflow ${facts.name} says that it belongs to this run, and it is not what the operator makes: its spec, labels or owners differ. Find out who may create Workflows, then ask again.`,
        now,
      );
}

function templateMissing(state: ObservedState, now: Date): Decision {
  const { name, clusterScope } = state.workload.spec.workflowTemplateRef;
  const kind = clusterScope ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
  const message = `${kind} ${name} is not there; the run starts once it is.`;
  return recordOrWait(
    state,
    {
      phase: 'Pending',
      reason: REASONS.templateNotFound,
      message,
      stalled: true,
    },
    now,
    TEMPLATE_RETRY_MS,
    [warning(REASONS.templateNotFound, message)],
  );
}

/** Quota, admission, a namespace that goes: whoever looks at the run must see why it doesn't start. */
function refused(
  state: ObservedState,
  refusal: string,
  now: Date,
): Decision | undefined {
  const message = `The Workflow can't be made, the operator tries again: ${refusal}`;
  return recordIfNew(
    state,
    {
      phase: 'Pending',
      reason: REASONS.workflowNotCreated,
      message,
      stalled: true,
      conditions: [
        {
          type: CONDITION_TYPES.workflowCreated,
          status: 'False',
          reason: REASONS.workflowNotCreated,
          message,
        },
      ],
    },
    now,
    [warning(REASONS.workflowNotCreated, message)],
  );
}

/** Makes the Workflow, or takes over the one that an earlier pass made before it could say so. */
export const startWorkflow: Step = (state, now) => {
  const { workload, workflow, template } = state;
  if (workload.status?.argoWorkflow) return undefined;
  const name = workload.status?.workflowNames?.at(-1);
  if (name === undefined) return recordName(state, now);
  if (workflow.kind === 'unreadable') {
    return { type: 'wait', requeueAfterMs: READ_RETRY_MS };
  }
  if (workflow.kind === 'present') {
    const ours = workflow.value.ownerUid === workload.metadata.uid;
    return ours
      ? takeOver(state, name, workflow.value, now)
      : tryAnotherName(state, workflow.value, now);
  }
  if (template.kind === 'absent') return templateMissing(state, now);
  if (template.kind === 'unreadable') {
    return { type: 'wait', requeueAfterMs: READ_RETRY_MS };
  }
  const noted = state.refusal && refused(state, state.refusal, now);
  return noted || { type: 'act', actions: [{ type: 'create-workflow', name }] };
};

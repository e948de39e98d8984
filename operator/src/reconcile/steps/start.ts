import { isFinalPhase, LIMITS, REASONS } from '@agentworkloads/api';
import { buildWorkflow, startRecordOf } from '../../workflow/build-workflow';
import type { WorkflowFacts } from '../../workflow/facts';
import { madeDigest } from '../../workflow/made';
import type { TemplateFacts } from '../../workflow/read-template';
import { needing, type Decision } from '../decision';
import { mirror } from '../mirror';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew, recordOrWait } from '../records';
import { sameJson } from '../status';
import { heldTo, pinOf, refusedReference } from '../template-pin';
import {
  deniedFor,
  evidenceRefused,
  noSofter,
  notCreated,
  READ_RETRY_MS,
} from './policy-start';

const TEMPLATE_RETRY_MS = 15_000;

function adopt(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): Decision {
  return recordOrWait(state, now, {
    phase: 'Running',
    reason: REASONS.workflowCreated,
    message: `Workflow ${facts.name} was made.`,
    conditions: { WorkflowCreated: 'True' },
    fields: {
      ...mirror(state.workload, facts, now),
      argoWorkflow: {
        name: facts.name,
        namespace: facts.namespace,
        uid: facts.uid,
        startedAt: facts.createdAt || now.toISOString(),
      },
    },
    event: 'Normal',
  });
}

/** The next name goes into status before anything of that name is made. */
function recordName(state: ObservedState, now: Date): Decision {
  const { workflowNames: taken = [], gate } = state.workload.status ?? {};
  const unfit = evidenceRefused(state, undefined, now);
  if (unfit) return unfit;
  // Of a run that was allowed by an operator of before.
  const earlierRuns = taken.length === 0 ? state.earlierRuns : {};
  if (!earlierRuns) return { type: 'wait', requeueAfterMs: READ_RETRY_MS };
  return recordOrWait(state, now, {
    phase: 'Pending',
    reason: REASONS.policyAllows,
    message: 'Policy allows the start.',
    fields: {
      workflowNames: [...taken, state.freshName],
      ...earlierRuns,
      ...(gate ? { gate: { ...gate, ...noSofter(gate, state) } } : {}),
    },
  });
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
    startRecordOf(status),
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
  return recordOrWait(state, now, {
    phase: 'Pending',
    reason: REASONS.templateNotFound,
    message: `${kind} ${name} is not there; the run starts once it is.`,
    stalled: true,
    requeueAfterMs: TEMPLATE_RETRY_MS,
    event: 'Warning',
  });
}

/** Quota, admission, a namespace that goes: whoever looks at the run must see why it doesn't start. */
function refused(
  state: ObservedState,
  refusal: string,
  now: Date,
): Decision | undefined {
  return recordIfNew(state, now, {
    phase: 'Pending',
    reason: REASONS.workflowNotCreated,
    message: `The Workflow can't be made, the operator tries again: ${refusal}`,
    stalled: true,
    conditions: { WorkflowCreated: 'False' },
    event: 'Warning',
  });
}

/** What is read of the template goes into status before anything is made of it: Argo is held to that. */
function recordTemplate(
  state: ObservedState,
  template: TemplateFacts,
  now: Date,
): Decision | undefined {
  const { start } = state.workload.status?.policy ?? {};
  const refused = refusedReference(template, start?.templateDigests);
  if (start && refused !== undefined) {
    return deniedFor(state, start, refused, now);
  }
  const unfit = evidenceRefused(state, template, now);
  if (unfit) return unfit;
  return recordIfNew(state, now, {
    phase: 'Pending',
    reason: REASONS.policyAllows,
    message: 'Policy allows the start.',
    fields: {
      template: pinOf(state, template, startRecordOf(state.workload.status)),
    },
  });
}

/** The template is read again just before the create; undefined when all is as it was recorded. */
function templateNotReady(
  state: ObservedState,
  now: Date,
): Decision | undefined {
  const { template, workload } = state;
  const recorded = heldTo(workload.status);
  if (template?.kind === 'absent') return templateMissing(state, now);
  if (template?.kind === 'present') {
    const pin = pinOf(state, template.value, startRecordOf(workload.status));
    return sameJson(pin, recorded)
      ? undefined
      : recordTemplate(state, template.value, now);
  }
  return template === undefined && recorded
    ? undefined
    : { type: 'wait', requeueAfterMs: READ_RETRY_MS };
}

/** To be recorded, or to be compared with what is on record just before the create. */
function isTemplateDue({ workload, workflow, live }: Seen): boolean {
  const { status, spec, metadata } = workload;
  if (isFinalPhase(status?.phase) || metadata.deletionTimestamp) return false;
  if (status?.argoWorkflow || spec.cancel || workflow.kind !== 'absent') {
    return false;
  }
  if (!heldTo(status)) return true;
  // With the first name the template was recorded, a moment ago.
  const isFresh =
    live.unusedName !== undefined &&
    status?.workflowNames?.[0] === live.unusedName;
  return live.workflow && !isFresh;
}

/** Makes the Workflow, or takes over the one that an earlier pass made before it could say so. */
export const startWorkflow = needing(
  { template: isTemplateDue },
  (state, now) => {
    const { workload, workflow } = state;
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
    const notReady = templateNotReady(state, now);
    if (notReady) return notReady;
    const noted = state.refusal && refused(state, state.refusal, now);
    return (
      noted || { type: 'act', actions: [{ type: 'create-workflow', name }] }
    );
  },
);

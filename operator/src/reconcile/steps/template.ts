import { isFinalPhase, REASONS } from '@agentworkloads/api';
import type { WorkflowFacts } from '../../workflow/facts';
import { startRecordOf } from '../../workflow/build-workflow';
import { differingParts } from '../../workflow/pinned-spec';
import { needing, type Decision } from '../decision';
import { mirrorStopped } from '../mirror';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordIfNew } from '../records';
import { expectedOf, heldTo, isNotAsRead, mirrorPin } from '../template-pin';
import { end } from './ending';
import { current } from './following';

const WHO = 'find out who may write to Workflows';

/** What Argo made of the template is not what was read: the template was edited in between, or Argo has rules of its own. */
function notAsRead(state: ObservedState, facts: WorkflowFacts): string {
  const { template, workload } = state;
  const { name, generation, uid } = workload.status?.template ?? {};
  const which = `template ${name} (generation ${generation})`;
  if (template?.kind !== 'present') {
    return `what Argo runs is not ${which}, which the operator had read before it made the Workflow`;
  }
  const now = template.value;
  if (now.uid !== uid || now.generation !== generation) {
    return `${which} was edited after the operator had read it and before Argo did; it is generation ${now.generation} now. Ask again`;
  }
  const expected = expectedOf(state, now, startRecordOf(workload.status));
  const parts = facts.stored
    ? differingParts(expected, facts.stored.pinned).join(', ')
    : '';
  return `what Argo runs differs from ${which} in: ${parts}. What workflowDefaults of Argo's controller add is admitted by the operator's setting ARGO_WORKFLOW_DEFAULTS; if it adds nothing, ${WHO}`;
}

/** Whether Argo has begun, so that it must have stored what it runs. */
function hasBegun({ steps, gates, phase }: WorkflowFacts): boolean {
  return steps.length > 0 || gates.length > 0 || phase === 'Succeeded';
}

/** What is not as it was pinned; undefined when all is. */
function changeOf(
  state: ObservedState,
  facts: WorkflowFacts,
): string | undefined {
  const { status } = state.workload;
  const template = heldTo(status);
  const { stored } = facts;
  if (!stored) {
    const pinned = template?.storedSha256 ?? template?.expectedSha256;
    return pinned && hasBegun(facts)
      ? `Argo runs the Workflow, and its status does not have the spec that it runs; ${WHO}`
      : undefined;
  }
  if (isNotAsRead(status, facts)) return notAsRead(state, facts);
  if (template?.storedSha256 && template.storedSha256 !== stored.sha256) {
    return `the spec that Argo runs was changed while it ran; ${WHO}`;
  }
  const misplaced = stored.misplacedTemplates;
  if (misplaced.length > 0) {
    return `Argo has templates in places that are not theirs (${misplaced.join(
      ', ',
    )}); ${WHO}`;
  }
  const listed = status?.policy?.start?.templateDigests ?? [];
  const foreign = stored.foreignTemplates.filter(
    sha256 => !listed.includes(sha256),
  );
  return template?.expectedSha256 && foreign.length > 0
    ? `Argo took templates from elsewhere that are not among templateDigests of the policy's data: ${foreign.join(
        ', ',
      )}`
    : undefined;
}

/** A run of an older operator: nobody read its template, so what Argo runs now is what it is held to. */
function pinLate(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): Decision | undefined {
  const { status, spec } = state.workload;
  if (heldTo(status)?.expectedSha256) return undefined;
  const pinned = mirrorPin(status, facts, spec.workflowTemplateRef.name);
  return pinned.template
    ? recordIfNew(state, now, { ...current(state, facts), fields: pinned })
    : undefined;
}

/** To say in which part Argo made something else of it. */
function isOtherThanRead({ workload, workflow }: Seen): boolean {
  const { status, metadata } = workload;
  return (
    workflow.kind === 'present' &&
    !isFinalPhase(status?.phase) &&
    !metadata.deletionTimestamp &&
    isNotAsRead(status, workflow.value)
  );
}

/**
 * What runs is what the policy judged: from the moment that Argo takes a Workflow up, what it stored
 * must be the template that was read before, and stay so to the end.
 */
export const templateChanged = needing(
  { template: isOtherThanRead },
  (state, now) => {
    const { workload, workflow } = state;
    // Nothing is published of what was denied, and it ends anyway.
    if (
      workflow.kind !== 'present' ||
      workload.status?.gate?.decision === 'deny'
    )
      return undefined;
    const facts = workflow.value;
    const change = changeOf(state, facts);
    if (change === undefined) {
      return facts.finished ? undefined : pinLate(state, facts, now);
    }
    const { workflowArtifacts, template } = workload.status ?? {};
    return end(state, now, {
      phase: 'Failed',
      reason: REASONS.templateChanged,
      message: `What runs is not what was judged: ${change}. The run is stopped.`,
      fields: {
        ...mirrorStopped(workload, facts, 'it is not what was judged', now),
        // As they were: what is there now was not made by what was judged.
        workflowArtifacts,
        template,
      },
    });
  },
);

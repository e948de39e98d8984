import { REASONS, type Phase, type Reason } from '@agentworkloads/api';
import type { WorkflowFacts } from '../../workflow/facts';
import type { Step } from '../decision';
import { mirror, mirrorStopped } from '../mirror';
import type { ObservedState } from '../observed';
import { recordIfNew, recordOrWait } from '../records';
import {
  endsDue,
  executionEnd,
  gateEnd,
  isExecutionOver,
  noProgressEnd,
  settleEnd,
  silenceEnd,
} from '../timers';
import { end } from './ending';

/** How soon an unavailable policy or unreadable admission is looked at again while a gate waits. */
const GATE_RETRY_MS = 15_000;

function factsOf(state: ObservedState): WorkflowFacts | undefined {
  return state.workflow.kind === 'present' ? state.workflow.value : undefined;
}

export const executionOver: Step = (state, now) => {
  const facts = factsOf(state);
  if (!facts || !isExecutionOver(state.workload, now)) return undefined;
  const limit = state.workload.spec.timeouts.execution;
  return end(state, now, {
    phase: 'TimedOut',
    reason: REASONS.executionDeadline,
    message: `The run worked longer than ${limit}; the Workflow is stopped.`,
    fields: mirrorStopped(state.workload, facts, 'out of time', now),
  });
};

/** The phase and the words that stand, for writes that only add facts. */
export function current(
  state: ObservedState,
  facts: WorkflowFacts,
): { phase: Phase; reason: Reason; message: string } {
  const { status } = state.workload;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const known = Object.values(REASONS).find(reason => reason === ready?.reason);
  const temporary: readonly (Reason | undefined)[] = [
    REASONS.argoQueued,
    REASONS.nodesUnreadable,
    REASONS.workflowCreated,
    undefined,
  ];
  const keep = !temporary.includes(known) && known && status?.message;
  return {
    phase: status?.phase ?? 'Running',
    reason: keep ? known : REASONS.workflowRunning,
    message: keep ? status.message ?? '' : `Workflow ${facts.name} runs.`,
  };
}

/** Compressed or offloaded nodes: the operator says so and guesses nothing. */
export const nodesUnreadable: Step = (state, now) => {
  const facts = factsOf(state);
  if (!facts?.unreadable) return undefined;
  const left = (executionEnd(state.workload) ?? now.getTime()) - now.getTime();
  return recordOrWait(state, now, {
    phase: state.workload.status?.phase ?? 'Running',
    reason: REASONS.nodesUnreadable,
    message: `The state of the steps can't be read: ${facts.unreadable}.`,
    stalled: true,
    requeueAfterMs: Math.max(1_000, left),
  });
};

/** Why a silence that is long enough is no end yet; undefined when it is one. */
function waitsFor(
  state: ObservedState,
  facts: WorkflowFacts,
  now: Date,
): string | undefined {
  if (facts.queued) {
    const why = facts.message ? `: ${facts.message}` : '.';
    return `Argo has it in its queue${why}`;
  }
  const end = noProgressEnd(state.workload, facts, state.argo, now);
  return end !== undefined && now.getTime() < end
    ? 'Argo works on other Workflows of this namespace; this one waits for its turn.'
    : undefined;
}

/** What Argo says of the pods of steps that have not begun: an image, or a Secret, that is not there. */
function waitingFor({ steps, namespace }: WorkflowFacts): string {
  const waiting = steps.filter(({ phase }) => phase === 'Pending');
  if (waiting.length === 0) return '';
  const said = waiting.map(({ name, message }) =>
    message ? `step ${name} waits: ${message}` : `step ${name} waits`,
  );
  // A volume that can't be mounted is not named: kubelet tells it in an event only.
  const unnamed = waiting.every(
    ({ message }) =>
      !message || /^(ContainerCreating|PodInitializing)$/.test(message.trim()),
  );
  const hint = unnamed
    ? ` (is the Secret agents-secrets in namespace ${namespace}, with all its keys?)`
    : '';
  return `: ${said.join('; ')}${hint}`.slice(0, 2000);
}

/** Nothing works and nothing moves: Argo is away, or it is stuck. Waiting in a queue is neither. */
export const noProgress: Step = (state, now) => {
  const facts = factsOf(state);
  if (!facts) return undefined;
  const silentAt = silenceEnd(state.workload, facts, now);
  if (silentAt === undefined || now.getTime() < silentAt) return undefined;
  const limit = state.workload.spec.timeouts.noProgress;
  const message = waitsFor(state, facts, now);
  if (message) {
    return recordIfNew(state, now, {
      phase: state.workload.status?.phase ?? 'Running',
      reason: REASONS.argoQueued,
      message,
      fields: mirror(state.workload, facts, now),
    });
  }
  const unseen = facts.phase === '';
  return end(state, now, {
    phase: 'Failed',
    reason: unseen ? REASONS.argoNotObserved : REASONS.argoStalled,
    message: unseen
      ? `No workflow controller took the Workflow within ${limit}; is one running for this namespace?`
      : `Nothing runs and nothing moved for ${limit}${waitingFor(
          facts,
        )}; see the events of the Workflow's pods.`,
    fields: mirrorStopped(state.workload, facts, 'no progress', now),
  });
};

/** Ends of steps and places of artifacts as they come; other changes wait for a reason to write. */
export const follow: Step = (state, now) => {
  const facts = factsOf(state);
  if (!facts) return undefined;
  const due = [
    settleEnd(state.workload, facts, now),
    endsDue(state.workload, facts, now),
  ];
  if (!due.some(time => time !== undefined && time <= now.getTime())) {
    return undefined;
  }
  return recordIfNew(state, now, {
    ...current(state, facts),
    fields: mirror(state.workload, facts, now),
  });
};

/** Nothing to do: until the next change, or the next of the clocks. */
export const waitForChange: Step = (state, now) => {
  const facts = factsOf(state);
  const { workload } = state;
  const waiting =
    workload.status?.gate?.nodeId && !workload.status.gate.decision;
  const retry =
    waiting &&
    (!workload.status?.policy?.gate || state.admission.kind === 'unreadable');
  const ahead = (time: number | undefined) =>
    time !== undefined && time > now.getTime() ? time : undefined;
  const times = [
    executionEnd(workload),
    gateEnd(workload),
    // A queue has no end of its own; once it is noted, only a change or the end of all counts.
    ahead(facts && noProgressEnd(workload, facts, state.argo, now)),
    facts && settleEnd(workload, facts, now),
    ahead(facts && endsDue(workload, facts, now)),
    retry ? now.getTime() + GATE_RETRY_MS : undefined,
  ].filter(time => time !== undefined);
  return times.length === 0
    ? { type: 'wait' }
    : {
        type: 'wait',
        requeueAfterMs: Math.max(100, Math.min(...times) - now.getTime()),
      };
};

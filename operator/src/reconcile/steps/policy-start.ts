import {
  isFinalPhase,
  REASONS,
  specProblems,
  type PolicyRecord,
  type Reason,
  type StartDecision,
} from '@agentworkloads/api';
import {
  strictestGate,
  type Judged,
  type Strictness,
} from '../../policy/answers';
import type { TemplateFacts } from '../../workflow/read-template';
import { needing, type Decision } from '../decision';
import type { Seen } from '../needs';
import type { ObservedState } from '../observed';
import { recordOrWait, type Recording } from '../records';
import { whyNotByTemplate, whyTooOld } from '../evidence-from';
import { pinOf, refusedReference } from '../template-pin';

/** Asks nothing of the API server: the policy's limits may have been raised. */
const PLACE_RETRY_MS = 300_000;
const POLICY_RETRY_MS = 10_000;
/** After a read that brought nothing. */
export const READ_RETRY_MS = 5_000;

function deniedByPolicy(
  state: ObservedState,
  start: PolicyRecord,
  now: Date,
): Decision {
  return recordOrWait(state, now, {
    phase: 'PolicyDenied',
    reason: REASONS.policyDenies,
    message: `Policy denies the start: ${start.reasons.join('; ')}`,
    conditions: { PolicyAllowed: 'False' },
    fields: { policy: { start } },
    event: 'Warning',
  });
}

/** The answer was allow; what it could not know speaks against it. */
export function deniedFor(
  state: ObservedState,
  start: PolicyRecord,
  why: string,
  now: Date,
): Decision {
  const { said: _ofTheAllow, ...allowed } = start;
  const record: PolicyRecord = { ...allowed, decision: 'deny', reasons: [why] };
  return deniedByPolicy(state, record, now);
}

/** No Workflow of it will ever be. */
export function notCreated(
  state: ObservedState,
  reason: Reason,
  message: string,
  now: Date,
): Decision {
  return recordOrWait(state, now, {
    phase: 'Failed',
    reason,
    message,
    conditions: { WorkflowCreated: 'False' },
    event: 'Warning',
  });
}

/** The run was to use the pages of another one, and can't: it ends, and says what to do. */
export function evidenceRefused(
  state: ObservedState,
  template: TemplateFacts | undefined,
  now: Date,
): Decision | undefined {
  if (!state.workload.spec.evidenceFrom) return undefined;
  const { refusedEvidence, earlierRuns, startPolicy } = state;
  const { kept } =
    startPolicy?.kind === 'answered'
      ? startPolicy.value
      : state.workload.status?.policy?.start ?? {};
  const record = earlierRuns?.evidenceFrom;
  const why =
    refusedEvidence ??
    (record && whyTooOld(record, kept?.atMostSeconds, now)) ??
    (template && whyNotByTemplate(template));
  return why === undefined
    ? undefined
    : notCreated(state, REASONS.evidenceUnfit, why, now);
}

/** The gate in force where a run is opened again: as strict as that of the run before, at least. */
export function noSofter(
  gate: Strictness,
  { gateBefore }: Pick<ObservedState, 'gateBefore'>,
): Strictness {
  return gateBefore ? strictestGate(gate, gateBefore) : gate;
}

function templateIn({ template }: ObservedState): TemplateFacts | undefined {
  return template?.kind === 'present' ? template.value : undefined;
}

/** Nothing is decided yet, and the message says why. */
function waitForStart(
  state: ObservedState,
  now: Date,
  why: Pick<Recording, 'reason' | 'message' | 'event'> & {
    /** When it is asked again, if nothing wakes it before. */
    requeueAfterMs: number;
  },
): Decision {
  return recordOrWait(state, now, {
    phase: 'Pending',
    conditions: { PolicyAllowed: 'Unknown' },
    ...why,
  });
}

function waitForPolicy(
  state: ObservedState,
  cause: string,
  now: Date,
): Decision {
  return waitForStart(state, now, {
    reason: REASONS.policyUnavailable,
    message: `Policy start can't be had (${cause}); the run waits until it can.`,
    requeueAfterMs: POLICY_RETRY_MS,
    event: 'Warning',
  });
}

/** Allowed, and others go on: whatever ends wakes it; only a changed policy is found by looking. */
function waitForPlace(
  state: ObservedState,
  reasons: string[],
  now: Date,
): Decision {
  return waitForStart(state, now, {
    reason: REASONS.limitReached,
    message: `The run waits for its turn: ${reasons.join('; ')}.`,
    requeueAfterMs: PLACE_RETRY_MS,
    event: 'Normal',
  });
}

function isToBeAsked({ workload }: Seen): boolean {
  const { status, spec, metadata } = workload;
  return (
    !status?.policy?.start &&
    !status?.argoWorkflow &&
    !isFinalPhase(status?.phase) &&
    !spec.cancel &&
    !metadata.deletionTimestamp &&
    specProblems(spec).length === 0
  );
}

/** The answer as it goes into status. */
function recordOf({
  revision,
  value,
}: Extract<Judged<StartDecision>, { kind: 'answered' }>): PolicyRecord {
  const { allow, reasons, said, egress, kept, templateDigests } = value;
  const { longestGateSeconds } = value;
  return {
    decision: allow ? 'allow' : 'deny',
    reasons,
    ...(said ? { said } : {}),
    revision,
    egress,
    ...(kept ? { kept } : {}),
    ...(longestGateSeconds === undefined ? {} : { longestGateSeconds }),
    ...(templateDigests.length > 0 ? { templateDigests } : {}),
  };
}

/** No Workflow before an allow of policy `start` is in status. */
export const policyStart = needing(
  { startPolicy: isToBeAsked },
  (state, now) => {
    const { workload, startPolicy, earlierRuns } = state;
    if (workload.status?.policy?.start || workload.status?.argoWorkflow) {
      return undefined;
    }
    if (!startPolicy || startPolicy.kind === 'unavailable') {
      return waitForPolicy(state, startPolicy?.cause ?? 'not asked', now);
    }
    const { allow, reasons, gate, egress, templateDigests } = startPolicy.value;
    const start = recordOf(startPolicy);
    if (!allow) return deniedByPolicy(state, start, now);
    const template = templateIn(state);
    const refused = template && refusedReference(template, templateDigests);
    if (refused !== undefined) return deniedFor(state, start, refused, now);
    const effective = noSofter(strictestGate(workload.spec.gate, gate), state);
    if (effective.fourEyes && !workload.spec.requestedBy) {
      return deniedFor(
        state,
        start,
        'four eyes are required, and the spec names no requester',
        now,
      );
    }
    if (startPolicy.value.wait.length > 0) {
      return waitForPlace(state, startPolicy.value.wait, now);
    }
    const unfit = evidenceRefused(state, template, now);
    if (unfit) return unfit;
    if (!earlierRuns) return { type: 'wait', requeueAfterMs: READ_RETRY_MS };
    const message = 'Policy allows the start.';
    return recordOrWait(state, now, {
      phase: 'Pending',
      reason: REASONS.policyAllows,
      message,
      conditions: {
        PolicyAllowed: {
          status: 'True',
          reason: REASONS.policyAllows,
          message: reasons.join('; ') || message,
        },
      },
      fields: {
        policy: { start },
        gate: effective,
        workflowNames: [state.freshName],
        ...earlierRuns,
        ...(template
          ? { template: pinOf(state, template, { egress, ...earlierRuns }) }
          : {}),
      },
    });
  },
);

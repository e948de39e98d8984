import {
  CONDITION_TYPES,
  REASONS,
  type PolicyRecord,
  type Reason,
} from '@agentworkloads/api';
import { strictestGate } from '../../policy/answers';
import type { TemplateFacts } from '../../workflow/read-template';
import type { Decision, Step } from '../decision';
import type { ObservedState } from '../observed';
import { normal, recordOrWait, warning } from '../records';
import { pinOf, refusedReference } from '../template-pin';

/** Asks nothing of the API server: the policy's limits may have been raised. */
const PLACE_RETRY_MS = 300_000;
const POLICY_RETRY_MS = 10_000;

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

/** The answer was allow; what it could not know speaks against it. */
export function deniedFor(
  state: ObservedState,
  start: PolicyRecord,
  why: string,
  now: Date,
): Decision {
  const record: PolicyRecord = { ...start, decision: 'deny', reasons: [why] };
  return deniedByPolicy(state, record, now);
}

function templateIn({ template }: ObservedState): TemplateFacts | undefined {
  return template?.kind === 'present' ? template.value : undefined;
}

/** Nothing is decided yet, and the message says why. */
function waitForStart(
  state: ObservedState,
  reason: Reason,
  { message, againMs, tell }: Waiting,
  now: Date,
): Decision {
  const status = 'Unknown' as const;
  const type = CONDITION_TYPES.policyAllowed;
  const conditions = [{ type, status, reason, message }];
  return recordOrWait(
    state,
    { phase: 'Pending', reason, message, conditions },
    now,
    againMs,
    [tell(reason, message)],
  );
}

interface Waiting {
  message: string;
  /** When it is asked again, if nothing wakes it before. */
  againMs: number;
  tell: typeof normal;
}

function waitForPolicy(cause: string): Waiting {
  return {
    message: `Policy start can't be had (${cause}); the run waits until it can.`,
    againMs: POLICY_RETRY_MS,
    tell: warning,
  };
}

/** Allowed, and others go on: whatever ends wakes it; only a changed policy is found by looking. */
function waitForPlace(reasons: string[]): Waiting {
  return {
    message: `The run waits for its turn: ${reasons.join('; ')}.`,
    againMs: PLACE_RETRY_MS,
    tell: normal,
  };
}

/** No Workflow before an allow of policy `start` is in status. */
export const policyStart: Step = (state, now) => {
  const { workload, startPolicy, baseline } = state;
  if (workload.status?.policy?.start || workload.status?.argoWorkflow) {
    return undefined;
  }
  if (!startPolicy || startPolicy.kind === 'unavailable') {
    const waiting = waitForPolicy(startPolicy?.cause ?? 'not asked');
    return waitForStart(state, REASONS.policyUnavailable, waiting, now);
  }
  const { allow, reasons, gate, egress, kept, templateDigests } =
    startPolicy.value;
  const start: PolicyRecord = {
    decision: allow ? 'allow' : 'deny',
    reasons,
    revision: startPolicy.revision,
    egress,
    ...(kept ? { kept } : {}),
    ...(templateDigests.length > 0 ? { templateDigests } : {}),
  };
  if (!allow) return deniedByPolicy(state, start, now);
  const template = templateIn(state);
  const refused = template && refusedReference(template, templateDigests);
  if (refused !== undefined) return deniedFor(state, start, refused, now);
  const effective = strictestGate(workload.spec.gate, gate);
  if (effective.fourEyes && !workload.spec.requestedBy) {
    return deniedFor(
      state,
      start,
      'four eyes are required, and the spec names no requester',
      now,
    );
  }
  if (startPolicy.value.wait.length > 0) {
    const waiting = waitForPlace(startPolicy.value.wait);
    return waitForStart(state, REASONS.limitReached, waiting, now);
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
        baseline,
        ...(template
          ? { template: pinOf(state, template, { egress, baseline }) }
          : {}),
      },
    },
    now,
  );
};

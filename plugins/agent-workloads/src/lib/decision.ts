import { characters, LIMITS, type GateDecision } from '@agentworkloads/api';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** @returns what is wrong with the comment, as a sentence; undefined when it will do */
export function commentProblem(
  decision: GateDecision,
  comment: string,
): string | undefined {
  if (decision === 'deny' && !comment.trim()) {
    return 'Say why you deny: the person who asked will read it.';
  }
  const count = characters(comment);
  if (count > LIMITS.comment) {
    return `At most ${LIMITS.comment} characters; there are ${count}.`;
  }
  return undefined;
}

/** The gate that stood on the screen, so that the decision can't land on another one. */
export function decisionRequest(
  run: RunDetail,
  decision: GateDecision,
  comment: string,
): DecideGateRequest | undefined {
  const gate = run.gateDetail;
  return gate?.nodeId
    ? {
        workloadUid: run.uid,
        workflowUid: gate.workflowUid,
        nodeId: gate.nodeId,
        decision,
        comment: comment.trim(),
        ...(gate.evidence ? { evidence: gate.evidence } : {}),
      }
    : undefined;
}

/** Who or what closed the gate, in words. */
export function decidedByWords(gate: {
  via?: string;
  decidedBy?: string;
}): string {
  switch (gate.via) {
    case 'policy':
      return 'the policy';
    case 'timeout':
      return 'the time limit of the gate';
    case 'deadline':
      return 'the time limit of the run';
    case 'cancel':
      return gate.decidedBy
        ? `${gate.decidedBy}, who cancelled the run`
        : 'a cancel of the run';
    case 'operator':
      return 'the operator, because the approval was gone';
    default:
      return gate.decidedBy ?? 'somebody unnamed';
  }
}

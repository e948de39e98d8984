import { characters, LIMITS, type GateDecision } from '@agentworkloads/api';
import type {
  DecideGateRequest,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';

import type { Words } from '../translation/words';

/** @returns what is wrong with the comment, as a sentence; undefined when it will do */
export function commentProblem(
  decision: GateDecision,
  comment: string,
  { t }: Words,
): string | undefined {
  if (decision === 'deny' && !comment.trim()) {
    return t('decision.sayWhy');
  }
  const count = characters(comment);
  if (count > LIMITS.comment) {
    return t('decision.tooLong', {
      most: String(LIMITS.comment),
      characters: String(count),
    });
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
export function decidedByWords(
  gate: { via?: string; decidedBy?: string },
  { t }: Words,
): string {
  switch (gate.via) {
    case 'policy':
      return t('gate.viaPolicy');
    case 'timeout':
      return t('gate.viaTimeout');
    case 'deadline':
      return t('gate.viaDeadline');
    case 'cancel':
      return gate.decidedBy
        ? t('gate.viaCancelBy', { who: gate.decidedBy })
        : t('gate.viaCancel');
    case 'operator':
      return t('gate.viaOperator');
    default:
      return gate.decidedBy ?? t('gate.viaUnnamed');
  }
}

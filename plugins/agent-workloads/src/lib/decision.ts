import {
  characters,
  LIMITS,
  whoDecided,
  type GateDecision,
} from '@agentworkloads/api';
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

type Decided = Parameters<typeof whoDecided>[0];

/**
 * Who or what closed the gate, in words; of several who approved, all who counted.
 * @param requester Kubernetes name of who asked, who does not count under four eyes
 */
export function decidedByWords(
  gate: Decided,
  requester: string | undefined,
  { t, locale }: Words,
): string {
  const names = whoDecided(gate, requester);
  const who = new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    names,
  );
  switch (gate.via) {
    case 'policy':
      return t('gate.viaPolicy');
    case 'timeout':
      return t('gate.viaTimeout');
    case 'deadline':
      return t('gate.viaDeadline');
    case 'cancel':
      return who ? t('gate.viaCancelBy', { who }) : t('gate.viaCancel');
    case 'operator':
      return t('gate.viaOperator');
    default:
      return who || t('gate.viaUnnamed');
  }
}

import type { GateStatus } from '@agentworkloads/api';

const BY = {
  policy: 'policy',
  timeout: 'its time limit',
  deadline: 'the time limit of the run',
  cancel: 'the request to cancel the run',
  operator: 'the operator',
} as const;

/** Who or what decided a gate, to stand after "by" in a sentence. */
export function decidedByWords(
  gate: Pick<GateStatus, 'decidedBy' | 'via'> | undefined,
): string {
  if (gate?.decidedBy) return gate.decidedBy;
  return gate?.via && gate.via !== 'person' ? BY[gate.via] : 'someone';
}

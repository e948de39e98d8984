import { tallyOf, type GateStatus } from '@agentworkloads/api';

const BY = {
  policy: 'policy',
  timeout: 'its time limit',
  deadline: 'the time limit of the run',
  cancel: 'the request to cancel the run',
  operator: 'the operator',
} as const;

/**
 * Who or what decided a gate, to stand after "by" in a sentence. Of several people each once, and only who counted.
 * @param requester - `spec.requestedBy.username`
 */
export function decidedByWords(
  gate:
    | Pick<GateStatus, 'decidedBy' | 'via' | 'decision' | 'votes' | 'fourEyes'>
    | undefined,
  requester?: string,
): string {
  const names = gate?.votes ? tallyOf(gate, requester).people : [];
  const together = gate?.decision === 'approve' && gate.via === 'person';
  if (together && names.length > 1) {
    return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  }
  if (gate?.decidedBy) return gate.decidedBy;
  return gate?.via && gate.via !== 'person' ? BY[gate.via] : 'someone';
}

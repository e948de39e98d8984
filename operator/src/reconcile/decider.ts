import { listed, whoDecided, type GateStatus } from '@agentworkloads/api';

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
  const names = gate ? whoDecided(gate, requester) : [];
  if (names.length > 0) return listed(names);
  return gate?.via && gate.via !== 'person' ? BY[gate.via] : 'someone';
}

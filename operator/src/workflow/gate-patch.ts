import {
  EVIDENCE_PARAMETER,
  GATE_APPROVED,
  GATE_DEFAULT,
  GATE_PARAMETER,
  type GateStatus,
} from '@agentworkloads/api';

export interface JsonPatchOperation {
  op: 'test' | 'replace' | 'add';
  path: string;
  value: unknown;
}

/** RFC 6901: `~` and `/` in a key. */
function pointer(...keys: string[]): string {
  return keys
    .map(key => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`)
    .join('');
}

export interface GatePatchInput {
  workflowUid: string;
  nodeId: string;
  now: Date;
  decision: 'approve' | 'deny';
  via: GateStatus['via'];
  /** What was approved: the step behind the gate gets it as a parameter. */
  evidence: string;
  /** For people, on the node. */
  message: string;
}

/**
 * The guarded patch that opens or shuts a suspend node. Its `test`s make it a compare-and-swap on
 * that node of that Workflow: whoever comes second gets 422 and changes nothing. `outputs` is
 * replaced whole, so that nothing forged through a task result stays; a refusal sets the node
 * Failed, never Succeeded with another value.
 */
export function gatePatch(input: GatePatchInput): JsonPatchOperation[] {
  const node = (...rest: string[]) =>
    pointer('status', 'nodes', input.nodeId, ...rest);
  const approved = input.decision === 'approve';
  const timedOut = input.via === 'timeout' || input.via === 'deadline';
  const refused = timedOut ? GATE_DEFAULT : 'deny';
  const value = approved ? GATE_APPROVED : refused;
  return [
    { op: 'test', path: pointer('metadata', 'uid'), value: input.workflowUid },
    { op: 'test', path: node('type'), value: 'Suspend' },
    { op: 'test', path: node('phase'), value: 'Running' },
    {
      op: 'replace',
      path: node('phase'),
      value: approved ? 'Succeeded' : 'Failed',
    },
    {
      op: 'add',
      path: node('finishedAt'),
      // Argo's times have whole seconds.
      value: input.now.toISOString().replace(/\.\d+Z$/, 'Z'),
    },
    { op: 'add', path: node('message'), value: input.message },
    {
      op: 'add',
      path: node('outputs'),
      value: {
        parameters: [
          { name: GATE_PARAMETER, value },
          { name: EVIDENCE_PARAMETER, value: approved ? input.evidence : '' },
        ],
      },
    },
  ];
}

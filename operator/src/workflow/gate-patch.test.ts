import { describe, expect, it } from '@jest/globals';
import {
  at,
  EVIDENCE,
  GATE_NODE,
  NOW,
  WORKFLOW_UID,
} from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { applyJsonPatch } from '@agentworkloads/kube/testing';
import { gatePatch, type GatePatchInput } from './gate-patch';
import { readWorkflow } from './read-workflow';

const approve: GatePatchInput = {
  workflowUid: WORKFLOW_UID,
  nodeId: GATE_NODE,
  now: NOW,
  decision: 'approve',
  via: 'person',
  evidence: EVIDENCE,
  message: 'approved by alice',
};

function patched(input: GatePatchInput, workflow = aWorkflow().atGate()) {
  const result = applyJsonPatch(workflow.raw(), gatePatch(input));
  return result === undefined
    ? undefined
    : readWorkflow(result, 'b').gates.find(
        gate => gate.nodeId === input.nodeId,
      );
}

describe('the gate patch', () => {
  it('sets the node Succeeded with the value approve', () => {
    expect(patched(approve)).toEqual({
      nodeId: GATE_NODE,
      phase: 'Succeeded',
      value: 'approve',
      evidence: EVIDENCE,
      startedAt: at(-30).toISOString(),
      message: 'approved by alice',
    });
  });

  it.each([
    ['person', 'deny'],
    ['policy', 'deny'],
    ['cancel', 'deny'],
    ['operator', 'deny'],
    ['timeout', 'timed-out'],
    ['deadline', 'timed-out'],
  ] as const)('sets the node Failed when refused by %s', (via, value) => {
    expect(patched({ ...approve, decision: 'deny', via })).toMatchObject({
      phase: 'Failed',
      value,
    });
  });

  it('replaces outputs that were forged, whole', () => {
    const forged = aWorkflow()
      .evidence()
      .gate('Running', {
        outputs: {
          parameters: [
            { name: 'other', value: 'x' },
            { name: 'decision', value: 'approve' },
          ],
        },
      });
    expect(
      patched({ ...approve, decision: 'deny', via: 'person' }, forged),
    ).toMatchObject({ value: 'deny' });
  });

  it('changes nothing when the gate was decided already', () => {
    expect(patched(approve, aWorkflow().passedGate())).toBeUndefined();
  });

  it('changes nothing in a Workflow that was made again under the same name', () => {
    const other = aWorkflow().atGate().withMetadata({ uid: 'another' });
    expect(patched(approve, other)).toBeUndefined();
  });

  it('changes nothing of a node that is no gate', () => {
    const pod = aWorkflow().evidence().gate('Running', { type: 'Pod' });
    expect(applyJsonPatch(pod.raw(), gatePatch(approve))).toBeUndefined();
  });

  it('changes nothing when the nodes are not there', () => {
    const packed = aWorkflow()
      .phase('Running')
      .withStatus({ compressedNodes: 'H4sI' });
    expect(patched(approve, packed)).toBeUndefined();
  });

  it('escapes what a JSON pointer gives a meaning to', () => {
    const nodeId = 'a/b~c';
    const paths = gatePatch({ ...approve, nodeId }).map(({ path }) => path);
    expect(paths).toContain('/status/nodes/a~1b~0c/phase');
  });
});

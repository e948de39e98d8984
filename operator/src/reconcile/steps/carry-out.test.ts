import { describe, expect, it } from '@jest/globals';
import { anApproval, anOwnedApproval } from '../../../test/builders/approval';
import {
  actions,
  condition,
  recorded,
  waits,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import {
  aWorkload,
  EVIDENCE,
  GATE_NODE,
  iso,
  NOW,
  WORKFLOW_NAME,
  WORKFLOW_UID,
} from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';
import type { ObservedState } from '../observed';
import { carryOutGate } from './carry-out';

const atGate = aWorkflow().atGate().facts();
const present = (
  approval: ReturnType<typeof anApproval>,
): ObservedState['decidedBy'] => [{ kind: 'present', value: approval }];
const ACCEPTED = present(anOwnedApproval({}, {}, 'True'));

function waiting(
  parts: Partial<ObservedState>,
  builder = decided('approve'),
): ObservedState {
  return observed(builder.build(), {
    decidedBy: ACCEPTED,
    ...parts,
    workflow: parts.workflow ?? atGate,
  });
}

function decided(decision: 'approve' | 'deny', cancel = false, gate = {}) {
  return aWorkload()
    .withSpec({ cancel })
    .waiting({
      decision,
      via: 'person',
      decidedBy: 'alice',
      comment: 'x',
      approvalName: 'alice-says',
      approvalUid: 'a1',
      ...gate,
    })
    .withStatus({ phase: 'Running' });
}

describe('a decision that is recorded', () => {
  it.each(['approve', 'deny'] as const)('is carried out: %s', decision => {
    expect(actions(waiting({}, decided(decision)))).toEqual([
      {
        type: 'decide-gate',
        workflow: WORKFLOW_NAME,
        patch: {
          workflowUid: WORKFLOW_UID,
          nodeId: GATE_NODE,
          now: NOW,
          decision,
          via: 'person',
          evidence: EVIDENCE,
          message: `${
            decision === 'approve' ? 'approved' : 'denied'
          } by alice: x`,
        },
      },
    ]);
  });

  it('is not carried out twice', () => {
    const workflow = aWorkflow().passedGate().facts();
    const state = observed(decided('approve').build(), { workflow });
    expect(recorded(state).phase).toBe('Running');
    const settled = decided('approve').withStatus(recorded(state)).build();
    waits(observed(settled, { workflow }));
  });

  it('wins over an approval that comes later', () => {
    const approvals = [
      anOwnedApproval({ approver: { username: 'carol' } }, { uid: 'late' }),
    ];
    const workflow = aWorkflow().passedGate().facts();
    const first = recorded(observed(decided('approve').build(), { workflow }));
    expect(first.gate?.decidedBy).toBe('alice');
    const state = observed(decided('approve').build(), {
      workflow,
      approvals,
    });
    expect(actions(state)).toMatchObject([
      { type: 'judge-approval', accepted: false, reason: 'ApprovalTooLate' },
    ]);
  });

  it('to approve gives way to a cancel that came before it was carried out', () => {
    const status = recorded(waiting({}, decided('approve', true)));
    expect(status.phase).toBe('Cancelled');
  });

  it('to deny stops a Workflow whose nodes are packed', () => {
    const workflow = aWorkflow()
      .phase('Running')
      .withStatus({ compressedNodes: 'H4sI' });
    expect(
      actions(
        observed(decided('deny').build(), { workflow: workflow.facts() }),
      ),
    ).toEqual([
      {
        type: 'stop-workflow',
        workflow: WORKFLOW_NAME,
        workflowUid: WORKFLOW_UID,
      },
    ]);
    const stopped = workflow.withSpec({ shutdown: 'Stop' }).facts();
    const next = observed(decided('deny').build(), { workflow: stopped });
    expect(() => actions(next)).toThrow();
  });
});

describe('an approval of a person that is recorded', () => {
  const isPatched = (state: ObservedState) =>
    actions(state).map(({ type }) => type);

  it('is accepted first, and nothing else happens in that pass', () => {
    const approval = anOwnedApproval();
    expect(actions(waiting({ decidedBy: present(approval) }))).toEqual([
      {
        type: 'judge-approval',
        approval,
        accepted: true,
        reason: 'ApprovalUsed',
        message: 'It decided the gate: approve.',
      },
    ]);
    const unowned = present(anApproval());
    expect(isPatched(waiting({ decidedBy: unowned }))).toEqual([
      'own-approval',
      'judge-approval',
    ]);
    expect(isPatched(waiting({}))).toEqual(['decide-gate']);
  });

  const OTHER = 'another';
  it.each<[string, ObservedState['decidedBy']]>([
    ['was deleted', [{ kind: 'absent' }]],
    [
      'is a namesake, made anew',
      present(anOwnedApproval({}, { uid: OTHER }, 'True')),
    ],
    ['denies now', present(anOwnedApproval({ decision: 'deny' }, {}, 'True'))],
    [
      'is of another person now',
      present(anOwnedApproval({ approver: { username: 'eve' } }, {}, 'True')),
    ],
    [
      'is of another workload now',
      present(
        anOwnedApproval({ workloadRef: { name: 'x', uid: OTHER } }, {}, 'True'),
      ),
    ],
    [
      'is of another Workflow now',
      present(
        anOwnedApproval(
          { gate: { workflowUid: OTHER, nodeId: GATE_NODE } },
          {},
          'True',
        ),
      ),
    ],
    [
      'is of another gate now',
      present(
        anOwnedApproval(
          { gate: { workflowUid: WORKFLOW_UID, nodeId: OTHER } },
          {},
          'True',
        ),
      ),
    ],
    [
      'is of other evidence now',
      present(anOwnedApproval({ evidence: 'f'.repeat(64) }, {}, 'True')),
    ],
    ['was refused', present(anOwnedApproval({}, {}, 'False'))],
  ])('opens nothing when it %s: denied, ApprovalGone', (_what, decidedBy) => {
    const status = recorded(waiting({ decidedBy }));
    expect(status.gate).toMatchObject({
      decision: 'deny',
      via: 'operator',
      decidedAt: iso(0),
      approvalUid: 'a1',
    });
    expect(status.gate).not.toHaveProperty('decidedBy');
    expect(condition(status, 'Approved')).toBe('False ApprovalGone');
    expect(status.message).toContain('approval alice-says of alice');

    const next = waiting(
      { decidedBy },
      decided('approve').withStatus({ ...status }),
    );
    expect(actions(next)).toMatchObject([
      { type: 'decide-gate', patch: { decision: 'deny' } },
    ]);
    const over = observed(next.workload, {
      workflow: aWorkflow().phase('Failed').facts(),
    });
    expect(recorded(over)).toMatchObject({ phase: 'Denied' });
    expect(condition(recorded(over), 'Ready')).toBe('False ApprovalGone');
  });

  it.each([
    [
      'nothing of an approval',
      { approvalName: undefined, approvalUid: undefined },
    ],
    ['not even by what it came', { via: undefined }],
    ['the time limit', { via: 'timeout' as const }],
  ])('by a status that names %s opens nothing', (_what, gate) => {
    const state = waiting(
      { decidedBy: [{ kind: 'absent' }] },
      decided('approve', false, gate),
    );
    expect(recorded(state).gate).toMatchObject({
      decision: 'deny',
      via: 'operator',
    });
  });

  it("that can't be read is neither used nor given up", () => {
    const decidedBy = [{ kind: 'unreadable', cause: 'HTTP 500' }] as const;
    expect(waits(waiting({ decidedBy })).requeueAfterMs).toBe(5_000);
  });

  it('may go once the gate has passed', () => {
    const workflow = aWorkflow().passedGate().facts();
    const state = observed(decided('approve').build(), {
      workflow,
      decidedBy: [{ kind: 'absent' }],
    });
    expect(recorded(state).gate?.decision).toBe('approve');
  });

  it('of the policy needs no approval', () => {
    const state = waiting(
      { decidedBy: [{ kind: 'absent' }] },
      decided('approve', false, { via: 'policy', decidedBy: undefined }),
    );
    expect(isPatched(state)).toEqual(['decide-gate']);
  });

  it('to deny needs none either: it can only shut', () => {
    const state = waiting({ decidedBy: [{ kind: 'absent' }] }, decided('deny'));
    expect(isPatched(state)).toEqual(['decide-gate']);
  });

  it('touches no Workflow that has ended', () => {
    const workflow = aWorkflow().atGate().phase('Failed').facts();
    for (const decision of ['approve', 'deny'] as const) {
      const state = waiting(
        { workflow: { kind: 'present', value: workflow } },
        decided(decision),
      );
      expect(carryOutGate(state, NOW)).toBeUndefined();
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { anApproval, anOwnedApproval } from '../../test/builders/approval';
import { actions, settled, waits } from '../../test/builders/decisions';
import { observed } from '../../test/builders/state';
import {
  at,
  aWorkload,
  GATE_NODE,
  iso,
  NOW,
  WORKFLOW_UID,
} from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { judgeApproval } from './judge-approval';
import type { AdmissionFacts } from './observed';

const present: AdmissionFacts = {
  kind: 'present',
  since: '2026-01-01T00:00:00Z',
};

function verdict(
  approval = anApproval(),
  workload = aWorkload().waiting().build(),
  admission: AdmissionFacts = present,
  now = NOW,
) {
  const result = judgeApproval(approval, workload, admission, now);
  return result.accepted ? 'accepted' : result.reason;
}

describe('an approval', () => {
  it('of the gate that waits, in time, by another person, is accepted', () => {
    expect(verdict()).toBe('accepted');
  });

  it.each([
    [
      'another workload',
      { workloadRef: { name: 'weekly', uid: 'older' } },
      'ApprovalOfOtherWorkload',
    ],
    [
      'another Workflow',
      { gate: { workflowUid: 'older', nodeId: 'n' } },
      'ApprovalOfOtherGate',
    ],
    [
      'the same node of another Workflow',
      { gate: { workflowUid: 'older', nodeId: GATE_NODE } },
      'ApprovalOfOtherGate',
    ],
    [
      'another node',
      { gate: { workflowUid: WORKFLOW_UID, nodeId: 'n' } },
      'ApprovalOfOtherGate',
    ],
  ])('of %s is refused', (_what, spec, reason) => {
    expect(verdict(anApproval(spec))).toBe(reason);
  });

  it('before the gate is open is refused: nobody has seen anything yet', () => {
    const workload = aWorkload().started().build();
    expect(verdict(anApproval(), workload)).toBe('ApprovalOfOtherGate');
  });

  it('of a gate that was decided is too late', () => {
    const workload = aWorkload()
      .waiting({ decision: 'approve', decidedBy: 'carol' })
      .build();
    expect(verdict(anApproval(), workload)).toBe('ApprovalTooLate');
  });

  it('of a run that is over is too late', () => {
    const workload = aWorkload()
      .waiting()
      .withStatus({ phase: 'Failed' })
      .build();
    expect(verdict(anApproval(), workload)).toBe('ApprovalTooLate');
  });

  it.each([
    ['made and seen in time', 0, 0, 'accepted'],
    ['made in time, seen later', 1199, 2000, 'accepted'],
    [
      'made late by a clock that is ahead, seen in time',
      1300,
      1100,
      'accepted',
    ],
    ['made and seen too late', 1201, 1202, 'ApprovalTooLate'],
  ])('%s: %s s, %s s is %s', (_what, made, seen, expected) => {
    const approval = anApproval({}, { creationTimestamp: iso(made) });
    expect(verdict(approval, undefined, present, at(seen))).toBe(expected);
  });

  it('counts for nothing while an admission policy is missing', () => {
    const missing: AdmissionFacts = { kind: 'missing', problems: ['x'] };
    expect(verdict(undefined, undefined, missing)).toBe(
      'AdmissionPoliciesMissing',
    );
  });

  it('counts for nothing when it is older than the policies', () => {
    expect(
      verdict(undefined, undefined, { kind: 'present', since: iso(1) }),
    ).toBe('AdmissionPoliciesMissing');
  });

  it.each([
    ['bob', true, 'ApproverIsRequester'],
    ['bob', false, 'accepted'],
    ['alice', true, 'accepted'],
    // Two users to Kubernetes, one person to four eyes.
    ['BOB', true, 'ApproverIsRequester'],
    ['Bob', false, 'accepted'],
  ])('by %s, four eyes %s: %s', (username, fourEyes, expected) => {
    const workload = aWorkload().waiting({ fourEyes }).build();
    expect(verdict(anApproval({ approver: { username } }), workload)).toBe(
      expected,
    );
  });

  it('under four eyes with no known requester counts for nothing', () => {
    const workload = aWorkload()
      .withSpec({ requestedBy: undefined })
      .waiting({ fourEyes: true })
      .build();
    expect(verdict(anApproval(), workload)).toBe('ApproverIsRequester');
  });
});

describe('what becomes of an approval', () => {
  const workflow = aWorkflow().atGate().facts();

  it('it gets its workload as owner and hears why it was refused', () => {
    const workload = aWorkload().waiting({ fourEyes: true }).build();
    const approval = anApproval({ approver: { username: 'bob' } });
    expect(
      actions(observed(workload, { workflow, approvals: [approval] })),
    ).toMatchObject([
      { type: 'own-approval' },
      {
        type: 'judge-approval',
        accepted: false,
        reason: 'ApproverIsRequester',
      },
    ]);
  });

  it('one of another workload gets no owner', () => {
    const workload = aWorkload().waiting().build();
    const approval = anApproval({ workloadRef: { name: 'weekly', uid: 'x' } });
    expect(
      actions(observed(workload, { workflow, approvals: [approval] })).map(
        ({ type }) => type,
      ),
    ).toEqual(['judge-approval']);
  });

  it('one that came before the gate is refused before the gate opens', () => {
    const workload = aWorkload().started().build();
    const approvals = [anOwnedApproval()];
    expect(actions(observed(workload, { workflow, approvals }))).toMatchObject([
      { accepted: false, reason: 'ApprovalOfOtherGate' },
    ]);
  });

  it('the one that was used is told so, after the decision is recorded', () => {
    const workload = aWorkload()
      .waiting({ decision: 'approve', approvalUid: 'a1', decidedBy: 'alice' })
      .withStatus({ phase: 'Completed' })
      .build();
    const approvals = [anOwnedApproval()];
    expect(actions(observed(workload, { approvals }))).toMatchObject([
      { type: 'judge-approval', accepted: true, reason: 'ApprovalUsed' },
    ]);
  });

  it('a verdict stands', () => {
    const workload = aWorkload().waiting().build();
    const approvals = [anOwnedApproval({}, {}, 'False')];
    waits(settled(observed(workload, { workflow, approvals })));
  });
});

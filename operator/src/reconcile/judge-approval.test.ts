import { describe, expect, it } from '@jest/globals';
import type { AgentApproval } from '@agentworkloads/api';
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
import {
  acceptanceOf,
  inOrder,
  isJudged,
  isOwned,
  judgeApproval,
} from './judge-approval';
import type { AdmissionFacts } from './observed';

const present: AdmissionFacts = {
  kind: 'present',
  since: '2026-01-01T00:00:00Z',
};

/** Of other artifacts than the gate has. */
const OTHER = 'f'.repeat(64);

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

  it.each([
    ['approve', 'other evidence', OTHER, 'ApprovalOfOtherEvidence'],
    ['approve', 'no evidence', undefined, 'ApprovalOfOtherEvidence'],
    ['deny', 'other evidence', OTHER, 'accepted'],
    ['deny', 'no evidence', undefined, 'accepted'],
  ] as const)(
    'to %s that names %s: %s',
    (decision, _what, evidence, reason) => {
      expect(verdict(anApproval({ decision, evidence }))).toBe(reason);
    },
  );

  describe('that leaves more time', () => {
    const gate = (fields = {}) =>
      aWorkload()
        .waiting(fields)
        .withStatus({
          policy: {
            start: { decision: 'allow', reasons: [], longestGateSeconds: 3600 },
          },
        })
        .build();
    const extend = (extendTo: string, spec = {}) =>
      anApproval({
        decision: 'extend',
        extendTo,
        evidence: undefined,
        ...spec,
      });

    it.each([
      ['later than the deadline', iso(30 * 60), 'accepted'],
      [
        'an hour after the opening, all that policy leaves',
        iso(3590),
        'accepted',
      ],
      ['a second more', iso(3591), 'ExtensionRefused'],
      ['to the deadline itself', iso(20 * 60), 'ExtensionRefused'],
      ['less than there is', iso(60), 'ExtensionRefused'],
    ])('%s: %s', (_what, until, expected) => {
      expect(verdict(extend(until), gate())).toBe(expected);
    });

    it('may come from who asked for the run, under four eyes too', () => {
      const workload = gate({ fourEyes: true });
      const approver = { username: workload.spec.requestedBy!.username };
      expect(verdict(extend(iso(1800), { approver }), workload)).toBe(
        'accepted',
      );
    });

    it('is refused where policy did not say how long a gate may be', () => {
      const workload = aWorkload().waiting().build();
      expect(verdict(extend(iso(1800)), workload)).toBe('ExtensionRefused');
    });

    it('is refused after twenty times', () => {
      const extensions = Array.from({ length: 20 }, (_, index) => ({
        until: iso(1200),
        by: 'alice',
        at: iso(index),
        approvalUid: `e${index}`,
      }));
      expect(verdict(extend(iso(1800)), gate({ extensions }))).toBe(
        'ExtensionRefused',
      );
    });

    it.each([
      [
        'of another gate',
        { gate: { workflowUid: 'x', nodeId: 'n' } },
        'ApprovalOfOtherGate',
      ],
      [
        'of another run',
        { workloadRef: { name: 'weekly', uid: 'x' } },
        'ApprovalOfOtherWorkload',
      ],
    ])('is refused %s', (_what, spec, expected) => {
      expect(verdict(extend(iso(1800), spec), gate())).toBe(expected);
    });

    it('is too late once the gate is decided, or its time was over', () => {
      const decided = gate({ decision: 'deny' as const });
      expect(verdict(extend(iso(1800)), decided)).toBe('ApprovalTooLate');
      const late = anApproval(
        { decision: 'extend', extendTo: iso(3000) },
        { creationTimestamp: iso(1201) },
      );
      expect(verdict(late, gate(), present, at(1202))).toBe('ApprovalTooLate');
    });
  });

  it('of a gate without evidence is refused, whatever it names', () => {
    const workload = aWorkload().waiting({ evidence: undefined }).build();
    for (const evidence of [undefined, OTHER]) {
      expect(verdict(anApproval({ evidence }), workload)).toBe(
        'ApprovalOfOtherEvidence',
      );
    }
  });

  it.each([
    ['has only been made', aWorkload()],
    ['may start', aWorkload().withStatus({ phase: 'Pending' })],
    ['runs', aWorkload().started()],
    [
      'has lost its Workflow',
      aWorkload().waiting().withStatus({ argoWorkflow: undefined }),
    ],
  ])(
    'of a run that %s is refused: nobody has seen anything yet',
    (_what, run) => {
      expect(verdict(anApproval(), run.build())).toBe('ApprovalOfOtherGate');
    },
  );

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
    ['made too late, seen at the limit', 1201, 1200, 'accepted'],
    ['made at the limit, seen later', 1200, 1201, 'accepted'],
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

  it.each([
    ['approve', 'AdmissionPoliciesMissing'],
    ['deny', 'accepted'],
  ] as const)(
    'that says %s while the CRD drops how many have to approve: %s',
    (decision, expected) => {
      const unkept: AdmissionFacts = { ...present, unkept: 'it drops x' };
      expect(verdict(anApproval({ decision }), undefined, unkept)).toBe(
        expected,
      );
    },
  );

  it('counts when it is of the same second as the policies', () => {
    expect(
      verdict(undefined, undefined, { kind: 'present', since: iso(0) }),
    ).toBe('accepted');
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

describe('a refusal says what is wrong, and what to do', () => {
  const waiting = () => aWorkload().waiting();
  const sentence = (
    approval = anApproval(),
    workload = waiting().build(),
    admission: AdmissionFacts = present,
    now = NOW,
  ) => {
    const result = judgeApproval(approval, workload, admission, now);
    return result.accepted ? 'accepted' : result.message;
  };

  it.each([
    [
      'no gate is open yet; decide again',
      () => sentence(undefined, aWorkload().started().build()),
    ],
    [
      'with uid older, this one is',
      () =>
        sentence(anApproval({ workloadRef: { name: 'weekly', uid: 'older' } })),
    ],
    [
      'to gate n of workflow older, which is not the one that waits',
      () =>
        sentence(anApproval({ gate: { workflowUid: 'older', nodeId: 'n' } })),
    ],
    [
      'approves evidence (none), and the gate opened with',
      () => sentence(anApproval({ evidence: undefined })),
    ],
    [
      'and the gate opened with none; look again',
      () =>
        sentence(undefined, waiting().waiting({ evidence: undefined }).build()),
    ],
    [
      'decided already, by carol',
      () =>
        sentence(
          undefined,
          waiting()
            .waiting({ decision: 'approve', decidedBy: 'carol', via: 'person' })
            .build(),
        ),
    ],
    [
      'the run is over: Failed',
      () =>
        sentence(undefined, waiting().withStatus({ phase: 'Failed' }).build()),
    ],
    [
      `time ended at ${iso(1200)}`,
      () =>
        sentence(
          anApproval({}, { creationTimestamp: iso(1300) }),
          undefined,
          present,
          at(1300),
        ),
    ],
    [
      'a is missing; b is changed; apply deploy/policies and decide again',
      () =>
        sentence(undefined, undefined, {
          kind: 'missing',
          problems: ['a is missing', 'b is changed'],
        }),
    ],
    [
      'it drops x; apply deploy/crds and approve again',
      () =>
        sentence(undefined, undefined, { ...present, unkept: 'it drops x' }),
    ],
    [
      `older than the admission policies (${iso(1)})`,
      () => sentence(undefined, undefined, { kind: 'present', since: iso(1) }),
    ],
    [
      'bob asked for this run',
      () =>
        sentence(
          anApproval({ approver: { username: 'bob' } }),
          waiting().waiting({ fourEyes: true }).build(),
        ),
    ],
    [
      'nobody knows who made the request',
      () =>
        sentence(
          undefined,
          aWorkload()
            .withSpec({ requestedBy: undefined })
            .waiting({ fourEyes: true })
            .build(),
        ),
    ],
  ])('%s', (said, ask) => {
    expect(ask()).toContain(said);
  });
});

describe('approvals of a workload', () => {
  it('are taken in the order of their making, then of their uids', () => {
    const made = (uid: string, seconds: number) =>
      anApproval({}, { uid, creationTimestamp: iso(seconds) });
    expect(
      inOrder([made('b', 5), made('c', 1), made('a', 5)]).map(
        ({ metadata }) => metadata.uid,
      ),
    ).toEqual(['c', 'a', 'b']);
  });

  it('are owned by it when it is one of their owners', () => {
    const ownerReferences = [{ uid: 'other' }, { uid: 'mine' }];
    const approval = anApproval({}, { ownerReferences });
    expect(isOwned(approval, 'mine')).toBe(true);
    expect(isOwned(approval, 'third')).toBe(false);
    expect(isOwned(anApproval(), 'mine')).toBe(false);
  });

  it('are judged once their own condition says so, whatever others say', () => {
    const judged = anApproval({}, {}, 'False');
    expect(acceptanceOf(judged)).toBe('False');
    expect(isJudged(judged)).toBe(true);
    const [condition] = judged.status?.conditions ?? [];
    const other: AgentApproval = {
      ...judged,
      status: { conditions: [{ ...condition, type: 'Seen' }] },
    };
    expect(acceptanceOf(other)).toBeUndefined();
    expect(isJudged(other)).toBe(false);
    expect(isJudged(anApproval())).toBe(false);
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

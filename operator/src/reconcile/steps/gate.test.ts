import { describe, expect, it } from '@jest/globals';
import type { GateDecisionResult } from '@agentworkloads/api';
import { anApproval, anOwnedApproval } from '../../../test/builders/approval';
import {
  actions,
  condition,
  recorded,
  settled,
  waits,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import {
  at,
  aWorkload,
  GATE_NODE,
  iso,
  NOW,
} from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';
import type { Judged } from '../../policy/answers';
import type { ObservedState } from '../observed';
import { recordVerdict } from './gate';

const atGate = aWorkflow().atGate().facts();

function policy(
  decision: GateDecisionResult['decision'],
  fourEyes = false,
): Judged<GateDecisionResult> {
  return {
    kind: 'answered',
    revision: 'r2',
    value: { decision, reasons: [`says ${decision}`], fourEyes },
  };
}

function waiting(
  parts: Partial<ObservedState> = {},
  builder = aWorkload().waiting(),
): ObservedState {
  return observed(builder.build(), {
    ...parts,
    workflow: parts.workflow ?? atGate,
  });
}

describe('a gate that opens', () => {
  it('puts on record what each reason is made of, for the pages to word', () => {
    const said = [{ code: 'changes', values: { number: '4' } }];
    const gatePolicy: Judged<GateDecisionResult> = {
      kind: 'answered',
      revision: 'r2',
      value: {
        decision: 'hold',
        reasons: ['4 changes'],
        said,
        fourEyes: false,
      },
    };
    const status = recorded(
      observed(aWorkload().started().build(), { workflow: atGate, gatePolicy }),
    );
    expect(status.policy?.gate).toMatchObject({ reasons: ['4 changes'], said });
    expect(status.message).toMatch(/: 4 changes$/);
  });

  it('is recorded with its node, its deadline and what the policy says, in one write', () => {
    const status = recorded(
      observed(aWorkload().started().build(), {
        workflow: atGate,
        gatePolicy: policy('hold'),
      }),
    );
    expect(status).toMatchObject({
      phase: 'AwaitingApproval',
      gate: {
        mode: 'human',
        fourEyes: false,
        nodeId: GATE_NODE,
        openedAt: iso(0),
        deadline: iso(30 * 60),
      },
      policy: {
        start: { decision: 'allow' },
        gate: { decision: 'hold', reasons: ['says hold'], revision: 'r2' },
      },
      summary: { pages: 3, notObserved: 1, facts: 12, changes: 4 },
    });
    expect(Object.keys(status.workflowArtifacts ?? {})).toEqual([
      'manifest',
      'shots',
      'facts',
    ]);
    expect(condition(status, 'GateOpen')).toBe('True WaitingForPerson');
    expect(condition(status, 'Approved')).toBe('Unknown WaitingForPerson');
  });

  it('asks for four eyes where the pages led to a host that needs them', () => {
    const status = recorded(
      observed(aWorkload().started().build(), {
        workflow: atGate,
        gatePolicy: policy('hold', true),
      }),
    );
    expect(status.gate).toMatchObject({ mode: 'human', fourEyes: true });
  });

  it('gets stricter also when the policy answers late', () => {
    const status = recorded(
      waiting(
        { gatePolicy: policy('hold', true) },
        aWorkload()
          .waiting()
          .withStatus({
            policy: { start: { decision: 'allow', reasons: [] } },
          }),
      ),
    );
    expect(status.gate).toMatchObject({ nodeId: GATE_NODE, fourEyes: true });
    expect(status.policy?.gate?.decision).toBe('hold');
  });

  it('waits for a person when the policy is away', () => {
    const status = recorded(
      observed(aWorkload().started().build(), {
        workflow: atGate,
        gatePolicy: { kind: 'unavailable', cause: 'OPA is away' },
      }),
    );
    expect(status.phase).toBe('AwaitingApproval');
    expect(status.policy?.gate).toBeUndefined();
    expect(status.message).toContain('OPA is away');
  });

  it('gives people their whole time, whatever the work has left', () => {
    const workload = aWorkload()
      .withSpec({ timeouts: { execution: '21m', suspendGate: '30m' } })
      .started(20 * 60)
      .build();
    const status = recorded(observed(workload, { workflow: atGate }));
    expect(status.gate?.deadline).toBe(iso(30 * 60));
  });

  it('is strict when a status has lost what the gate must be', () => {
    const workload = aWorkload()
      .started()
      .withStatus({ gate: undefined })
      .build();
    const status = recorded(observed(workload, { workflow: atGate }));
    expect(status.gate).toMatchObject({ mode: 'human', fourEyes: true });
  });
});

describe('while the gate waits', () => {
  it('nothing happens before something does, and the next look is at its end', () => {
    expect(waits(settled(waiting())).requeueAfterMs).toBe(20 * 60_000 + 2_000);
  });

  it('a policy that was away is asked again, and what it says is recorded', () => {
    const builder = aWorkload()
      .waiting()
      .withStatus({ policy: { start: { decision: 'allow', reasons: [] } } });
    const away: Judged<GateDecisionResult> = {
      kind: 'unavailable',
      cause: 'OPA is away',
    };
    const stays = settled(waiting({ gatePolicy: away }, builder));
    expect(waits(stays).requeueAfterMs).toBe(15_000);
    const status = recorded(waiting({ gatePolicy: policy('hold') }, builder));
    expect(status.policy?.gate?.decision).toBe('hold');
    expect(status.phase).toBe('AwaitingApproval');
  });

  it.each([
    ['deny', 'human', 'deny'],
    ['deny', 'policy', 'deny'],
    ['allow', 'policy', 'approve'],
  ] as const)(
    'policy %s in mode %s decides: %s',
    (decision, mode, expected) => {
      const builder = aWorkload()
        .waiting({ mode })
        .withStatus({ policy: { gate: { decision, reasons: ['because'] } } });
      const status = recorded(waiting({}, builder));
      expect(status.gate).toMatchObject({
        decision: expected,
        via: 'policy',
        comment: 'because',
        decidedAt: iso(0),
      });
      expect(status.gate).not.toHaveProperty('decidedBy');
    },
  );

  it.each([
    ['allow', 'human'],
    ['hold', 'policy'],
    ['hold', 'human'],
  ] as const)(
    'policy %s in mode %s leaves it to a person',
    (decision, mode) => {
      const builder = aWorkload()
        .waiting({ mode })
        .withStatus({ policy: { gate: { decision, reasons: [] } } });
      const decided = waiting({}, builder);
      expect(JSON.stringify(decided.workload.status?.gate)).not.toContain(
        'decision',
      );
      const { gate } = recorded(
        waiting({ approvals: [anOwnedApproval()] }, builder),
      );
      expect(gate).toMatchObject({ decision: 'approve', via: 'person' });
    },
  );

  it('the approval of a person decides, with name, comment and uid', () => {
    const status = recorded(waiting({ approvals: [anApproval()] }));
    expect(status.phase).toBe('Running');
    expect(status.gate).toMatchObject({
      decision: 'approve',
      decidedBy: 'alice',
      decidedAt: iso(0),
      comment: 'looks right',
      via: 'person',
      approvalUid: 'a1',
    });
    expect(condition(status, 'Approved')).toBe('True ApprovedByPerson');
    expect(condition(status, 'GateOpen')).toBe('False ApprovedByPerson');
  });

  it('a denial of a person decides too', () => {
    const approvals = [anApproval({ decision: 'deny', comment: 'no prices' })];
    const status = recorded(waiting({ approvals }));
    expect(status.gate).toMatchObject({ decision: 'deny', via: 'person' });
    expect(condition(status, 'Approved')).toBe('False DeniedByPerson');
    expect(status.message).toBe('The gate was denied by alice: no prices');
  });

  describe('and a person leaves more time', () => {
    const start = {
      decision: 'allow' as const,
      reasons: [],
      longestGateSeconds: 7200,
    };
    const gate = { decision: 'hold' as const, reasons: ['a person decides'] };
    const builder = () =>
      aWorkload().waiting().withStatus({ policy: { start, gate } });
    const extension = anApproval(
      { decision: 'extend', extendTo: iso(3600), comment: 'legal is on leave' },
      { uid: 'e1' },
    );

    it('it moves the deadline, decides nothing, and who did it is on record', () => {
      const status = recorded(waiting({ approvals: [extension] }, builder()));
      expect(status.phase).toBe('AwaitingApproval');
      expect(status.gate).toMatchObject({
        deadline: iso(3600),
        extensions: [
          {
            until: iso(3600),
            by: 'alice',
            at: iso(0),
            comment: 'legal is on leave',
            approvalUid: 'e1',
          },
        ],
      });
      expect(status.gate).not.toHaveProperty('decision');
    });

    it('it counts once, is told so, and the gate waits until its new end', () => {
      const state = waiting({ approvals: [extension] }, builder());
      const next = aWorkload().withStatus(recorded(state));
      const later = { ...state, workload: next.build() };
      expect(actions(later)).toEqual([
        expect.objectContaining({ type: 'own-approval' }),
        expect.objectContaining({
          type: 'judge-approval',
          accepted: true,
          message: `The gate is open until ${iso(3600)}.`,
        }),
      ]);
      const told = anOwnedApproval(extension.spec, { uid: 'e1' }, 'True');
      expect(
        waits(settled({ ...later, approvals: [told] })).requeueAfterMs,
      ).toBe(3_602_000);
    });

    it('may be asked for in the time of another zone', () => {
      const there = `${iso(3600 + 7200).slice(0, -1)}+02:00`;
      const approvals = [anApproval({ ...extension.spec, extendTo: there })];
      const { gate } = recorded(waiting({ approvals }, builder()));
      expect(gate).toMatchObject({
        deadline: iso(3600),
        extensions: [{ until: iso(3600) }],
      });
    });

    it('a decision beside it decides', () => {
      const approvals = [extension, anApproval({}, { uid: 'a2' })];
      const status = recorded(waiting({ approvals }, builder()));
      expect(status.gate).toMatchObject({
        decision: 'approve',
        approvalUid: 'a2',
      });
    });

    it('it counts although it is seen only after the old end', () => {
      const state = waiting({ approvals: [extension] }, builder());
      const status = recorded(state, at(20 * 60 + 5));
      expect(status.gate).toMatchObject({ deadline: iso(3600) });
      expect(status.gate).not.toHaveProperty('decision');
    });
  });

  it('of two in the same second, one decides, the same one each time', () => {
    const first = anApproval({}, { name: 'x', uid: 'a' });
    const second = anApproval(
      { decision: 'deny', approver: { username: 'carol' } },
      { name: 'a', uid: 'b' },
    );
    for (const approvals of [
      [first, second],
      [second, first],
    ]) {
      expect(recorded(waiting({ approvals })).gate?.approvalUid).toBe('a');
    }
  });

  it.each([
    ['one second before its end', 20 * 60 - 1, 'approve', 'person'],
    ['one second after its end', 20 * 60 + 1, 'approve', 'person'],
    ['three seconds after its end', 20 * 60 + 3, 'approve', 'person'],
  ])(
    'an approval made in time counts when it is seen %s',
    (_what, seconds, decision, via) => {
      const approvals = [
        anApproval({}, { creationTimestamp: iso(20 * 60 - 2) }),
      ];
      const status = recorded(waiting({ approvals }), at(seconds));
      expect(status.gate).toMatchObject({ decision, via });
    },
  );

  it('its time ends: denied', () => {
    const late = anApproval({}, { creationTimestamp: iso(20 * 60 + 1) });
    const status = recorded(waiting({ approvals: [late] }), at(20 * 60 + 2));
    expect(status.gate).toMatchObject({ decision: 'deny', via: 'timeout' });
    expect(condition(status, 'Approved')).toBe('False GateTimeout');
  });

  it('a gate that has lost its times ends with the run: denied', () => {
    const builder = aWorkload()
      .withSpec({ timeouts: { execution: '2m', suspendGate: '1m' } })
      .waiting({ deadline: undefined });
    expect(recorded(waiting({}, builder)).gate).toMatchObject({
      decision: 'deny',
      via: 'deadline',
    });
  });

  it('a cancel is a denial', () => {
    const status = recorded(waiting({}, aWorkload().cancelled().waiting()));
    expect(status.gate).toMatchObject({ decision: 'deny', via: 'cancel' });
    expect(status.gate).not.toHaveProperty('decidedBy');
  });

  it('a cancel has the name and the reason of who asked for it', () => {
    const cancelledBy = { username: 'carol', reason: 'the wrong pages' };
    const builder = aWorkload().cancelled(cancelledBy).waiting();
    expect(recorded(waiting({}, builder)).gate).toMatchObject({
      via: 'cancel',
      decidedBy: 'carol',
      comment: 'the wrong pages',
    });
  });

  it('a person and a cancel at once: the run is cancelled', () => {
    const approvals = [anOwnedApproval()];
    const builder = aWorkload().cancelled().waiting();
    expect(recorded(waiting({ approvals }, builder)).gate).toMatchObject({
      decision: 'deny',
      via: 'cancel',
    });
  });

  it.each([
    ['has passed', aWorkflow().gate('Succeeded')],
    ['was shut', aWorkflow().gate('Failed')],
    ['is not there yet', aWorkflow().evidence()],
  ])('a gate that %s is decided by nobody', (_what, workflow) => {
    const state = waiting({
      approvals: [anOwnedApproval()],
      workflow: { kind: 'present', value: workflow.facts() },
    });
    expect(recordVerdict(state, NOW)).toBeUndefined();
  });

  it('a denial in time that nothing could vouch for ends the gate with its time, as a denial of nobody by name', () => {
    const denial = anOwnedApproval({ decision: 'deny', comment: 'stale' });
    const unproven = (now: Date) =>
      recordVerdict(
        waiting({
          approvals: [denial],
          admission: { kind: 'unreadable', cause: 'exceeded quota' },
        }),
        now,
      );
    const before = unproven(NOW);
    expect(before?.type === 'record' && before.status.gate?.decision).toBe(
      undefined,
    );
    const after = unproven(at(25 * 60));
    if (after?.type !== 'record') throw new Error('nothing was recorded');
    expect(after.status.gate).toMatchObject({
      decision: 'deny',
      via: 'person',
      approvalUid: denial.metadata.uid,
      comment: expect.stringMatching(
        /in the name of alice.*exceeded quota.*stale/,
      ),
    });
    expect(after.status.gate?.decidedBy).toBeUndefined();
  });

  it("admission that can't be proven neither accepts nor refuses, and says so", () => {
    const unproven = waiting({
      approvals: [anOwnedApproval()],
      admission: { kind: 'unreadable', cause: 'exceeded quota' },
    });
    const status = recorded(unproven);
    expect(condition(status, 'Approved')).toBe('Unknown AdmissionUnproven');
    expect(status.message).toContain('exceeded quota');
    expect(status.phase).toBe('AwaitingApproval');
    expect(waits(settled(unproven)).requeueAfterMs).toBe(15_000);
  });
});

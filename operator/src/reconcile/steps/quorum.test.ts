import { describe, expect, it } from '@jest/globals';
import type {
  AgentApproval,
  GateDecisionResult,
  GateVote,
} from '@agentworkloads/api';
import { anApproval, anOwnedApproval } from '../../../test/builders/approval';
import {
  actions,
  condition,
  recorded,
  settled,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import { at, aWorkload, GATE_NODE, iso } from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';
import { decide } from '../decide';
import type { Observed, ObservedState } from '../observed';

const atGate = aWorkflow().atGate().facts();
const LEGAL = { approvals: 2, groups: ['legal'] };

const of = (username: string, groups?: string[], seconds = 0) =>
  anOwnedApproval(
    { approver: { username, ...(groups ? { groups } : {}) } },
    {
      name: `${username}-says`,
      uid: username,
      creationTimestamp: iso(seconds),
    },
  );
const vote = (username: string, ...groups: string[]): GateVote => ({
  username,
  ...(groups.length > 0 ? { groups } : {}),
  decidedAt: iso(0),
  comment: 'looks right',
  approvalName: `${username}-says`,
  approvalUid: username,
});

function waiting(
  approvals: AgentApproval[],
  gate: object = {},
  spec: object = {},
): ObservedState {
  const workload = aWorkload()
    .withSpec(spec)
    .waiting({ ...LEGAL, ...gate });
  return observed(workload.build(), { workflow: atGate, approvals });
}

describe('a gate that asks for two people, one of them of legal', () => {
  it('opens as the spec has it, and says what it waits for', () => {
    const state = observed(aWorkload().started(60, LEGAL).build(), {
      workflow: atGate,
      gatePolicy: {
        kind: 'answered',
        revision: 'r2',
        value: { decision: 'hold', reasons: ['so it is'], fourEyes: false },
      },
    });
    const status = recorded(state);
    expect(status.gate).toMatchObject(LEGAL);
    expect(status.message).toBe(
      'The gate waits for 2 approvals, group legal among them: so it is',
    );
  });

  it('counts the first approval, decides nothing and says what is missing', () => {
    const status = recorded(waiting([of('alice')]));
    expect(status.phase).toBe('AwaitingApproval');
    expect(status.gate?.votes).toEqual([vote('alice')]);
    expect(status.gate?.decision).toBeUndefined();
    expect(status.message).toBe(
      'alice approved. The gate has 1 of 2 approvals; group legal is missing.',
    );
    expect(condition(status, 'Approved')).toBe('Unknown ApprovalsMissing');
    expect(condition(status, 'GateOpen')).toBe('True ApprovalsMissing');
  });

  it('hears what the policy says late before an approval that came with it', () => {
    const late = (value: Partial<GateDecisionResult>) =>
      recorded(
        observed(
          aWorkload()
            .waiting()
            .withStatus({
              policy: { start: { decision: 'allow', reasons: [] } },
            })
            .build(),
          {
            workflow: atGate,
            approvals: [of('alice')],
            gatePolicy: {
              kind: 'answered',
              revision: 'r3',
              value: {
                decision: 'hold',
                reasons: ['a bank'],
                fourEyes: false,
                ...value,
              },
            },
          },
        ),
      );
    const stricter = late(LEGAL);
    expect(stricter.gate).toMatchObject(LEGAL);
    expect(stricter.gate?.decision).toBeUndefined();
    const denied = late({ decision: 'deny' });
    expect(denied.policy?.gate?.decision).toBe('deny');
    expect(denied.gate?.decision).toBeUndefined();
  });

  it('says that approvals are missing also after a late answer', () => {
    const status = recorded(
      observed(
        aWorkload()
          .waiting({ ...LEGAL, votes: [vote('alice')] })
          .withStatus({ policy: { start: { decision: 'allow', reasons: [] } } })
          .build(),
        {
          workflow: atGate,
          gatePolicy: {
            kind: 'answered',
            revision: 'r3',
            value: { decision: 'hold', reasons: ['a bank'], fourEyes: false },
          },
        },
      ),
    );
    expect(status.message).toContain('1 of 2 approvals');
    expect(condition(status, 'Approved')).toBe('Unknown ApprovalsMissing');
  });

  it('names who counted, each once', () => {
    const votes = [vote('bob'), vote('alice'), vote('ALICE', 'hr')];
    const status = recorded(
      waiting(
        [of('carol', ['legal'])],
        { votes, fourEyes: true },
        { requestedBy: { username: 'bob' } },
      ),
    );
    expect(status.message).toBe(
      'The gate was approved by alice and carol: looks right',
    );
  });

  it('tells a counted approval that it counts', () => {
    expect(actions(settled(waiting([of('alice')])))).toMatchObject([
      {
        type: 'judge-approval',
        accepted: true,
        message:
          'It counts; the gate asks for 2 approvals, group legal among them.',
      },
    ]);
  });

  it('is decided by the approval that makes it enough, all in one write', () => {
    const votes = [vote('alice')];
    const status = recorded(waiting([of('carol', ['legal', 'hr'])], { votes }));
    expect(status.gate).toMatchObject({
      decision: 'approve',
      via: 'person',
      decidedBy: 'carol',
      approvalUid: 'carol',
      votes: [vote('alice'), vote('carol', 'legal')],
    });
    expect(status.message).toBe(
      'The gate was approved by alice and carol: looks right',
    );
  });

  it('counts approvals that come together in their order, one a pass', () => {
    const state = waiting([of('carol', ['legal'], 1), of('alice')]);
    const first = recorded(state);
    expect(first.gate?.votes).toEqual([vote('alice')]);
    const both = settled(state).workload.status?.gate;
    expect(both?.votes?.map(({ username }) => username)).toEqual([
      'alice',
      'carol',
    ]);
    expect(both?.decision).toBe('approve');
  });

  it.each<[string, AgentApproval, GateVote[]]>([
    ['the same person', of('ALICE'), [vote('alice')]],
    [
      'a third one where only legal is missing',
      of('dave', ['hr']),
      [vote('alice'), vote('erin')],
    ],
  ])('refuses an approval of %s: it brings nothing', (_who, more, votes) => {
    const state = waiting([more], { votes });
    expect(actions(state)).toMatchObject([
      {
        accepted: false,
        reason: 'ApprovalBringsNothing',
        message: expect.stringContaining('group legal is missing'),
      },
    ]);
  });

  it('takes from the same person a group that was not named at first', () => {
    const again = anOwnedApproval(
      { approver: { username: 'alice', groups: ['legal'] } },
      { uid: 'a2' },
    );
    const status = recorded(waiting([again], { votes: [vote('alice')] }));
    expect(status.gate?.decision).toBeUndefined();
    expect(status.message).toContain('1 of 2 approvals.');
  });

  it('is ended by one denial, of who approved before, too', () => {
    const no = anOwnedApproval({ decision: 'deny', comment: 'no' });
    const status = recorded(waiting([no], { votes: [vote('alice')] }));
    expect(status.gate).toMatchObject({ decision: 'deny', decidedBy: 'alice' });
    expect(status.message).toBe('The gate was denied by alice: no');
  });

  it('counts no approval of who asked for the run under four eyes', () => {
    const state = waiting([of('bob')], { fourEyes: true });
    expect(actions(state)).toMatchObject([{ reason: 'ApproverIsRequester' }]);
    const earlier = waiting([of('carol', ['legal'])], {
      fourEyes: true,
      votes: [vote('bob')],
    });
    expect(recorded(earlier).gate?.decision).toBeUndefined();
  });

  it('runs out of time with what it has', () => {
    const state = waiting([], { votes: [vote('alice')] });
    const { gate, message } = recorded(state, at(25 * 60));
    expect(gate).toMatchObject({ decision: 'deny', via: 'timeout' });
    expect(message).toContain('1 of 2 approvals; group legal is missing');
  });

  describe('of which an approval that counted is gone', () => {
    const missing = (decidedBy: Observed<AgentApproval>[], now?: Date) => {
      const state = waiting([], { votes: [vote('alice')] });
      return decide({ ...state, decidedBy }, now ?? at(60));
    };

    it('says so at once, and that it can not be opened any more', () => {
      const decision = missing([{ kind: 'absent' }]);
      if (decision.type !== 'record') throw new Error(decision.type);
      const { status, events } = decision;
      expect(status.phase).toBe('AwaitingApproval');
      expect(status.gate?.decision).toBeUndefined();
      expect(condition(status, 'Approved')).toBe('Unknown ApprovalGone');
      expect(events).toEqual([
        {
          type: 'Warning',
          reason: 'ApprovalGone',
          note: 'The approval alice-says of alice is not there, so no further approval can open this gate: deny it, or let its time run out and open the run again.',
        },
      ]);
    });

    it('says it once', () => {
      const decision = missing([{ kind: 'absent' }]);
      if (decision.type !== 'record') throw new Error(decision.type);
      const state = waiting([]);
      const again: ObservedState = {
        ...state,
        workload: { ...state.workload, status: decision.status },
        decidedBy: [{ kind: 'absent' }],
      };
      const next = decide(again, at(61));
      expect(next.type === 'record' ? next.events : []).toEqual([]);
      expect(decide(settled(again, at(61)), at(62)).type).toBe('wait');
    });

    it('comes to rest with that also while nothing can vouch for the next approval', () => {
      const state = waiting([of('carol')], { votes: [vote('alice')] });
      const end = settled({
        ...state,
        decidedBy: [{ kind: 'absent' }],
        admission: { kind: 'unreadable', cause: 'HTTP 500' },
      });
      const { status } = end.workload;
      expect(status && condition(status, 'Approved')).toBe(
        'Unknown ApprovalGone',
      );
    });

    it('says nothing where it can not be read, or is there after all', () => {
      const unreadable = missing([{ kind: 'unreadable', cause: 'HTTP 500' }]);
      const there = { kind: 'present', value: of('alice') } as const;
      for (const decision of [unreadable, missing([there])]) {
        expect(JSON.stringify(decision)).not.toContain('ApprovalGone');
      }
    });

    it('still ends by its time, which lets it be opened again', () => {
      const decision = missing([{ kind: 'absent' }], at(25 * 60));
      expect(decision).toMatchObject({
        status: { gate: { decision: 'deny', via: 'timeout' } },
      });
    });
  });

  it('gets stricter where the pages led to a host that asks for more', () => {
    const state = observed(
      aWorkload()
        .started(60, { mode: 'policy', groups: ['legal'] })
        .build(),
      {
        workflow: atGate,
        gatePolicy: {
          kind: 'answered',
          revision: 'r2',
          value: {
            decision: 'hold',
            reasons: [],
            fourEyes: false,
            approvals: 3,
            groups: ['finance'],
          },
        },
      },
    );
    expect(recorded(state).gate).toMatchObject({
      mode: 'human',
      approvals: 3,
      groups: ['legal', 'finance'],
    });
  });
});

describe('a gate that enough people approved', () => {
  const votes = [vote('alice'), vote('carol', 'legal')];
  const there = (
    username: string,
    groups?: string[],
    accepted?: 'True',
  ): Observed<AgentApproval> => ({
    kind: 'present',
    value: anOwnedApproval(
      { approver: { username, ...(groups ? { groups } : {}) } },
      { name: `${username}-says`, uid: username },
      accepted,
    ),
  });
  const ALICE = there('alice', undefined, 'True');
  const CAROL = there('carol', ['legal'], 'True');

  function decided(
    decidedBy: Observed<AgentApproval>[],
    gate: object = {},
  ): ObservedState {
    const workload = aWorkload()
      .waiting({
        ...LEGAL,
        decision: 'approve',
        via: 'person',
        decidedBy: 'carol',
        approvalName: 'carol-says',
        approvalUid: 'carol',
        votes,
        ...gate,
      })
      .withStatus({ phase: 'Running' });
    return observed(workload.build(), { workflow: atGate, decidedBy });
  }

  it('is opened once each of them was told so', () => {
    expect(actions(decided([ALICE, CAROL]))).toMatchObject([
      {
        type: 'decide-gate',
        patch: { nodeId: GATE_NODE, decision: 'approve' },
      },
    ]);
    expect(
      actions(decided([there('alice'), there('carol', ['legal'])])),
    ).toMatchObject([
      { type: 'judge-approval', approval: { metadata: { uid: 'alice' } } },
      { type: 'judge-approval', approval: { metadata: { uid: 'carol' } } },
    ]);
  });

  it.each<[string, Observed<AgentApproval>[]]>([
    ['the first is gone', [{ kind: 'absent' }, CAROL]],
    ['the last is gone', [ALICE, { kind: 'absent' }]],
    ['one names its group no more', [ALICE, there('carol', ['hr'], 'True')]],
    [
      'one is gone and another can not be read',
      [{ kind: 'absent' }, { kind: 'unreadable', cause: 'HTTP 500' }],
    ],
  ])('stays shut where %s: ApprovalGone', (_what, decidedBy) => {
    const status = recorded(decided(decidedBy));
    expect(status.gate).toMatchObject({ decision: 'deny', via: 'operator' });
    expect(condition(status, 'Approved')).toBe('False ApprovalGone');
  });

  it('waits for an approval that can not be read', () => {
    const state = decided([ALICE, { kind: 'unreadable', cause: 'HTTP 500' }]);
    expect(() => recorded(state)).toThrow('not a record but {"type":"wait"');
  });

  it.each([
    ['one vote alone', { votes: [vote('carol', 'legal')] }, [CAROL]],
    ['no vote at all', { votes: undefined }, []],
    [
      'nobody of the group',
      { votes: [vote('alice'), vote('dave')] },
      [ALICE, there('dave', undefined, 'True')],
    ],
  ])('stays shut on a status with %s', (_what, gate, decidedBy) => {
    const status = recorded(decided(decidedBy, gate));
    expect(status.gate).toMatchObject({ decision: 'deny', via: 'operator' });
    expect(status.message).toContain('are not enough');
  });
});

it('an approval of one person is a vote, too', () => {
  const state = observed(aWorkload().waiting().build(), {
    workflow: atGate,
    approvals: [anApproval()],
  });
  expect(recorded(state).gate).toMatchObject({
    decision: 'approve',
    votes: [{ username: 'alice', approvalUid: 'a1' }],
  });
});

import { describe, expect, it } from '@jest/globals';
import { isFinalPhase, agentWorkloadStatusSchema } from '@agentworkloads/api';
import fc from 'fast-check';
import { anApproval } from '../../test/builders/approval';
import {
  at,
  aWorkload,
  iso,
  NOW,
  type WorkloadBuilder,
} from '../../test/builders/workload';
import { aWorkflow, type WorkflowBuilder } from '../../test/builders/workflow';
import { pass, type Simulation } from '../../test/simulation';
import { decideInvalid } from './decide';

type Judged = Simulation['startPolicy'];

/** Some thousands were run while this was written; the seed of a failure is printed. */
const RUNS = 120;

const stages: Record<string, (builder: WorkloadBuilder) => WorkloadBuilder> = {
  new: builder => builder,
  allowed: builder => builder.allowed(),
  started: builder => builder.started(),
  waiting: builder => builder.waiting(),
  approved: builder =>
    builder.waiting({ decision: 'approve', via: 'person', decidedBy: 'alice' }),
  denied: builder =>
    builder.waiting({ decision: 'deny', via: 'timeout', decidedAt: iso(0) }),
};

const workflows: Record<string, () => WorkflowBuilder | undefined> = {
  none: () => undefined,
  unseen: () => aWorkflow(),
  queued: () => aWorkflow().phase('Pending'),
  running: () => aWorkflow().phase('Running').step('scrape', 'Running'),
  stuck: () => aWorkflow().phase('Running').step('scrape', 'Pending'),
  packed: () =>
    aWorkflow().phase('Running').withStatus({ compressedNodes: 'x' }),
  atGate: () => aWorkflow().atGate(),
  passed: () => aWorkflow().passedGate(),
  resumed: () => aWorkflow().passedGate('timed-out'),
  refused: () => aWorkflow().evidence().gate('Failed'),
  completed: () => aWorkflow().completed(),
  failed: () => aWorkflow().phase('Failed', { finishedAt: iso(0) }),
  foreign: () => aWorkflow().ownedBy('someone'),
  recreated: () => aWorkflow().atGate().withMetadata({ uid: 'again' }),
};

const startPolicies: Judged[] = [
  undefined,
  { kind: 'unavailable', cause: 'away' },
  ...[true, false].map(
    (allow): Judged => ({
      kind: 'answered',
      revision: 'r',
      value: {
        allow,
        reasons: [],
        wait: [],
        gate: { mode: 'policy', fourEyes: false },
        egress: { allow: ['*'], deny: [] },
        templateDigests: [],
      },
    }),
  ),
];
const gatePolicies: Simulation['gatePolicy'][] = [
  undefined,
  { kind: 'unavailable', cause: 'away' },
  ...(['allow', 'hold', 'deny'] as const).map(
    (decision): Simulation['gatePolicy'] => ({
      kind: 'answered',
      revision: 'r',
      value: { decision, reasons: [], fourEyes: false },
    }),
  ),
];

const approval = fc
  .record({
    decision: fc.constantFrom('approve' as const, 'deny' as const),
    username: fc.constantFrom('alice', 'bob'),
    stale: fc.boolean(),
    seconds: fc.integer({ min: -60, max: 4000 }),
  })
  .map(({ decision, username, stale, seconds }) => ({
    spec: {
      decision,
      approver: { username },
      ...(stale ? { workloadRef: { name: 'weekly', uid: 'older' } } : {}),
    },
    creationTimestamp: iso(seconds),
  }));

const simulation: fc.Arbitrary<Simulation> = fc
  .record({
    stage: fc.constantFrom(...Object.keys(stages)),
    workflow: fc.constantFrom(...Object.keys(workflows)),
    cancel: fc.boolean(),
    mode: fc.constantFrom('policy' as const, 'human' as const),
    fourEyes: fc.boolean(),
    short: fc.boolean(),
    startPolicy: fc.constantFrom(...startPolicies),
    gatePolicy: fc.constantFrom(...gatePolicies),
    admission: fc.constantFrom('present' as const, 'missing' as const),
    approvals: fc.array(approval, { maxLength: 3 }),
  })
  .map(picked => {
    const builder = aWorkload().withSpec({
      cancel: picked.cancel,
      gate: { mode: picked.mode, fourEyes: picked.fourEyes },
      timeouts: picked.short
        ? { execution: '1m', suspendGate: '10s', noProgress: '10s' }
        : {},
    });
    return {
      workload: (stages[picked.stage]?.(builder) ?? builder).build(),
      workflow: workflows[picked.workflow]?.()?.raw(),
      startPolicy: picked.startPolicy,
      gatePolicy: picked.gatePolicy,
      admission: picked.admission,
      approvals: picked.approvals.map(({ spec, creationTimestamp }, index) =>
        anApproval(spec, {
          uid: `a${index}`,
          name: `a${index}`,
          creationTimestamp,
        }),
      ),
    };
  });

const moment = fc.integer({ min: 0, max: 9000 }).map(at);

function atRest(start: Simulation, now: Date): Simulation {
  let world = start;
  for (let count = 0; count < 12; count += 1) {
    const { decision, world: after } = pass(world, now);
    if (decision.type === 'wait') break;
    world = after;
  }
  return world;
}

describe('whatever is seen, at whatever time', () => {
  it('deciding and applying comes to rest, and stays there', () => {
    fc.assert(
      fc.property(simulation, moment, (start, now) => {
        let world = start;
        for (let count = 0; count < 12; count += 1) {
          const step = pass(world, now);
          if (step.decision.type === 'wait') {
            const again = pass(step.world, now).decision;
            return again.type === 'wait';
          }
          world = step.world;
        }
        return false;
      }),
      { numRuns: RUNS },
    );
  });

  it('nothing is carried out that was not recorded before', () => {
    fc.assert(
      fc.property(simulation, moment, (start, now) => {
        let world = start;
        for (let count = 0; count < 12; count += 1) {
          const { decision, world: after } = pass(world, now);
          if (decision.type === 'wait') break;
          if (decision.type === 'act') {
            const { status } = world.workload;
            for (const action of decision.actions) {
              if (action.type === 'create-workflow') {
                expect(status?.policy?.start?.decision).toBe('allow');
              }
              if (action.type === 'decide-gate') {
                expect(status?.gate?.decision).toBe(action.patch.decision);
                expect(status?.gate?.nodeId).toBe(action.patch.nodeId);
              }
              if (action.type === 'stop-workflow') {
                expect(
                  isFinalPhase(status?.phase) ||
                    status?.gate?.decision === 'deny',
                ).toBe(true);
              }
            }
          }
          world = after;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('an end state, and a decision once recorded, never change', () => {
    fc.assert(
      fc.property(
        simulation,
        fc.array(moment, { minLength: 2, maxLength: 12 }),
        (start, times) => {
          let world = start;
          for (const now of times.sort((a, b) => a.getTime() - b.getTime())) {
            const before = world.workload.status;
            world = pass(world, now).world;
            const after = world.workload.status;
            if (isFinalPhase(before?.phase)) expect(after).toEqual(before);
            const decided = before?.gate?.decision;
            // The one way back: what an approval had opened is shut once that approval is gone.
            const isShut =
              decided === 'approve' && after?.gate?.via === 'operator';
            if (isShut) expect(after.gate?.decision).toBe('deny');
            else if (decided) expect(after?.gate).toEqual(before?.gate);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('Completed means that we approved the gate', () => {
    fc.assert(
      fc.property(simulation, moment, (start, now) => {
        const world = atRest(start, now);
        const { status } = world.workload;
        return (
          status?.phase !== 'Completed' || status.gate?.decision === 'approve'
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('a person decides only with the admission policies in place, never the requester under four eyes', () => {
    fc.assert(
      fc.property(simulation, moment, (start, now) => {
        const decidedBefore = start.workload.status?.gate?.decision;
        const world = atRest(start, now);
        const gate = world.workload.status?.gate;
        if (decidedBefore || gate?.via !== 'person') return true;
        return (
          world.admission === 'present' &&
          !(gate.fourEyes && gate.decidedBy === 'bob')
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('every status that is written is one that the schema takes', () => {
    fc.assert(
      fc.property(simulation, moment, (start, now) => {
        const { decision } = pass(start, now);
        if (decision.type === 'record') {
          agentWorkloadStatusSchema.parse(decision.status);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a spec of the wrong shape', () => {
  const { metadata } = aWorkload().build();

  it('fails and says what is wrong', () => {
    expect(
      decideInvalid({ metadata }, ['targetUrls: too few'], NOW),
    ).toMatchObject({
      type: 'record',
      status: {
        phase: 'Failed',
        message: "The spec can't be run: targetUrls: too few.",
      },
    });
  });

  it.each([
    ['is over', { metadata, status: { phase: 'Failed' as const } }],
    [
      'is being deleted',
      { metadata: { ...metadata, deletionTimestamp: iso(0) } },
    ],
  ])('of a workload that %s changes nothing', (_what, workload) => {
    expect(decideInvalid(workload, ['x'], NOW)).toEqual({ type: 'wait' });
  });
});

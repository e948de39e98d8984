import { describe, expect, it } from '@jest/globals';
import type { GateStatus, Phase } from '@agentworkloads/api';
import { anOwnedApproval } from '../../../test/builders/approval';
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
  WORKFLOW_NAME,
  WORKFLOW_UID,
} from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';

const decided = (gate: Partial<GateStatus>, spec = {}) =>
  aWorkload()
    .withSpec(spec)
    .waiting({ decidedAt: iso(0), ...gate })
    .withStatus({ phase: 'Running' });
const approved = () =>
  decided({ decision: 'approve', via: 'person', decidedBy: 'alice' });

describe('a run that ends', () => {
  it('is Completed when its Workflow succeeded and we approved its gate', () => {
    const status = recorded(
      observed(approved().build(), {
        workflow: aWorkflow().completed().facts(),
      }),
    );
    expect(status.phase).toBe('Completed');
    expect(condition(status, 'Ready')).toBe('True Completed');
    expect(condition(status, 'Reconciling')).toBe('False Completed');
    expect(condition(status, 'ArtifactsRecorded')).toBe('True Completed');
    expect(status.message).toBe('Completed; the gate was approved by alice.');
    expect(status.steps?.map(({ name }) => name)).toContain('synthesis');
  });

  it('is Completed without the places of its reports, and says which', () => {
    const workflow = aWorkflow()
      .passedGate()
      .step('synthesis', 'Succeeded')
      .phase('Succeeded', { finishedAt: iso(0) });
    const status = recorded(
      observed(approved().build(), { workflow: workflow.facts() }),
    );
    expect(condition(status, 'ArtifactsRecorded')).toBe(
      'False ArtifactsMissing',
    );
  });

  it.each([
    ['scrape', 'Failed', 0, 'Step scrape failed: exit code 20'],
    ['scrape', 'Error', 2, 'Step scrape failed after 3 tries: exit code 20'],
  ])(
    'is Failed with the words of step %s (%s, %i retries)',
    (name, phase, retries, message) => {
      const workflow = aWorkflow().phase('Failed', { finishedAt: iso(0) });
      const children = Array.from({ length: retries + 1 }, (_, i) => `t${i}`);
      workflow.step(name, phase, {
        type: 'Retry',
        children,
        message: 'exit code 20',
      });
      children.forEach((id, index) =>
        workflow.node(id, {
          name: `${WORKFLOW_NAME}.${name}(${index})`,
          type: 'Pod',
          phase,
        }),
      );
      const status = recorded(
        observed(aWorkload().started().build(), { workflow: workflow.facts() }),
      );
      expect(status.phase).toBe('Failed');
      expect(status.message).toBe(message);
      expect(condition(status, 'Ready')).toBe('False StepFailed');
    },
  );

  it('is Failed with the words of the Workflow when no step failed', () => {
    const workflow = aWorkflow()
      .phase('Error', { message: 'template not found', finishedAt: iso(0) })
      .facts();
    const status = recorded(
      observed(aWorkload().started().build(), { workflow }),
    );
    expect(status.message).toBe(
      'The Workflow ended as Error: template not found',
    );
    expect(condition(status, 'Ready')).toBe('False WorkflowFailed');
  });

  it('leaves no step Running of a Workflow that others stopped, and says so with the words of its attempt', () => {
    const workflow = aWorkflow()
      .step('scrape', 'Succeeded')
      .step('dom', 'Running', { type: 'Retry', children: ['t0'] })
      .node('t0', {
        name: `${WORKFLOW_NAME}.dom(0)`,
        type: 'Pod',
        phase: 'Failed',
        message: 'workflow shutdown with strategy: Stop',
        finishedAt: iso(-2),
      })
      .phase('Failed', { finishedAt: iso(0) });
    const status = recorded(
      observed(aWorkload().started().build(), { workflow: workflow.facts() }),
    );
    expect(status.phase).toBe('Failed');
    expect(status.steps).toMatchObject([
      { name: 'dom', phase: 'Failed', finishedAt: '2026-03-02T09:59:58.000Z' },
      { name: 'scrape', phase: 'Succeeded' },
    ]);
    expect(status.message).toBe(
      'Step dom failed: workflow shutdown with strategy: Stop',
    );
  });

  it('does not take a failed attempt for a failure', () => {
    const workflow = aWorkflow()
      .phase('Running')
      .step('scrape', 'Running', { type: 'Retry', children: ['t0', 't1'] })
      .node('t0', {
        name: `${WORKFLOW_NAME}.scrape(0)`,
        type: 'Pod',
        phase: 'Failed',
      })
      .node('t1', {
        name: `${WORKFLOW_NAME}.scrape(1)`,
        type: 'Pod',
        phase: 'Running',
      });
    waits(
      observed(aWorkload().started().build(), { workflow: workflow.facts() }),
    );
  });

  it("is TimedOut when Argo's own deadline came first, the operator being away", () => {
    const workflow = aWorkflow()
      .evidence()
      .gate('Failed', { message: 'Step exceeded its deadline' })
      .step('synthesis', 'Omitted')
      .withMetadata({ creationTimestamp: iso(-9000) })
      .phase('Failed', { finishedAt: iso(0) });
    const status = recorded(
      observed(aWorkload().started(8900).build(), {
        workflow: workflow.facts(),
      }),
    );
    expect(status.phase).toBe('TimedOut');
    expect(condition(status, 'Ready')).toBe('False ExecutionDeadlineExceeded');
  });

  it('is Cancelled when it was to be, however its Workflow put it', () => {
    const workflow = aWorkflow().phase('Failed', { finishedAt: iso(0) });
    const status = recorded(
      observed(aWorkload().cancelled().started().build(), {
        workflow: workflow.facts(),
      }),
    );
    expect(status.phase).toBe('Cancelled');
  });
});

describe('a gate that was denied', () => {
  const shut = () => aWorkflow().evidence().gate('Failed');
  const ended = () =>
    shut()
      .step('synthesis', 'Omitted')
      .phase('Failed', { finishedAt: iso(1) });

  it.each<[GateStatus['via'], Phase, string]>([
    ['person', 'Denied', 'DeniedByPerson'],
    ['policy', 'Denied', 'DeniedByPolicy'],
    ['timeout', 'TimedOut', 'GateTimeout'],
    ['deadline', 'TimedOut', 'ExecutionDeadlineExceeded'],
    ['cancel', 'Cancelled', 'CancelRequested'],
  ])('by %s ends as %s', (via, phase, reason) => {
    const builder = decided({ decision: 'deny', via });
    const status = recorded(
      observed(builder.build(), { workflow: ended().facts() }),
    );
    expect(status.phase).toBe(phase);
    expect(condition(status, 'Ready')).toBe(`False ${reason}`);
    expect(status.steps).toContainEqual(
      expect.objectContaining({ name: 'synthesis', phase: 'Omitted' }),
    );
  });

  it('waits a little for the Workflow to end, and not for ever', () => {
    const workload = decided({
      decision: 'deny',
      via: 'person',
      decidedBy: 'alice',
      comment: 'no prices',
    }).build();
    const workflow = shut().step('synthesis', 'Pending').facts();
    const state = observed(workload, { workflow });
    expect(waits(state, at(10)).requeueAfterMs).toBe(20_000);
    const status = recorded(state, at(30));
    expect(status.phase).toBe('Denied');
    expect(status.message).toBe('The gate was denied by alice: no prices');
    expect(status.steps).toContainEqual(
      expect.objectContaining({ name: 'synthesis', phase: 'Omitted' }),
    );
  });

  it('ends as denied when its Workflow is gone', () => {
    const workload = decided({ decision: 'deny', via: 'timeout' }).build();
    expect(recorded(observed(workload)).phase).toBe('TimedOut');
  });
});

describe('a Workflow that goes', () => {
  it.each([
    ['is deleted', undefined],
    [
      'is made again under its name',
      aWorkflow().withMetadata({ uid: 'another' }).facts(),
    ],
  ])('and %s fails the run', (_what, workflow) => {
    const status = recorded(
      observed(aWorkload().started().build(), { workflow }),
    );
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'Ready')).toBe('False WorkflowDeleted');
  });

  it('is no failure of a run whose success is in status already', () => {
    const facts = aWorkflow().completed().facts();
    const approved = aWorkload()
      .waiting({ decision: 'approve', decidedBy: 'alice', via: 'person' })
      .withStatus({ steps: facts.steps, workflowArtifacts: facts.artifacts });
    const status = recorded(observed(approved.build()));
    expect(status.phase).toBe('Completed');
    expect(condition(status, 'ArtifactsRecorded')).toBe('True Completed');

    const missing = { ...facts.artifacts };
    delete missing['report-json'];
    for (const part of [
      { workflowArtifacts: missing },
      { steps: facts.steps.filter(({ name }) => name !== 'synthesis') },
      { gate: { mode: 'human', fourEyes: false, nodeId: 'gate' } as const },
    ]) {
      const partly = aWorkload()
        .waiting({ decision: 'approve', decidedBy: 'alice', via: 'person' })
        .withStatus({ steps: facts.steps, workflowArtifacts: facts.artifacts })
        .withStatus(part);
      expect(recorded(observed(partly.build())).phase).toBe('Failed');
    }
  });

  it('is no failure of a run that is cancelled', () => {
    const workload = aWorkload().cancelled().started().build();
    expect(recorded(observed(workload)).phase).toBe('Cancelled');
  });

  it('is not taken for gone when it could not be read', () => {
    const workflow = { kind: 'unreadable', cause: 'HTTP 500' } as const;
    const state = observed(aWorkload().started().build(), { workflow });
    expect(waits(state).requeueAfterMs).toBe(5_000);
  });
});

describe('a gate that passes behind our back', () => {
  it.each([
    ['with the value that lets the run go on', 'approve'],
    ['with the default of a resume', 'timed-out'],
  ])('%s fails the run', (_what, value) => {
    const workflow = aWorkflow().passedGate(value).facts();
    const status = recorded(
      observed(aWorkload().waiting().build(), { workflow }),
    );
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'GateBypassed')).toBe('True GateBypassed');
    expect(status.steps).toContainEqual(
      expect.objectContaining({ name: 'gate', phase: 'Succeeded' }),
    );
  });

  it('in the gap before we even saw it open', () => {
    const workflow = aWorkflow().passedGate().facts();
    const status = recorded(
      observed(aWorkload().started().build(), { workflow }),
    );
    expect(status.phase).toBe('Failed');
  });

  it('although it was denied', () => {
    const builder = decided({ decision: 'deny', via: 'person' });
    const workflow = aWorkflow().passedGate().facts();
    const status = recorded(observed(builder.build(), { workflow }));
    expect(condition(status, 'GateBypassed')).toBe('True GateBypassed');
  });

  it('after our approval, without the value: the reports will not come', () => {
    const workflow = aWorkflow().passedGate('timed-out').facts();
    const status = recorded(observed(approved().build(), { workflow }));
    expect(condition(status, 'GateBypassed')).toBe('True GateBypassed');
  });

  it('because the step behind it just began', () => {
    const workflow = aWorkflow().atGate().step('synthesis', 'Running').facts();
    const status = recorded(
      observed(aWorkload().waiting().build(), { workflow }),
    );
    expect(status.phase).toBe('Failed');
    expect(status.steps).toContainEqual(
      expect.objectContaining({ name: 'synthesis', phase: 'Failed' }),
    );
  });

  it.each([
    ['has none', aWorkflow().evidence()],
    ['skipped it', aWorkflow().evidence().gate('Skipped', { type: 'Skipped' })],
    ['never opened it', aWorkflow()],
  ])('because the Workflow %s and succeeded', (_what, workflow) => {
    const facts = workflow.phase('Succeeded', { finishedAt: iso(0) }).facts();
    const status = recorded(
      observed(aWorkload().started().build(), { workflow: facts }),
    );
    expect(status.phase).toBe('Failed');
  });

  it.each([
    ['waits', () => aWorkflow().atGate()],
    ['has passed', () => aWorkflow().passedGate()],
  ])('being another than the approved one, which %s', (_what, workflow) => {
    const value = { parameters: [{ name: 'decision', value: 'approve' }] };
    const facts = workflow()
      .node('g2', {
        displayName: 'gate',
        type: 'Suspend',
        phase: 'Succeeded',
        outputs: value,
      })
      .facts();
    const status = recorded(observed(approved().build(), { workflow: facts }));
    expect(condition(status, 'GateBypassed')).toBe('True GateBypassed');
    expect(status.message).toContain('gate g2 was passed');
  });

  it('being the second of two gates', () => {
    const workflow = aWorkflow()
      .passedGate()
      .node('g2', { displayName: 'gate', type: 'Suspend', phase: 'Succeeded' });
    const status = recorded(
      observed(approved().build(), { workflow: workflow.facts() }),
    );
    expect(condition(status, 'GateBypassed')).toBe('True GateBypassed');
  });
});

describe('a run that is over', () => {
  const over = (phase: Phase) =>
    aWorkload().started().withStatus({ phase }).build();
  const running = aWorkflow().phase('Running').step('dom', 'Running');

  it.each<Phase>(['Failed', 'TimedOut', 'Cancelled'])(
    'as %s has its Workflow stopped if that still runs',
    phase => {
      expect(
        actions(observed(over(phase), { workflow: running.facts() })),
      ).toEqual([
        {
          type: 'stop-workflow',
          workflow: WORKFLOW_NAME,
          workflowUid: WORKFLOW_UID,
        },
      ]);
    },
  );

  it.each([
    ['is Completed', 'Completed', running.facts()],
    [
      'is stopping already',
      'Failed',
      aWorkflow().phase('Running').withSpec({ shutdown: 'Stop' }).facts(),
    ],
    [
      'has a Workflow that ended',
      'Failed',
      aWorkflow().phase('Failed').facts(),
    ],
    [
      'has a Workflow that is deleted',
      'Failed',
      aWorkflow()
        .phase('Running')
        .withMetadata({ deletionTimestamp: iso(0) })
        .facts(),
    ],
    ['has none', 'Failed', undefined],
    [
      'has a namesake of another owner',
      'Failed',
      aWorkflow().phase('Running').ownedBy('other').facts(),
    ],
    [
      'has a successor of the Workflow that it had',
      'Failed',
      aWorkflow().phase('Running').withMetadata({ uid: 'other' }).facts(),
    ],
  ] as const)('and %s: nothing is touched', (_what, phase, workflow) => {
    expect(waits(observed(over(phase), { workflow }))).toEqual({
      type: 'wait',
    });
  });

  it('by a denial leaves the end to Argo', () => {
    const workload = decided({ decision: 'deny', via: 'person' })
      .withStatus({ phase: 'Denied' })
      .build();
    const workflow = aWorkflow().evidence().gate('Failed').facts();
    waits(observed(workload, { workflow }));
  });

  it('tells those who decide too late', () => {
    const workload = aWorkload()
      .waiting()
      .withStatus({ phase: 'Failed' })
      .build();
    const approvals = [anOwnedApproval()];
    expect(actions(observed(workload, { approvals }))).toMatchObject([
      { reason: 'ApprovalTooLate' },
    ]);
  });
});

describe('a cancel', () => {
  it('with no gate open ends the run, and the rows of its steps', () => {
    const workflow = aWorkflow()
      .phase('Running')
      .step('scrape', 'Succeeded')
      .step('dom', 'Running')
      .step('screenshot', 'Pending');
    const status = recorded(
      observed(aWorkload().cancelled().started().build(), {
        workflow: workflow.facts(),
      }),
    );
    expect(status.phase).toBe('Cancelled');
    expect(
      Object.fromEntries(
        status.steps?.map(({ name, phase }) => [name, phase]) ?? [],
      ),
    ).toEqual({ scrape: 'Succeeded', dom: 'Failed', screenshot: 'Omitted' });
  });

  it.each([
    [{}, 'Cancelled on request; the Workflow is stopped.'],
    [
      {
        annotations: { 'agentworkloads.io/replaced-by': 'weekly-2' },
        ownerReferences: [
          {
            apiVersion: 'agentworkloads.io/v1alpha1',
            kind: 'AgentWorkloadSchedule',
            name: 'weekly',
            uid: 'u',
            controller: true,
          },
        ],
      },
      'Cancelled: replaced by weekly-2; the Workflow is stopped.',
    ],
    [
      { annotations: { 'agentworkloads.io/replaced-by': 'anything' } },
      'Cancelled on request; the Workflow is stopped.',
    ],
  ])(
    'says whether the schedule of the run asked for it: %#',
    (metadata, message) => {
      const workload = aWorkload().withMetadata(metadata).cancelled().started();
      const workflow = aWorkflow().phase('Running').step('scrape', 'Running');
      const state = observed(workload.build(), { workflow: workflow.facts() });
      expect(recorded(state).message).toBe(message);
    },
  );

  it.each([
    [{ username: 'carol' }, 'Cancelled by carol; the Workflow is stopped.'],
    [
      { username: 'carol', reason: 'the wrong pages' },
      'Cancelled by carol (“the wrong pages”); the Workflow is stopped.',
    ],
  ])('says who asked for it, and why: %j', (cancelledBy, message) => {
    const workload = aWorkload().cancelled(cancelledBy).started();
    const workflow = aWorkflow().phase('Running').step('scrape', 'Running');
    const state = observed(workload.build(), { workflow: workflow.facts() });
    expect(recorded(state).message).toBe(message);
  });

  it('closes the condition of a gate that was open', () => {
    const open = settled(
      observed(aWorkload().started().build(), {
        workflow: aWorkflow().atGate().facts(),
      }),
    );
    const gone = { ...open, workflow: { kind: 'absent' } as const };
    expect(condition(recorded(gone), 'GateOpen')).toBe('False WorkflowDeleted');
    expect(open.workload.status?.gate?.nodeId).toBe(GATE_NODE);
  });
});

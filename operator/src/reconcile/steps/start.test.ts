import { describe, expect, it } from '@jest/globals';
import { specProblems, type StartDecision } from '@agentworkloads/api';
import { BASELINE } from '../../../test/builders/completed-run';
import {
  actions,
  condition,
  recorded,
  waits,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import { TEMPLATE_META } from '../../../test/builders/template';
import {
  MONDAY,
  MONDAYS_EVIDENCE,
  TEMPLATE_OF_BEFORE,
} from '../../../test/builders/timed-out-run';
import {
  aWorkload,
  iso,
  NOW,
  WORKFLOW_NAME,
  WORKFLOW_UID,
  WORKLOAD_UID,
} from '../../../test/builders/workload';
import { aWorkflow } from '../../../test/builders/workflow';
import type { Judged } from '../../policy/answers';
import { buildWorkflow } from '../../workflow/build-workflow';

function answer(value: Partial<StartDecision> = {}): Judged<StartDecision> {
  return {
    kind: 'answered',
    revision: 'r1',
    value: {
      allow: true,
      reasons: [],
      wait: [],
      gate: { mode: 'policy', fourEyes: false },
      egress: { allow: ['*'], deny: ['denied.example'] },
      templateDigests: [],
      ...value,
    },
  };
}

describe('before a Workflow, policy start', () => {
  it('allows, and that is recorded before anything is made', () => {
    const status = recorded(
      observed(aWorkload().build(), { startPolicy: answer() }),
    );
    expect(status).toMatchObject({
      observedGeneration: 1,
      phase: 'Pending',
      policy: { start: { decision: 'allow', reasons: [], revision: 'r1' } },
      gate: { mode: 'human', fourEyes: false },
    });
    expect(condition(status, 'PolicyAllowed')).toBe('True PolicyAllows');
    expect(condition(status, 'Ready')).toBe('Unknown PolicyAllows');
    expect(condition(status, 'Reconciling')).toBe('True PolicyAllows');
  });

  it.each([
    ['human', false, 'policy', false, 'human', false],
    ['policy', false, 'policy', false, 'policy', false],
    ['policy', false, 'human', false, 'human', false],
    ['policy', false, 'policy', true, 'policy', true],
    ['human', true, 'policy', false, 'human', true],
  ] as const)(
    'spec %s/%s and policy %s/%s give a gate %s/%s, never looser',
    (mode, fourEyes, theirMode, theirEyes, wantMode, wantEyes) => {
      const workload = aWorkload()
        .withSpec({ gate: { mode, fourEyes } })
        .build();
      const startPolicy = answer({
        gate: { mode: theirMode, fourEyes: theirEyes },
      });
      expect(recorded(observed(workload, { startPolicy })).gate).toEqual({
        mode: wantMode,
        fourEyes: wantEyes,
      });
    },
  );

  it('denies, and the run is over', () => {
    const startPolicy = answer({ allow: false, reasons: ['host x is denied'] });
    const status = recorded(observed(aWorkload().build(), { startPolicy }));
    expect(status.phase).toBe('PolicyDenied');
    expect(status.message).toContain('host x is denied');
    expect(condition(status, 'PolicyAllowed')).toBe('False PolicyDenies');
    expect(condition(status, 'Ready')).toBe('False PolicyDenies');
    expect(condition(status, 'Reconciling')).toBe('False PolicyDenies');
  });

  it('asks for four eyes where nobody is named: denied', () => {
    const workload = aWorkload().withSpec({ requestedBy: undefined }).build();
    const startPolicy = answer({ gate: { mode: 'human', fourEyes: true } });
    const status = recorded(observed(workload, { startPolicy }));
    expect(status.phase).toBe('PolicyDenied');
    expect(status.message).toContain('names no requester');
  });

  it.each<[string, Judged<StartDecision> | undefined]>([
    ['is not reachable', { kind: 'unavailable', cause: 'OPA is away' }],
    ['was not asked', undefined],
  ])('%s: wait with a condition, never allow', (_what, startPolicy) => {
    const state = observed(aWorkload().build(), { startPolicy });
    const status = recorded(state);
    expect(status.phase).toBe('Pending');
    expect(status.policy).toBeUndefined();
    expect(condition(status, 'PolicyAllowed')).toBe(
      'Unknown PolicyUnavailable',
    );
    const again = observed(aWorkload().withStatus(status).build(), {
      startPolicy,
    });
    expect(waits(again).requeueAfterMs).toBe(10_000);
  });
});

describe('the spec', () => {
  it.each([
    ['a short gate', { timeouts: { suspendGate: '9s' } }, 'suspendGate'],
    ['no time to work', { timeouts: { execution: '0s' } }, 'execution'],
    ['no patience', { timeouts: { noProgress: '0s' } }, 'noProgress'],
    [
      'a parameter of the operator',
      { parameters: { target_urls: '[]' } },
      'target_urls',
    ],
    [
      'a baseline of its own choice',
      { parameters: { baseline: '{}' } },
      'baseline',
    ],
    [
      'four eyes without a requester',
      { gate: { fourEyes: true }, requestedBy: undefined },
      'requestedBy',
    ],
    [
      'more than 64 KiB of URLs',
      {
        targetUrls: Array.from(
          { length: 40 },
          (_, index) => `https://a.example/${index}${'x'.repeat(1990)}`,
        ),
      },
      'targetUrls',
    ],
    [
      'something that is no URL',
      { targetUrls: ['https://[not-an-address/'] },
      'no URL',
    ],
  ])('with %s fails and says so', (_what, spec, word) => {
    const workload = aWorkload().withSpec(spec).build();
    const status = recorded(observed(workload, { startPolicy: answer() }));
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'Ready')).toBe('False InvalidSpec');
    expect(status.message).toContain(word);
  });

  it('is not judged anew once the run was allowed', () => {
    const workload = aWorkload()
      .withSpec({ timeouts: { suspendGate: '9s' } })
      .started()
      .build();
    waits(
      observed(workload, {
        workflow: aWorkflow()
          .phase('Running')
          .step('scrape', 'Running')
          .facts(),
      }),
    );
  });
});

describe('once allowed, the Workflow', () => {
  const allowed = () => aWorkload().allowed().build();

  it('is made when it is not there', () => {
    expect(actions(observed(allowed()))).toEqual([
      { type: 'create-workflow', name: WORKFLOW_NAME },
    ]);
  });

  it('is recorded when it is there and ours', () => {
    const status = recorded(
      observed(allowed(), { workflow: aWorkflow().facts() }),
    );
    expect(status.phase).toBe('Running');
    expect(status.argoWorkflow).toEqual({
      name: WORKFLOW_NAME,
      namespace: 'agentworkloads',
      uid: WORKFLOW_UID,
      startedAt: '2026-03-02T09:59:00.000Z',
    });
    expect(condition(status, 'WorkflowCreated')).toBe('True WorkflowCreated');
    expect(status.progressHash).toBeTruthy();
  });

  it('has its name in status before anything is made', () => {
    const start = recorded(
      observed(aWorkload().build(), { startPolicy: answer() }),
    );
    expect(start.workflowNames).toEqual(['weekly-ffffffffff']);
    const unnamed = aWorkload()
      .allowed()
      .withStatus({ workflowNames: undefined })
      .build();
    expect(recorded(observed(unnamed)).workflowNames).toEqual([
      'weekly-ffffffffff',
    ]);
  });

  it('leaves a taken name alone and takes another, three times', () => {
    const workflow = aWorkflow().ownedBy('someone-else').facts();
    const second = recorded(observed(allowed(), { workflow }));
    expect(second.phase).toBe('Pending');
    expect(second.workflowNames).toEqual([WORKFLOW_NAME, 'weekly-ffffffffff']);

    const builder = aWorkload().allowed();
    const third = builder.withStatus({ workflowNames: ['a', 'b', 'c'] });
    const status = recorded(observed(third.build(), { workflow }));
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'WorkflowCreated')).toBe('False NameCollision');
    expect(status.message).toContain('a, b, c');
  });

  it.each([
    [
      'another template',
      aWorkflow().withSpec({ workflowTemplateRef: { name: 'other' } }),
    ],
    [
      'other targets',
      aWorkflow().withSpec({
        arguments: {
          parameters: [{ name: 'target_urls', value: '["http://evil"]' }],
        },
      }),
    ],
    [
      'templates of its own',
      aWorkflow().withSpec({ entrypoint: 'x', templates: [{ name: 'x' }] }),
    ],
    ['a hook', aWorkflow().withSpec({ hooks: { exit: { template: 'x' } } })],
    ['no label of ours', aWorkflow().withMetadata({ labels: {} })],
    [
      "another workload's uid in its label",
      aWorkflow().withMetadata({
        labels: { 'agentworkloads.io/workload-uid': 'other' },
      }),
    ],
    [
      'a second owner',
      aWorkflow().withMetadata({
        ownerReferences: [
          {
            uid: WORKLOAD_UID,
            kind: 'AgentWorkload',
            name: 'weekly',
            controller: true,
          },
          { uid: 'x', kind: 'ConfigMap', name: 'x' },
        ],
      }),
    ],
  ])('that says it is ours, and has %s, is foreign', (_what, workflow) => {
    const status = recorded(
      observed(allowed(), { workflow: workflow.facts() }),
    );
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'WorkflowCreated')).toBe('False ForeignWorkflow');
    expect(status.argoWorkflow).toBeUndefined();
  });

  it.each([
    [
      "Argo's own labels",
      aWorkflow().withMetadata({
        labels: {
          'agentworkloads.io/workload-uid': WORKLOAD_UID,
          'agentworkloads.io/workload-name': 'weekly',
          'workflows.argoproj.io/phase': 'Running',
        },
      }),
    ],
    ['been stopped meanwhile', aWorkflow().withSpec({ shutdown: 'Stop' })],
  ])('of ours that has %s is recorded', (_what, workflow) => {
    const status = recorded(
      observed(allowed(), { workflow: workflow.facts() }),
    );
    expect(status.argoWorkflow?.uid).toBe(WORKFLOW_UID);
  });

  it.each([
    [
      'could not be read',
      { workflow: { kind: 'unreadable', cause: 'HTTP 500' } as const },
    ],
    [
      "has a template that can't be read",
      { template: { kind: 'unreadable', cause: 'HTTP 500' } as const },
    ],
  ])('that %s is waited for', (_what, parts) => {
    expect(waits(observed(allowed(), parts)).requeueAfterMs).toBe(5_000);
  });

  it('that the server refuses is tried on, and whoever looks sees why', () => {
    const builder = aWorkload().allowed();
    const refusal = 'exceeded quota';
    const status = recorded(observed(builder.build(), { refusal }));
    expect(status.phase).toBe('Pending');
    expect(condition(status, 'WorkflowCreated')).toBe(
      'False WorkflowNotCreated',
    );
    expect(condition(status, 'Stalled')).toBe('True WorkflowNotCreated');
    const noted = builder.withStatus(status).build();
    expect(actions(observed(noted, { refusal }))).toEqual([
      { type: 'create-workflow', name: WORKFLOW_NAME },
    ]);
    const made = recorded(observed(noted, { workflow: aWorkflow().facts() }));
    expect(condition(made, 'Stalled')).toBe('False WorkflowCreated');
    expect(condition(made, 'WorkflowCreated')).toBe('True WorkflowCreated');
  });

  it.each([
    [false, 'WorkflowTemplate'],
    [true, 'ClusterWorkflowTemplate'],
  ])(
    'without its template (cluster scope %s) waits, stalled, and goes on once it is there',
    (clusterScope, kind) => {
      const builder = aWorkload()
        .withSpec({ workflowTemplateRef: { name: 'mine', clusterScope } })
        .allowed();
      const template = { kind: 'absent' } as const;
      const status = recorded(observed(builder.build(), { template }));
      expect(status.message).toContain(`${kind} mine`);
      expect(status.phase).toBe('Pending');
      expect(condition(status, 'Stalled')).toBe('True TemplateNotFound');

      const stalled = builder.withStatus(status).build();
      expect(waits(observed(stalled, { template })).requeueAfterMs).toBe(
        15_000,
      );
      expect(actions(observed(stalled))).toEqual([
        { type: 'create-workflow', name: WORKFLOW_NAME },
      ]);
      const made = recorded(
        observed(stalled, {
          workflow: aWorkflow()
            .withSpec({
              workflowTemplateRef: {
                name: 'mine',
                ...(clusterScope ? { clusterScope } : {}),
              },
            })
            .facts(),
        }),
      );
      expect(condition(made, 'Stalled')).toBe('False WorkflowCreated');
    },
  );
});

describe('what a run is compared with', () => {
  const OTHER = { ...BASELINE, name: 'later' };
  const asked = aWorkload().build();
  /** As status has it once the first name is recorded. */
  const settledWith = (baseline: typeof BASELINE | undefined) =>
    aWorkload().allowed().withStatus({ baseline });
  /** What the operator makes of the run. */
  const madeWith = (baseline: typeof BASELINE | undefined) =>
    aWorkflow().withSpec(
      buildWorkflow(WORKFLOW_NAME, asked.metadata, asked.spec, 'bucket', {
        baseline,
      }).spec,
    );

  it('is recorded with the name, before anything is made', () => {
    const state = {
      startPolicy: answer(),
      earlierRuns: { baseline: BASELINE },
    };
    const status = recorded(observed(asked, state));
    expect(status.workflowNames).toHaveLength(1);
    expect(status.baseline).toEqual(BASELINE);
    expect(status.argoWorkflow).toBeUndefined();
  });

  it('is recorded of a run that was allowed by an operator of before, too', () => {
    const workload = aWorkload()
      .allowed()
      .withStatus({ workflowNames: undefined })
      .build();
    const status = recorded(
      observed(workload, { earlierRuns: { baseline: BASELINE } }),
    );
    expect(status).toMatchObject({
      workflowNames: ['weekly-ffffffffff'],
      baseline: BASELINE,
    });
  });

  it('is not recorded, and nothing is made, while it is not known', () => {
    const state = { startPolicy: answer(), earlierRuns: undefined };
    waits(observed(asked, state));
    const allowed = aWorkload()
      .allowed()
      .withStatus({ workflowNames: undefined });
    waits(observed(allowed.build(), { earlierRuns: undefined }));
  });

  it('may be that the run which was named is none to compare with: the steps are told why', () => {
    const unfitBaseline = { name: 'x', unfit: 'it names {{x}}, "gone".' };
    const state = { startPolicy: answer(), earlierRuns: { unfitBaseline } };
    const status = recorded(observed(asked, state));
    expect(status.unfitBaseline).toEqual(unfitBaseline);
    const next = aWorkload().withStatus(status).build();
    expect(actions(observed(next))).toMatchObject([
      { type: 'create-workflow' },
    ]);
    const made = buildWorkflow(WORKFLOW_NAME, next.metadata, next.spec, 'b', {
      unfitBaseline: next.status?.unfitBaseline,
    });
    const { parameters } = made.spec.arguments as {
      parameters: { name: string; value: string }[];
    };
    const value = parameters.find(({ name }) => name === 'baseline')?.value;
    expect(value).not.toContain('{{');
    expect(JSON.parse(value ?? '')).toEqual(unfitBaseline);
  });

  it('is recorded of no run that waits or is denied', () => {
    for (const value of [{ wait: ['one goes on'] }, { allow: false }]) {
      const state = {
        startPolicy: answer(value),
        earlierRuns: { baseline: BASELINE },
      };
      expect(recorded(observed(asked, state)).baseline).toBeUndefined();
    }
  });

  it.each([
    ['the same one', BASELINE],
    ['nothing', undefined],
  ])(
    'stays %s when the name is taken, whatever ended meanwhile',
    (_, before) => {
      const status = recorded(
        observed(settledWith(before).build(), {
          workflow: aWorkflow().ownedBy('someone-else').facts(),
          earlierRuns: { baseline: OTHER },
        }),
      );
      expect(status.workflowNames).toHaveLength(2);
      expect(status.baseline).toEqual(before);
    },
  );

  it('is the same for the template that Argo is held to, at the record and at the create', () => {
    const state = {
      startPolicy: answer(),
      earlierRuns: { baseline: BASELINE },
    };
    const status = recorded(observed(asked, state));
    const plain = recorded(observed(asked, { startPolicy: answer() }));
    expect(status.template?.expectedSha256).not.toBe(
      plain.template?.expectedSha256,
    );
    const next = aWorkload().withStatus(status).build();
    expect(actions(observed(next))).toMatchObject([
      { type: 'create-workflow' },
    ]);
  });

  it('is what a Workflow of ours has that an earlier pass made', () => {
    const status = recorded(
      observed(settledWith(BASELINE).build(), {
        workflow: madeWith(BASELINE).facts(),
      }),
    );
    expect(status.argoWorkflow?.uid).toBe(WORKFLOW_UID);
    expect(status.baseline).toEqual(BASELINE);
  });

  it.each([
    ['another one', BASELINE, OTHER],
    ['none', BASELINE, undefined],
    ['one that nobody recorded', undefined, BASELINE],
  ])('tells a Workflow with %s for foreign', (_what, ours, theirs) => {
    const status = recorded(
      observed(settledWith(ours).build(), {
        workflow: madeWith(theirs).facts(),
      }),
    );
    expect(condition(status, 'WorkflowCreated')).toBe('False ForeignWorkflow');
  });

  it.each<[string, typeof BASELINE | undefined, string | undefined]>([
    ['goes on', BASELINE, undefined],
    ['is stopped where it has another one', OTHER, 'False TemplateChanged'],
    ['is stopped where it has none', undefined, 'False TemplateChanged'],
  ])('is held to while it runs: a Workflow %s', (_what, theirs, then) => {
    const workload = aWorkload().started().withStatus({ baseline: BASELINE });
    const workflow = madeWith(theirs)
      .phase('Running')
      .step('scrape', 'Running')
      .facts();
    const state = observed(workload.build(), { workflow });
    if (then === undefined) waits(state);
    else expect(condition(recorded(state), 'Ready')).toBe(then);
  });
});

describe('cancelled before the start', () => {
  it('is over when there is no Workflow', () => {
    const status = recorded(observed(aWorkload().cancelled().build()));
    expect(status.phase).toBe('Cancelled');
  });

  it('waits when nobody knows whether there is one', () => {
    const workflow = { kind: 'unreadable', cause: 'HTTP 500' } as const;
    expect(
      waits(observed(aWorkload().cancelled().build(), { workflow }))
        .requeueAfterMs,
    ).toBe(5_000);
  });

  it('first takes over a Workflow that was made and not yet recorded', () => {
    const builder = aWorkload().cancelled().allowed();
    const workflow = aWorkflow().facts();
    const status = recorded(observed(builder.build(), { workflow }));
    expect(status.phase).toBe('Running');
    const after = recorded(
      observed(builder.withStatus(status).build(), { workflow }),
    );
    expect(after.phase).toBe('Cancelled');
  });
});

describe('a workload that is being deleted', () => {
  it('is left to the garbage collector', () => {
    const workload = aWorkload()
      .withMetadata({ deletionTimestamp: iso(0) })
      .allowed()
      .build();
    expect(waits(observed(workload), NOW)).toEqual({ type: 'wait' });
  });
});

describe('a run that uses the pages of one whose gate ran out of time', () => {
  const asked = aWorkload().withSpec({ evidenceFrom: MONDAY }).build();
  const earlier = {
    evidenceFrom: MONDAYS_EVIDENCE,
    baseline: BASELINE,
  };

  it('has on record which one that is, with its first name', () => {
    const state = { startPolicy: answer(), earlierRuns: earlier };
    const status = recorded(observed(asked, state));
    expect(status).toMatchObject({ phase: 'Pending', ...earlier });
    expect(status.workflowNames).toHaveLength(1);
  });

  it('has a gate that is no softer than the one that ran out of time, nor than its own', () => {
    const status = recorded(
      observed(
        aWorkload()
          .withSpec({
            evidenceFrom: MONDAY,
            gate: { mode: 'policy', fourEyes: false, groups: ['security'] },
          })
          .build(),
        {
          startPolicy: answer(),
          earlierRuns: earlier,
          gateBefore: {
            mode: 'human',
            fourEyes: true,
            approvals: 3,
            groups: ['legal'],
          },
        },
      ),
    );
    expect(status.gate).toMatchObject({
      mode: 'human',
      fourEyes: true,
      approvals: 3,
      groups: ['security', 'legal'],
    });
  });

  it('ends where the pages are older than policy lets results be kept', () => {
    const kept = { atLeastSeconds: 0, atMostSeconds: 3600 };
    const state = { startPolicy: answer({ kept }), earlierRuns: earlier };
    const status = recorded(observed(asked, state));
    expect(status).toMatchObject({ phase: 'Failed' });
    expect(status.message).toContain('longer ago than policy lets');
  });

  it('is held to both where it was allowed by an operator of before', () => {
    const kept = { atLeastSeconds: 0, atMostSeconds: 3600 };
    const before = (kind: object = {}) =>
      observed(
        aWorkload()
          .withSpec({ evidenceFrom: MONDAY })
          .allowed()
          .withStatus({
            workflowNames: undefined,
            policy: { start: { decision: 'allow', reasons: [], ...kind } },
          })
          .build(),
        {
          earlierRuns: earlier,
          gateBefore: { mode: 'human', fourEyes: true, approvals: 3 },
        },
      );
    const strict = { mode: 'human', fourEyes: true, approvals: 3 };
    expect(recorded(before()).gate).toMatchObject(strict);
    expect(recorded(before({ kept }))).toMatchObject({
      phase: 'Failed',
      message: expect.stringContaining('longer ago than policy lets'),
    });
  });

  it('tells its Workflow, and who asks can not', () => {
    const { metadata, spec } = asked;
    const made = buildWorkflow('n', metadata, spec, 'bucket', earlier);
    const { parameters } = made.spec.arguments as {
      parameters: { name: string; value: string }[];
    };
    const told = parameters.find(({ name }) => name === 'evidence_from');
    expect(JSON.parse(told?.value ?? '')).toEqual(MONDAYS_EVIDENCE);
    const forged = { evidence_from: '{}' };
    expect(specProblems({ ...spec, parameters: forged })).toEqual([
      'parameters.evidence_from is set by the operator; leave it out',
    ]);
  });

  it('ends and says why where that run can not be opened again', () => {
    const why = 'spec.evidenceFrom names monday, which is Completed.';
    const state = {
      startPolicy: answer(),
      earlierRuns: undefined,
      refusedEvidence: why,
    };
    const status = recorded(observed(asked, state));
    expect(status).toMatchObject({ phase: 'Failed', message: why });
    expect(condition(status, 'WorkflowCreated')).toBe('False EvidenceUnfit');
    expect(condition(status, 'Ready')).toBe('False EvidenceUnfit');
    expect(status.workflowNames).toBeUndefined();
  });

  it('ends where the template would visit the pages all the same', () => {
    const template = {
      kind: 'present' as const,
      value: { ...TEMPLATE_META, spec: TEMPLATE_OF_BEFORE },
    };
    const why = 'has no parameter evidence_from';
    const state = { startPolicy: answer(), earlierRuns: earlier, template };
    const first = recorded(observed(asked, state));
    expect(first).toMatchObject({ phase: 'Failed' });
    expect(first.message).toContain(why);
    // It was replaced between the record and the create.
    const allowed = aWorkload().withSpec({ evidenceFrom: MONDAY }).allowed();
    const later = recorded(
      observed(allowed.withStatus(earlier).build(), { template }),
    );
    expect(later).toMatchObject({ phase: 'Failed' });
    expect(later.message).toContain(why);
  });

  it('waits while that run can not be read', () => {
    waits(observed(asked, { startPolicy: answer(), earlierRuns: undefined }));
  });
});

import { describe, expect, it } from '@jest/globals';
import { isFinalPhase } from '@agentworkloads/api';
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
  EVIDENCE,
  GATE_NODE,
  NOW,
} from '../../../test/builders/workload';
import {
  aWorkflow,
  digestsOf,
  type WorkflowBuilder,
} from '../../../test/builders/workflow';
import { sha256Hex } from '../../workflow/hash';

type Parameters = { name: string; value: string }[];
const facts = (parameters: Parameters, key = 'runs/x/facts') => ({
  outputs: { artifacts: [{ name: 'facts', s3: { key } }], parameters },
});
const otherDigest = [
  { name: 'digests', value: JSON.stringify({ facts: sha256Hex('forged') }) },
];

/** The run as its status is once the gate has been opened on what it had then. */
function opened() {
  const open = observed(aWorkload().started(120).build(), {
    workflow: aWorkflow().atGate().facts(),
  });
  return recorded(open);
}

/** The same, approved by alice. */
function approved() {
  const status = opened();
  return {
    ...status,
    gate: {
      ...status.gate!,
      decision: 'approve' as const,
      via: 'person' as const,
      decidedBy: 'alice',
    },
  };
}

describe('a gate', () => {
  it('opens with the hash of everything that was put out before it', () => {
    const status = opened();
    expect(status.phase).toBe('AwaitingApproval');
    expect(status.gate).toMatchObject({
      nodeId: GATE_NODE,
      evidence: EVIDENCE,
    });
    expect(status.workflowArtifacts?.facts.sha256).toBe(sha256Hex('facts'));
  });

  it('counts the artifacts of a retried step once', () => {
    const retried = aWorkflow().atGate();
    retried.node('dom(1)', {
      type: 'Pod',
      phase: 'Succeeded',
      outputs: {
        artifacts: [
          {
            name: 'facts',
            s3: { key: 'runs/f0e1d2c3-b4a5-9687-7869-5a4b3c2d1e0f/facts' },
          },
        ],
        parameters: [digestsOf('facts')],
      },
    });
    expect(retried.facts().evidence.digest).toBe(EVIDENCE);
  });

  it.each([
    ['no digests', facts([])],
    ['digests of another artifact', facts([digestsOf('shots')])],
    [
      'digests that are none',
      facts([{ name: 'digests', value: '{"facts":1}' }]),
    ],
    ['digests that are no JSON', facts([{ name: 'digests', value: 'x' }])],
    [
      'a digest cut short',
      facts([{ name: 'digests', value: '{"facts":"ab"}' }]),
    ],
  ])('does not open after a step with %s', (_what, outputs) => {
    const workflow = aWorkflow().atGate().step('dom', 'Succeeded', outputs);
    const state = observed(aWorkload().started(120).build(), {
      workflow: workflow.facts(),
    });
    const status = recorded(state);
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'Ready')).toBe('False EvidenceMissing');
    expect(status.message).toContain('facts');
    expect(status.gate?.nodeId).toBeUndefined();
    const after = observed(
      aWorkload().started(120).withStatus(status).build(),
      { workflow: workflow.facts() },
    );
    expect(actions(after)).toMatchObject([{ type: 'stop-workflow' }]);
  });

  it('waits a little for what Argo may not have written yet', () => {
    const workflow = aWorkflow().atGate().step('dom', 'Succeeded', facts([]));
    const state = observed(aWorkload().started(120).build(), {
      workflow: workflow.facts(),
    });
    expect(waits(state, at(-25)).requeueAfterMs).toBe(10_000);
  });

  it('opens where nothing was put out, on the hash of nothing', () => {
    const workflow = aWorkflow().phase('Running').gate('Running').facts();
    const status = recorded(
      observed(aWorkload().started(120).build(), { workflow }),
    );
    expect(status.gate?.evidence).toBe(sha256Hex('[]'));
  });

  it('is not approved by who looked at something else', () => {
    const workload = aWorkload().waiting().build();
    const workflow = aWorkflow().atGate().facts();
    for (const evidence of [sha256Hex('other'), undefined]) {
      const approvals = [anOwnedApproval({ evidence })];
      expect(
        actions(observed(workload, { workflow, approvals })),
      ).toMatchObject([{ accepted: false, reason: 'ApprovalOfOtherEvidence' }]);
    }
    const denied = [anOwnedApproval({ evidence: undefined, decision: 'deny' })];
    expect(
      recorded(observed(workload, { workflow, approvals: denied })).gate
        ?.decision,
    ).toBe('deny');
  });
});

const CHANGES: [string, (workflow: WorkflowBuilder) => WorkflowBuilder][] = [
  [
    'another hash of an artifact',
    w =>
      w.step(
        'dom',
        'Succeeded',
        facts(otherDigest, 'runs/f0e1d2c3-b4a5-9687-7869-5a4b3c2d1e0f/facts'),
      ),
  ],
  [
    'another place of an artifact',
    w =>
      w.step(
        'dom',
        'Succeeded',
        facts([digestsOf('facts')], 'runs/other/facts'),
      ),
  ],
  ['an artifact less', w => w.step('dom', 'Succeeded', { outputs: {} })],
  [
    'an artifact more',
    w =>
      w.step('early', 'Succeeded', {
        outputs: {
          artifacts: [{ name: 'extra', s3: { key: 'runs/x/extra' } }],
          parameters: [digestsOf('extra')],
        },
      }),
  ],
  [
    'a report before its time',
    w =>
      w.step('early', 'Succeeded', {
        outputs: {
          artifacts: [{ name: 'report-html', s3: { key: 'runs/x/report' } }],
        },
      }),
  ],
];

describe('what was looked at', () => {
  it.each(CHANGES)(
    'ends the run when it has %s at the open gate',
    (_what, change) => {
      const workload = aWorkload().started(120).withStatus(opened()).build();
      const workflow = change(aWorkflow().atGate());
      const status = recorded(
        observed(workload, { workflow: workflow.facts() }),
      );
      expect(status.phase).toBe('Failed');
      expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
      expect(status.workflowArtifacts).toEqual(opened().workflowArtifacts);
    },
  );

  it.each(CHANGES)(
    'keeps the gate shut when it has %s after the approval',
    (_what, change) => {
      const workload = aWorkload().started(120).withStatus(approved()).build();
      const workflow = change(aWorkflow().atGate());
      const status = recorded(
        observed(workload, { workflow: workflow.facts() }),
      );
      expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
    },
  );

  it.each(CHANGES)(
    'is no Completed run when it has %s at the end',
    (_what, change) => {
      const workload = aWorkload().started(120).withStatus(approved()).build();
      const workflow = change(aWorkflow().completed());
      const status = recorded(
        observed(workload, { workflow: workflow.facts() }),
      );
      expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
    },
  );

  it.each([
    [
      'names other evidence',
      [{ name: 'evidence', value: sha256Hex('x') }, digestsOf('report-json')],
    ],
    ['names no evidence', [digestsOf('report-json')]],
    ['has no hash', [{ name: 'evidence', value: EVIDENCE }]],
  ])('is no Completed run when the report %s', (_what, parameters) => {
    const workload = aWorkload().started(120).withStatus(approved()).build();
    const workflow = aWorkflow()
      .completed()
      .step('synthesis', 'Succeeded', {
        outputs: {
          artifacts: [{ name: 'report-json', s3: { key: 'runs/x/r' } }],
          parameters,
        },
      });
    const status = recorded(observed(workload, { workflow: workflow.facts() }));
    expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
  });

  it('is no Completed run when the gate passed on other evidence', () => {
    const workload = aWorkload().started(120).withStatus(approved()).build();
    const workflow = aWorkflow()
      .completed()
      .gate('Succeeded', {
        outputs: {
          parameters: [
            { name: 'decision', value: 'approve' },
            { name: 'evidence', value: sha256Hex('x') },
          ],
        },
      });
    const status = recorded(observed(workload, { workflow: workflow.facts() }));
    expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
  });

  it('is no Completed run when nobody can read the steps any more', () => {
    const workload = aWorkload().started(120).withStatus(approved()).build();
    const workflow = aWorkflow()
      .completed()
      .withStatus({ compressedNodes: 'H4s' });
    const status = recorded(observed(workload, { workflow: workflow.facts() }));
    expect(condition(status, 'Ready')).toBe('False EvidenceChanged');
  });

  it('and is the same all along is published, with the hashes of the reports', () => {
    const workload = aWorkload().started(120).withStatus(approved()).build();
    const end = settled(
      observed(workload, { workflow: aWorkflow().completed().facts() }),
      NOW,
    ).workload.status;
    expect(end?.phase).toBe('Completed');
    expect(isFinalPhase(end?.phase)).toBe(true);
    expect(end?.workflowArtifacts?.['report-html']?.sha256).toBe(
      sha256Hex('report-html'),
    );
  });

  it('is of no account once the gate was denied', () => {
    const status = approved();
    const workload = aWorkload()
      .started(120)
      .withStatus({
        ...status,
        gate: {
          ...status.gate,
          decision: 'deny',
          decidedAt: at(0).toISOString(),
        },
      })
      .build();
    const [, change] = CHANGES[0];
    const workflow = change(aWorkflow().atGate()).facts();
    expect(actions(observed(workload, { workflow }))).toMatchObject([
      { type: 'decide-gate', patch: { decision: 'deny' } },
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  actions,
  recorded,
  settled,
  waits,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import {
  aTemplate,
  storedSpec,
  TEMPLATE,
  TEMPLATE_META,
} from '../../../test/builders/template';
import {
  aWorkload,
  EVIDENCE,
  iso,
  type WorkloadBuilder,
} from '../../../test/builders/workload';
import {
  aWorkflow,
  type WorkflowBuilder,
} from '../../../test/builders/workflow';
import { CANONICAL_FORM } from '../../workflow/canonical';
import { readTemplate } from '../../workflow/read-template';
import { pinTemplate, templateDigest } from '../../workflow/pinned-spec';
import { buildWorkflow } from '../../workflow/build-workflow';

type Json = Record<string, unknown>;

const { metadata, spec } = aWorkload().build();
const OWN = buildWorkflow('w', metadata, spec, 'bucket').spec;

/** A Workflow whose stored spec is the template with these changes. */
function having(changes: Json, workflow = aWorkflow().atGate()) {
  return workflow.withStatus({
    storedWorkflowTemplateSpec: { ...storedSpec(OWN), ...changes },
  });
}

/** With the digest of what Argo stores, as a status has it from the first write on. */
function pinned(
  workload: WorkloadBuilder,
  storedSha256 = aWorkflow().atGate().facts().stored?.sha256,
): WorkloadBuilder {
  const { template } = workload.build().status ?? {};
  return workload.withStatus({
    template: { ...template, name: 'competitor-scrape', storedSha256 },
  });
}

const look = (workload: WorkloadBuilder, workflow: WorkflowBuilder) =>
  observed(workload.build(), { workflow: workflow.facts() });

describe('a template, before a Workflow is made', () => {
  const answer = (templateDigests: string[] = []) => ({
    kind: 'answered' as const,
    revision: 'r1',
    value: {
      allow: true,
      reasons: [],
      wait: [],
      gate: { mode: 'policy' as const, fourEyes: false },
      egress: { allow: ['*'], deny: [] },
      templateDigests,
    },
  });

  it('is recorded with the answer of policy start', () => {
    const status = recorded(
      observed(aWorkload().build(), { startPolicy: answer() }),
    );
    expect(status.template).toEqual({
      name: 'competitor-scrape',
      uid: TEMPLATE_META.uid,
      generation: 3,
      form: CANONICAL_FORM,
      sha256: pinTemplate(TEMPLATE).sha256,
      expectedSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(status.phase).toBe('Pending');
  });

  it('is recorded before the create where it came later than the answer', () => {
    const workload = aWorkload().allowed().ofAnOlderOperator().build();
    const status = recorded(observed(workload));
    expect(status.template).toMatchObject({ generation: 3 });
    expect(actions(observed({ ...workload, status }))).toEqual([
      expect.objectContaining({ type: 'create-workflow' }),
    ]);
  });

  it('is recorded anew when it was upgraded before anything was made', () => {
    const upgraded = readTemplate(aTemplate(TEMPLATE, { generation: 4 }));
    const status = recorded(
      observed(aWorkload().allowed().build(), {
        template: { kind: 'present', value: upgraded },
      }),
    );
    expect(status.template?.generation).toBe(4);
  });

  const referring = readTemplate(
    aTemplate({
      ...TEMPLATE,
      templates: [
        {
          name: 'main',
          dag: {
            tasks: [{ name: 'a', templateRef: { name: 'x', template: 'y' } }],
          },
        },
      ],
    }),
  );
  const { sha256 } = pinTemplate(referring.spec);
  const template = { kind: 'present' as const, value: referring };

  it('that takes parts of others is refused', () => {
    const status = recorded(
      observed(aWorkload().build(), { startPolicy: answer(), template }),
    );
    expect(status.phase).toBe('PolicyDenied');
    expect(status.message).toContain(sha256);
  });

  it('that takes parts of others is refused when it comes late, too', () => {
    const workload = aWorkload().allowed().ofAnOlderOperator().build();
    const status = recorded(observed(workload, { template }));
    expect(status.phase).toBe('PolicyDenied');
  });

  it('that takes parts of others is run where policy data lists its digest', () => {
    const status = recorded(
      observed(aWorkload().build(), {
        startPolicy: answer([sha256]),
        template,
      }),
    );
    expect(status).toMatchObject({
      phase: 'Pending',
      policy: { start: { templateDigests: [sha256] } },
      template: { sha256 },
    });
  });
});

describe('what Argo runs', () => {
  it('is pinned by the next write, and none is made for it', () => {
    const running = aWorkflow().phase('Running').step('scrape', 'Running');
    waits(look(aWorkload().started(), running));
    const status = recorded(look(aWorkload().started(), aWorkflow().atGate()));
    expect(status).toMatchObject({
      phase: 'AwaitingApproval',
      template: {
        storedSha256: aWorkflow().atGate().facts().stored?.sha256,
      },
    });
  });

  it.each<[string, WorkloadBuilder, WorkflowBuilder]>([
    [
      'at first sight',
      aWorkload().started(),
      having(
        { onExit: 'scrape' },
        aWorkflow().phase('Running').step('scrape', 'Running'),
      ),
    ],
    [
      'before the gate opens',
      aWorkload().started(),
      having({ serviceAccountName: 'admin' }),
    ],
    [
      'at the open gate',
      pinned(aWorkload().waiting()),
      having({ templates: [] }),
    ],
    [
      'in a part that is not held to the template, once it is known',
      pinned(aWorkload().waiting()),
      having({ priority: 9 }),
    ],
    [
      'before an approval is carried out',
      pinned(aWorkload().waiting({ decision: 'approve', via: 'policy' })),
      having({ templates: [] }),
    ],
    [
      'when it has ended well',
      pinned(
        aWorkload().waiting({
          decision: 'approve',
          via: 'policy',
          evidence: EVIDENCE,
        }),
      ),
      having({ templates: [] }, aWorkflow().completed()),
    ],
    [
      'when nobody can read its nodes',
      pinned(aWorkload().started()),
      having(
        { templates: [] },
        aWorkflow().phase('Running').withStatus({ compressedNodes: 'x' }),
      ),
    ],
    [
      'by being taken away',
      pinned(aWorkload().waiting()),
      aWorkflow().atGate().withStatus({
        storedWorkflowTemplateSpec: undefined,
      }),
    ],
  ])(
    'ends the run when it is something else, %s',
    (_when, workload, workflow) => {
      const state = look(workload, workflow);
      const status = recorded(state);
      expect(status.phase).toBe('Failed');
      expect(
        status.conditions?.find(({ type }) => type === 'Ready')?.reason,
      ).toBe('TemplateChanged');
      // What was recorded stays: it tells what the run was held to.
      expect(status.template).toEqual(workload.build().status?.template);
      if (state.workflow.kind !== 'present' || state.workflow.value.finished)
        return;
      const ended = { ...state.workload, status };
      expect(actions({ ...state, workload: ended })).toEqual([
        expect.objectContaining({ type: 'stop-workflow' }),
      ]);
    },
  );

  it.each([
    ['is stopped', { shutdown: 'Stop' }],
    ['is held', { suspend: true }],
  ])('stays what it is when it %s', (_what, change) => {
    const state = look(pinned(aWorkload().waiting()), having(change));
    expect(settled(state).workload.status?.phase).toBe('AwaitingApproval');
  });

  it('may be something else once the gate was denied: that is an end already', () => {
    const denied = pinned(
      aWorkload().waiting({
        decision: 'deny',
        via: 'person',
        decidedAt: iso(0),
      }),
    );
    expect(actions(look(denied, having({ templates: [] })))).toEqual([
      expect.objectContaining({ type: 'decide-gate' }),
    ]);
  });

  it('is told apart part by part while the template is as it was read', () => {
    const state = look(
      aWorkload().started(),
      having({ serviceAccountName: 'admin', onExit: 'scrape' }),
    );
    expect(recorded(state).message).toMatch(
      /in: onExit, serviceAccountName\..*ARGO_WORKFLOW_DEFAULTS/,
    );
  });

  it('is said to be another template where that was edited in between', () => {
    const template = {
      kind: 'present' as const,
      value: readTemplate(aTemplate({}, { generation: 4 })),
    };
    const state = {
      ...look(aWorkload().started(), having({ onExit: 'scrape' })),
      template,
    };
    expect(recorded(state).message).toMatch(/edited after .* generation 4/);
  });

  const foreign = { name: 'y', container: { image: 'x' } };
  const taken = aWorkflow()
    .atGate()
    .withStatus({ storedTemplates: { 'namespaced/x/y': foreign } });

  it('takes nothing from other templates', () => {
    const status = recorded(look(aWorkload().started(), taken));
    expect(status.message).toContain(templateDigest(foreign));
  });

  it('has each template of its own in its own place', () => {
    const [, gate, scrape] = TEMPLATE.templates as Json[];
    const holding = (storedTemplates: Json) =>
      look(
        pinned(aWorkload().waiting()),
        aWorkflow().atGate().withStatus({ storedTemplates }),
      );
    const at = 'namespaced/competitor-scrape';
    const right = holding({ [`${at}/gate`]: gate, [`${at}/scrape`]: scrape });
    expect(settled(right).workload.status?.phase).toBe('AwaitingApproval');
    const status = recorded(holding({ [`${at}/gate`]: scrape }));
    expect(status.phase).toBe('Failed');
    expect(status.message).toContain(`${at}/gate`);
  });

  it('takes from other templates what policy data lists', () => {
    const workload = aWorkload()
      .started()
      .withStatus({
        policy: {
          start: {
            decision: 'allow',
            reasons: [],
            templateDigests: [templateDigest(foreign)],
          },
        },
      });
    expect(recorded(look(workload, taken)).phase).toBe('AwaitingApproval');
  });
});

describe('a run that an older operator began', () => {
  it('is held to what Argo runs when it is first seen', () => {
    const workload = aWorkload().waiting().ofAnOlderOperator();
    const status = recorded(look(workload, aWorkflow().atGate()));
    expect(status.template).toEqual({
      name: 'competitor-scrape',
      form: CANONICAL_FORM,
      storedSha256: aWorkflow().atGate().facts().stored?.sha256,
    });
    expect(status.phase).toBe('AwaitingApproval');
    const later = { ...workload.build(), status };
    const same = observed(later, { workflow: aWorkflow().atGate().facts() });
    expect(settled(same).workload.status?.phase).toBe('AwaitingApproval');
    const changed = having({ templates: [] }).facts();
    expect(recorded(observed(later, { workflow: changed })).phase).toBe(
      'Failed',
    );
  });

  it('has no template of its own in another place, either', () => {
    const [, gate, scrape] = TEMPLATE.templates as Json[];
    const at = 'namespaced/competitor-scrape/gate';
    const holding = (template: unknown) =>
      recorded(
        look(
          aWorkload().waiting().ofAnOlderOperator(),
          aWorkflow()
            .atGate()
            .withStatus({ storedTemplates: { [at]: template } }),
        ),
      );
    expect(holding(gate).phase).toBe('AwaitingApproval');
    expect(holding(scrape).phase).toBe('Failed');
    expect(holding(scrape).message).toContain(at);
  });

  it('with digests of another form is pinned anew, and stays so', () => {
    const { template } = pinned(aWorkload().waiting()).build().status ?? {};
    const workload = aWorkload()
      .waiting()
      .withStatus({
        template: {
          ...template,
          name: 'competitor-scrape',
          form: CANONICAL_FORM - 1,
          expectedSha256: 'a'.repeat(64),
          storedSha256: 'b'.repeat(64),
        },
      });
    const status = recorded(look(workload, aWorkflow().atGate()));
    expect(status.phase).toBe('AwaitingApproval');
    expect(status.template).toEqual({
      name: 'competitor-scrape',
      form: CANONICAL_FORM,
      storedSha256: aWorkflow().atGate().facts().stored?.sha256,
    });
    const later = { ...workload.build(), status };
    const changed = having({ templates: [] }).facts();
    expect(recorded(observed(later, { workflow: changed })).phase).toBe(
      'Failed',
    );
  });

  it('and recorded a template in another form reads it anew before it makes anything', () => {
    const workload = aWorkload().allowed().build();
    const { template } = workload.status ?? {};
    const older = {
      ...workload,
      status: {
        ...workload.status,
        template: { ...template, name: 'competitor-scrape', form: undefined },
      },
    };
    expect(recorded(observed(older)).template).toEqual(template);
  });

  it('whose Workflow was made and not recorded is taken over', () => {
    const workload = aWorkload().allowed().ofAnOlderOperator();
    const status = recorded(look(workload, aWorkflow()));
    expect(status.phase).toBe('Running');
  });
});

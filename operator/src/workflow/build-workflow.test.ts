import { describe, expect, it } from '@jest/globals';
import { baselineSchema } from '@agentworkloads/api';
import { BASELINE } from '../../test/builders/completed-run';
import { aWorkload, WORKLOAD_UID } from '../../test/builders/workload';
import { buildWorkflow, withoutTemplateTags } from './build-workflow';

function build(spec: Parameters<ReturnType<typeof aWorkload>['withSpec']>[0]) {
  const workload = aWorkload().withSpec(spec).build();
  return buildWorkflow(
    'weekly-0a1b2c3d4e',
    workload.metadata,
    workload.spec,
    'bucket-1',
  ) as unknown as {
    metadata: Record<string, unknown>;
    spec: {
      workflowTemplateRef: object;
      activeDeadlineSeconds: number;
      arguments: { parameters: { name: string; value: string }[] };
    };
  };
}

function parameter(workflow: ReturnType<typeof build>, name: string) {
  return workflow.spec.arguments.parameters.find(item => item.name === name)
    ?.value;
}

describe('the Workflow of a workload', () => {
  it('is owned by the workload, labelled with its uid, in its namespace', () => {
    expect(build({}).metadata).toEqual({
      name: 'weekly-0a1b2c3d4e',
      namespace: 'agentworkloads',
      labels: {
        'agentworkloads.io/workload-uid': WORKLOAD_UID,
        'agentworkloads.io/workload-name': 'weekly',
      },
      ownerReferences: [
        {
          apiVersion: 'agentworkloads.io/v1alpha1',
          kind: 'AgentWorkload',
          name: 'weekly',
          uid: WORKLOAD_UID,
          controller: true,
        },
      ],
    });
  });

  it('takes its limit and its template from the spec', () => {
    const { spec } = build({
      timeouts: { execution: '1h30m', suspendGate: '30m' },
      workflowTemplateRef: { name: 'mine', clusterScope: true },
    });
    expect(spec.activeDeadlineSeconds).toBe(7200);
    expect(spec.workflowTemplateRef).toEqual({
      name: 'mine',
      clusterScope: true,
    });
  });

  it('passes the parameters that the agents know, and further ones', () => {
    const workflow = build({ parameters: { depth: '2' } });
    expect(parameter(workflow, 'job_id')).toBe('agentworkloads/weekly');
    expect(parameter(workflow, 'target_urls')).toBe(
      '["https://acme.example/pricing"]',
    );
    expect(parameter(workflow, 'objective')).toBe('What do they charge?');
    expect(parameter(workflow, 'minio_bucket')).toBe('bucket-1');
    expect(parameter(workflow, 'depth')).toBe('2');
  });

  it('names its entity as a label can, and nothing where it has none', () => {
    expect(
      parameter(build({ entityRef: 'Component:default/Tidepool' }), 'entity'),
    ).toBe('component.default.tidepool');
    expect(
      parameter(build({ entityRef: 'component:a.b/c' }), 'entity'),
    ).toBeUndefined();
    expect(parameter(build({}), 'entity')).toBeUndefined();
  });

  it('passes what is to be followed where something is, and else no such parameter', () => {
    expect(parameter(build({ follow: 'pricing' }), 'follow')).toBe('pricing');
    expect(parameter(build({ follow: 'none' }), 'follow')).toBeUndefined();
    expect(parameter(build({}), 'follow')).toBeUndefined();
  });

  const comparedWith = (baseline = BASELINE, spec = {}) => {
    const workload = aWorkload().withSpec(spec).build();
    return buildWorkflow('w', workload.metadata, workload.spec, 'b', {
      baseline,
    }) as unknown as ReturnType<typeof build>;
  };

  it('passes what the run is compared with where there is something, and else no such parameter', () => {
    const text = parameter(comparedWith(), 'baseline') ?? '';
    expect(baselineSchema.parse(JSON.parse(text))).toEqual(BASELINE);
    expect(parameter(build({}), 'baseline')).toBeUndefined();
    const seen = { ...BASELINE, seenAt: '2026-02-26T08:00:00Z' };
    expect(JSON.parse(parameter(comparedWith(seen), 'baseline') ?? '')).toEqual(
      seen,
    );
  });

  it('passes it in the same words, in whatever order the API server gives a status back', () => {
    const { manifest, facts } = BASELINE.artifacts;
    const { bucket, key, sha256 } = manifest;
    const sorted = {
      artifacts: { facts, manifest: { sha256, key, bucket } },
      completedAt: BASELINE.completedAt,
      workflowUid: BASELINE.workflowUid,
      name: BASELINE.name,
    };
    expect(parameter(comparedWith(sorted), 'baseline')).toBe(
      parameter(comparedWith(), 'baseline'),
    );
  });

  it('passes nothing in it that Argo would expand, and loses nothing of it', () => {
    const { facts } = BASELINE.artifacts;
    const manifest = {
      ...BASELINE.artifacts.manifest,
      key: 'runs/{{=env("X")}}/{{{workflow.uid}}}/m.json',
    };
    const odd = { ...BASELINE, artifacts: { manifest, facts } };
    const text = parameter(comparedWith(odd), 'baseline') ?? '';
    expect(text).not.toContain('{{');
    expect(JSON.parse(text)).toEqual(odd);
  });

  it('passes the host rules that policy start answered, and forbids all without them', () => {
    const workload = aWorkload().build();
    const rules = { allow: ['*.example'], deny: ['denied.example'] };
    const made = buildWorkflow(
      'weekly-0a1b2c3d4e',
      workload.metadata,
      workload.spec,
      'b',
      { egress: rules },
    ) as unknown as ReturnType<typeof build>;
    expect(JSON.parse(parameter(made, 'egress_rules') ?? '')).toEqual(rules);
    expect(JSON.parse(parameter(build({}), 'egress_rules') ?? '')).toEqual({
      allow: [],
      deny: ['*'],
    });
  });

  it('lets nothing that was typed become an Argo expression', () => {
    const evil = '{{=sprig.env("SECRET")}} {{{workflow.uid}}}';
    const url = 'https://acme.example/?q={{workflow.uid}}';
    const workflow = build({
      objective: evil,
      targetUrls: [url],
      parameters: { note: evil },
    });
    for (const { value } of workflow.spec.arguments.parameters) {
      expect(value).not.toContain('{{');
    }
    expect(
      JSON.parse(parameter(workflow, 'target_urls') ?? '') as unknown,
    ).toEqual([url]);
  });

  it('leaves single braces as they are', () => {
    expect(withoutTemplateTags('a {b} c')).toBe('a {b} c');
  });

  it('leaves out a name that is too long for a label', () => {
    const workload = aWorkload()
      .withMetadata({ name: 'x'.repeat(64) })
      .build();
    const { metadata } = buildWorkflow(
      'n',
      workload.metadata,
      workload.spec,
      'b',
    ) as { metadata: { labels: object } };
    expect(Object.keys(metadata.labels)).toEqual([
      'agentworkloads.io/workload-uid',
    ]);
  });
});

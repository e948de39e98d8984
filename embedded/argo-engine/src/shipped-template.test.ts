import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { STEP_ORDER } from '@agentworkloads/api';
import { parse } from 'yaml';
import { observed, START, workflow } from '../test/workflows';
import { next } from './core/next';
import { imageProblem } from './runner/images';

const file = path.resolve('deploy/argo/workflow-template.yaml');
const template = parse(readFileSync(file, 'utf8')) as { spec: unknown };

describe('the WorkflowTemplate that we ship', () => {
  it('is run as it stands', () => {
    const outcome = next(
      workflow({
        workflowTemplateRef: { name: 'competitor-scrape' },
        arguments: {
          parameters: [
            { name: 'job_id', value: 'agentworkloads/x' },
            { name: 'target_urls', value: '["http://a.example/"]' },
            { name: 'objective', value: 'What {{workflow.uid}} costs' },
            { name: 'minio_bucket', value: 'agentworkloads' },
          ],
        },
      }),
      observed([], {
        template: { kind: 'found', spec: template.spec },
        checkImage: (container: Parameters<typeof imageProblem>[1]) =>
          imageProblem({ 'agentworkloads/agents': {} }, container),
      }),
      START,
    );
    expect(outcome.workflow?.status).toMatchObject({ phase: 'Running' });
    const [pod] = outcome.createPods;
    expect(pod.spec.containers[0]).toMatchObject({
      command: ['node', '/app/main.mjs'],
      args: ['scrape'],
    });
    expect(pod.spec.containers[0].env).toContainEqual({
      name: 'OBJECTIVE',
      value: 'What {{workflow.uid}} costs',
    });
    // The first part of its objects' keys, by which S3 rules tell teams apart.
    expect(pod.spec.containers[0].env).toContainEqual({
      name: 'WORKFLOW_NAMESPACE',
      value: outcome.workflow?.metadata.namespace,
    });
    // What is followed is asked for; an operator of before passes nothing.
    expect(pod.spec.containers[0].env).toContainEqual({
      name: 'FOLLOW',
      value: 'none',
    });
    expect(pod.spec.activeDeadlineSeconds).toBe(7200);
  });

  it('has a task for every step', () => {
    const text = JSON.stringify(template.spec);
    for (const step of STEP_ORDER) {
      expect(text).toContain(`"name":"${step}"`);
    }
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  argoWorkflowSchema,
  isFinishedPhase,
  podName,
  readSteps,
} from '@agentworkloads/api';
import { podName as podNameOf } from '../../src/spec/names';

interface Recorded {
  phase: string;
  message: string;
  nodes: Record<string, { name: string; templateName?: string }>;
}
/** What Argo itself wrote, by the name of the Workflow; the recording has null where Argo writes nothing. */
const recorded = JSON.parse(
  readFileSync(
    path.resolve('embedded/argo-engine/test/argo/recorded.json'),
    'utf8',
  ),
  (_key, value: unknown) => value ?? undefined,
) as Record<string, Recorded>;

const workflowOf = (name: string) => {
  const { phase, message, nodes } = recorded[name];
  return argoWorkflowSchema.parse({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name },
    spec: {},
    status: { phase, message, nodes },
  });
};
const names = Object.keys(recorded);
const ended = names.filter(name => isFinishedPhase(recorded[name].phase));

describe('a Workflow as Argo wrote it', () => {
  it('that was stopped while a step ran shows how that ended', () => {
    const [{ status }] = readSteps(workflowOf('stop-running'));
    expect(status).toMatchObject({
      name: 'a',
      phase: 'Failed',
      message: 'workflow shutdown with strategy:  Stop',
    });
  });

  it('was recorded in every kind of end', () => {
    expect(new Set(ended.map(name => recorded[name].phase))).toEqual(
      new Set(['Succeeded', 'Failed', 'Error']),
    );
  });

  it.each(ended)('shows no step on its way once it has ended: %s', name => {
    const onTheirWay = readSteps(workflowOf(name)).filter(({ status }) =>
      ['Running', 'Pending'].includes(status.phase),
    );
    expect(onTheirWay).toEqual([]);
  });

  it.each(names)('has its pods called as the engine calls them: %s', name => {
    const workflow = workflowOf(name);
    for (const node of Object.values(workflow.status?.nodes ?? {})) {
      if (node.type !== 'Pod') continue;
      expect(podName(workflow, node)).toBe(
        podNameOf(name, node.name, node.templateName ?? ''),
      );
    }
  });
});

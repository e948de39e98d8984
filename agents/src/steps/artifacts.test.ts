import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { STEP_ORDER, STEPS } from '@agentworkloads/api';
import { parse } from 'yaml';
import { STEP_REGISTRY } from './registry';

interface Outputs {
  parameters?: { name: string; valueFrom: { path?: string } }[];
  artifacts?: { name: string; path: string; archive?: unknown }[];
}
const file = join(
  import.meta.dirname,
  '../../../deploy/argo/workflow-template.yaml',
);
const { spec } = parse(readFileSync(file, 'utf8')) as {
  spec: { templates: { name: string; outputs?: Outputs }[] };
};

const pods = STEP_ORDER.filter(step => step !== STEPS.gate);

describe('the WorkflowTemplate', () => {
  it.each(pods)('has the artifacts of %s, and their digests', async name => {
    const step = await STEP_REGISTRY[name]!();
    const { outputs } = spec.templates.find(one => one.name === name)!;
    const named = Object.fromEntries(
      (outputs?.artifacts ?? []).map(one => [
        one.name,
        one.path.replace('/work/out/', ''),
      ]),
    );
    // One that the step doesn't know has no hash, and then no gate opens.
    expect(named).toEqual(step.artifacts);
    expect(outputs?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'digests',
        valueFrom: expect.objectContaining({ path: '/work/out/digests.json' }),
      }),
    );
    // Only bytes that are uploaded as they are have the hash of their file.
    for (const one of outputs?.artifacts ?? []) {
      expect(one.archive).toEqual({ none: {} });
    }
  });
});

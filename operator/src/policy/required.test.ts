import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  GATE_ARTIFACTS,
  POLICY_ENTRYPOINTS,
  STEP_ORDER,
  STEP_TABLE,
  stepsBefore,
} from '@agentworkloads/api';
import { aWorkload, NOW } from '../../test/builders/workload';
import { aWorkflow } from '../../test/builders/workflow';
import { WasmPolicyEngine } from '../adapters/wasm-policy';
import type { WorkflowFacts } from '../workflow/facts';
import { readGateAnswer } from './answers';
import { gateInput } from './input';

const engine = WasmPolicyEngine.fromFolder(join(process.cwd(), 'policies'));

/** Reasons of the shipped policy `gate` for a run that otherwise may pass. */
async function reasons(facts: WorkflowFacts): Promise<readonly string[]> {
  const gate = { mode: 'policy' as const, fourEyes: false };
  const input = gateInput(aWorkload().started().build(), gate, facts, NOW);
  const answer = await (await engine)
    .decide(POLICY_ENTRYPOINTS.gate, input)
    .then(readGateAnswer);
  if (answer.kind !== 'answered') throw new Error(answer.cause);
  return answer.value.reasons;
}

const whole = () => aWorkflow().atGate().facts();

/** The policy names steps and artifacts; so does the table of steps. They must say the same. */
describe('policy gate', () => {
  it.each(stepsBefore('gate'))('asks for step %s', async name => {
    const facts = whole();
    const others = facts.steps.filter(step => step.name !== name);
    expect(await reasons({ ...facts, steps: others })).toContain(
      `step ${name} has not succeeded`,
    );
  });

  it.each(GATE_ARTIFACTS)('asks for artifact %s', async name => {
    const facts = whole();
    const { [name]: _, ...others } = facts.artifacts;
    expect(await reasons({ ...facts, artifacts: others })).toContain(
      `artifact ${name} is missing`,
    );
  });

  it('asks for no step and no artifact besides', async () => {
    const nothing = { ...whole(), steps: [], artifacts: {} };
    const asked = (await reasons(nothing)).filter(reason =>
      /^(step|artifact) /.test(reason),
    );
    expect([...asked].sort()).toEqual(
      [
        ...stepsBefore('gate').map(name => `step ${name} has not succeeded`),
        ...GATE_ARTIFACTS.map(name => `artifact ${name} is missing`),
      ].sort(),
    );
  });

  it('is asked before anything is made that it does not see', () => {
    const before = stepsBefore('gate').flatMap(step =>
      Object.keys(STEP_TABLE[step].outputs),
    );
    expect(before).toEqual(expect.arrayContaining([...GATE_ARTIFACTS]));
    expect(STEP_ORDER.at(-1)).toBe('synthesis');
  });
});

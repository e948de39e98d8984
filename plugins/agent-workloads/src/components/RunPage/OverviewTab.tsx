import { useState } from 'react';
import { Flex, Text } from '@backstage/ui';
import { STEPS } from '@agentic/api';
import type {
  RunDetail,
  RunStep,
} from '@agentic/backstage-plugin-agent-workloads-common';
import { GatePanel } from '../GatePanel';
import { StepDetails } from '../StepDetails';
import { StepGraph } from '../StepGraph';
import { EmptyState } from '../states';

/** The step that a visitor most likely wants to read about. */
function interesting(steps: readonly RunStep[]): RunStep | undefined {
  const withPhase = (...phases: string[]) =>
    steps.find(step => phases.includes(step.phase));
  return (
    withPhase('Failed', 'Error') ??
    withPhase('Running') ??
    [...steps].reverse().find(step => step.phase === 'Succeeded') ??
    steps[0]
  );
}

export function OverviewTab(props: { run: RunDetail }) {
  const { run } = props;
  const [chosen, setChosen] = useState<string>();
  const step =
    run.steps.find(one => one.name === chosen) ?? interesting(run.steps);
  const gate = run.gateDetail;
  const showGate = gate?.nodeId !== undefined || gate?.decision !== undefined;
  return (
    <Flex direction="column" gap="6">
      {showGate && <GatePanel run={run} />}
      <section aria-label="Steps">
        <Flex direction="column" gap="4">
          <Text as="h2" variant="title-small" weight="bold">
            Steps
          </Text>
          {run.steps.length ? (
            <>
              <StepGraph
                steps={run.steps}
                selected={step?.name}
                onSelect={setChosen}
              />
              {step && step.name !== STEPS.gate && (
                <StepDetails key={step.name} run={run} step={step} />
              )}
              {step?.name === STEPS.gate && !showGate && (
                <Text color="secondary">
                  The gate has not opened yet: it waits for the steps before it.
                </Text>
              )}
              {step?.name === STEPS.gate && showGate && (
                <Text color="secondary">
                  Everything about the gate is at the top of this page.
                </Text>
              )}
            </>
          ) : (
            <EmptyState
              title="No steps yet"
              description={
                run.message ??
                'The policy is asked first; then the workflow begins. The steps appear here by themselves.'
              }
            />
          )}
        </Flex>
      </section>
    </Flex>
  );
}

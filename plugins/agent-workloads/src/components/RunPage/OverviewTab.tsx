import { useState } from 'react';
import { Flex, Text } from '@backstage/ui';
import { isFinalPhase, STEPS } from '@agentworkloads/api';
import type {
  RunDetail,
  RunStep,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { STOPPED, type ShownStep } from '../../lib/stepText';
import { useWords } from '../../translation/words';
import { GatePanel } from '../GatePanel';
import { StepDetails } from '../StepDetails';
import { StepGraph } from '../StepGraph';
import { EmptyState } from '../states';

/** The step that a visitor most likely wants to read about. */
function interesting(steps: readonly ShownStep[]): ShownStep | undefined {
  const withPhase = (...phases: string[]) =>
    steps.find(step => phases.includes(step.phase));
  return (
    withPhase('Failed', 'Error') ??
    withPhase('Running') ??
    [...steps].reverse().find(step => step.phase === 'Succeeded') ??
    steps[0]
  );
}

/** What has not begun when the run is over never will; what runs is being stopped, whatever Argo still says of it. */
const ONCE_OVER: Record<string, ShownStep['phase']> = {
  Pending: 'Omitted',
  Running: STOPPED,
};

/** Argo's words for a step that it ended itself: it calls such a step failed, though nothing broke in it. */
const ENDED_BY_ARGO = /stopped|shutdown|terminat|strategy|^$/i;

function phaseOnceOver(run: RunDetail, step: RunStep): ShownStep['phase'] {
  const broke = step.phase === 'Failed' || step.phase === 'Error';
  return run.phase === 'Cancelled' &&
    broke &&
    ENDED_BY_ARGO.test(step.message ?? '')
    ? STOPPED
    : ONCE_OVER[step.phase];
}

function stepsOf(run: RunDetail): ShownStep[] {
  if (!isFinalPhase(run.phase)) return run.steps;
  return run.steps.map(step => {
    const phase = phaseOnceOver(run, step);
    return phase === undefined
      ? step
      : { ...step, phase, finishedAt: step.finishedAt ?? run.finishedAt };
  });
}

function GateHint(props: { hasPanel: boolean; open: boolean }) {
  const { t } = useWords();
  if (!props.hasPanel) {
    return <Text color="secondary">{t('steps.gateNotOpened')}</Text>;
  }
  return (
    <Text color="secondary">
      {props.open ? t('steps.gateAtTop') : t('steps.gateFurtherDown')}
    </Text>
  );
}

function Steps(props: { run: RunDetail; hasGate: boolean; open: boolean }) {
  const { run } = props;
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>();
  const steps = stepsOf(run);
  const step = steps.find(one => one.name === chosen) ?? interesting(steps);
  if (!steps.length) {
    return (
      <EmptyState
        title={t('steps.none')}
        description={
          isFinalPhase(run.phase)
            ? t('steps.endedBefore')
            : run.message ?? t('steps.notBegun')
        }
      />
    );
  }
  return (
    <>
      <StepGraph steps={steps} selected={step?.name} onSelect={setChosen} />
      {step && step.name !== STEPS.gate && (
        <StepDetails key={step.name} run={run} step={step} />
      )}
      {step?.name === STEPS.gate && (
        <GateHint hasPanel={props.hasGate} open={props.open} />
      )}
    </>
  );
}

/** Steps and gate; a gate that waits comes first. */
export function OverviewTab(props: { run: RunDetail }) {
  const { t } = useWords();
  const { run } = props;
  const gate = run.gateDetail;
  const hasGate = gate?.openedAt !== undefined || gate?.decision !== undefined;
  const open = run.phase === 'AwaitingApproval';
  return (
    <Flex direction="column" gap="6">
      {hasGate && open && <GatePanel run={run} />}
      <section aria-label={t('steps.title')}>
        <Flex direction="column" gap="4">
          <Text as="h2" variant="title-small" weight="bold">
            {t('steps.title')}
          </Text>
          <Steps run={run} hasGate={hasGate} open={open} />
        </Flex>
      </section>
      {hasGate && !open && <GatePanel run={run} />}
    </Flex>
  );
}

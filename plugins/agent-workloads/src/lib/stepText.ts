import { STEP_TABLE, type StepName, type StepPhase } from '@agentworkloads/api';
import type { RunStep } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Words } from '../translation/words';
import type { Tone } from './phases';

function isStep(name: string): name is StepName {
  return Object.hasOwn(STEP_TABLE, name);
}

/** Undefined for a step of somebody else's template. */
export function stepDescription(name: string, { t }: Words) {
  return isStep(name) ? t(`stepDoes.${name}`) : undefined;
}

export function stepTitle(name: string, { t }: Words): string {
  return isStep(name) ? t(`step.${name}`) : name;
}

/** Of a step that still ran when its run was over; Argo has no word for it. */
export const STOPPED = 'Stopped';

/** A step as pages show it. */
export type ShownStep = Omit<RunStep, 'phase'> & {
  phase: StepPhase | typeof STOPPED;
};

const TONES: Record<StepPhase, Tone> = {
  Pending: 'neutral',
  Running: 'info',
  Succeeded: 'success',
  Failed: 'danger',
  Error: 'danger',
  Skipped: 'neutral',
  Omitted: 'neutral',
};

function isStepPhase(phase: string): phase is StepPhase {
  return Object.hasOwn(TONES, phase);
}

/** The gate is a step that "runs" while it waits for a person; people should read that word. */
export function stepPhaseView(
  name: string,
  phase: string,
  { t }: Words,
): { label: string; tone: Tone } {
  if (name === 'gate' && phase === 'Running') {
    return { label: t('stepPhase.gateWaits'), tone: 'warning' };
  }
  if (name === 'gate' && phase === 'Succeeded') {
    return { label: t('stepPhase.gatePassed'), tone: 'success' };
  }
  // By a person, the policy, a time limit or a cancel: nothing broke.
  if (name === 'gate' && phase === 'Failed') {
    return { label: t('stepPhase.gateShut'), tone: 'danger' };
  }
  if (phase === STOPPED) {
    return { label: t('stepPhase.stopped'), tone: 'neutral' };
  }
  return isStepPhase(phase)
    ? { label: t(`stepPhase.${phase}`), tone: TONES[phase] }
    : { label: phase || t('stepPhase.Pending'), tone: 'neutral' };
}

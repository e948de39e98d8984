import { STEP_TABLE, type StepName, type StepPhase } from '@agentworkloads/api';
import type { Tone } from './phases';

function isStep(name: string): name is StepName {
  return Object.hasOwn(STEP_TABLE, name);
}

/** Undefined for a step of somebody else's template. */
export function stepDescription(name: string): string | undefined {
  return isStep(name) ? STEP_TABLE[name].description : undefined;
}

export function stepTitle(name: string): string {
  return isStep(name) ? STEP_TABLE[name].title : name;
}

export const STEP_PHASES: Record<StepPhase, { label: string; tone: Tone }> = {
  Pending: { label: 'Waiting', tone: 'neutral' },
  Running: { label: 'Running', tone: 'info' },
  Succeeded: { label: 'Done', tone: 'success' },
  Failed: { label: 'Failed', tone: 'danger' },
  Error: { label: 'Error', tone: 'danger' },
  Skipped: { label: 'Skipped', tone: 'neutral' },
  Omitted: { label: 'Not run', tone: 'neutral' },
};

/** The gate is a step that "runs" while it waits for a person; people should read that word. */
export function stepPhaseView(
  name: string,
  phase: string,
): { label: string; tone: Tone } {
  if (name === 'gate' && phase === 'Running') {
    return { label: 'Waits for decision', tone: 'warning' };
  }
  if (name === 'gate' && phase === 'Succeeded') {
    return { label: 'Passed', tone: 'success' };
  }
  // By a person, the policy, a time limit or a cancel: nothing broke.
  if (name === 'gate' && phase === 'Failed') {
    return { label: 'Shut', tone: 'danger' };
  }
  return (
    STEP_PHASES[phase as StepPhase] ?? {
      label: phase || 'Waiting',
      tone: 'neutral',
    }
  );
}

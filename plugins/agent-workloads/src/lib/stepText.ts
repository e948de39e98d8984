import type { StepPhase } from '@agentworkloads/api';
import type { Tone } from './phases';

const DESCRIPTIONS: Record<string, string> = {
  scrape:
    'Visits each page once and keeps its text, its HTML and a screenshot for desktop and mobile.',
  screenshot: 'Makes thumbnails and tiles of the screenshots.',
  dom: 'Finds plans, prices, features and headlines in the saved pages, each with its proof.',
  gate: 'Waits until a person, or the policy, lets the report be written.',
  synthesis: 'Writes the report from the facts.',
};

export function stepDescription(name: string): string | undefined {
  return DESCRIPTIONS[name];
}

const TITLES: Record<string, string> = {
  scrape: 'Scrape',
  screenshot: 'Screenshots',
  dom: 'Facts',
  gate: 'Gate',
  synthesis: 'Report',
};

export function stepTitle(name: string): string {
  return TITLES[name] ?? name;
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

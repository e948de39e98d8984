import type { Phase } from '@agentworkloads/api';

export type Tone = 'neutral' | 'info' | 'warning' | 'success' | 'danger';

export interface PhaseView {
  label: string;
  tone: Tone;
  /** What the phase means for the person who reads it. */
  explanation: string;
}

export const PHASE_VIEWS: Record<Phase, PhaseView> = {
  Pending: {
    label: 'Pending',
    tone: 'neutral',
    explanation: 'Waits for the policy or for a free place in the cluster.',
  },
  Running: {
    label: 'Running',
    tone: 'info',
    explanation: 'The steps are at work.',
  },
  AwaitingApproval: {
    label: 'Gate waits',
    tone: 'warning',
    explanation: 'A person has to decide before the report is written.',
  },
  PolicyDenied: {
    label: 'Policy denied',
    tone: 'danger',
    explanation: 'The policy did not let this run start.',
  },
  Completed: {
    label: 'Completed',
    tone: 'success',
    explanation: 'The report is there.',
  },
  Failed: {
    label: 'Failed',
    tone: 'danger',
    explanation: 'The run ended without a report.',
  },
  TimedOut: {
    label: 'Timed out',
    tone: 'danger',
    explanation: 'A time limit passed before the run could end.',
  },
  Denied: {
    label: 'Denied at gate',
    tone: 'danger',
    explanation: 'The gate was denied, so no report was written.',
  },
  Cancelled: {
    label: 'Cancelled',
    tone: 'neutral',
    explanation: 'Somebody stopped this run.',
  },
};

/** A phase of a newer operator must not break the page of an older portal. */
export function phaseView(phase: string | undefined): PhaseView {
  return (
    PHASE_VIEWS[phase as Phase] ?? {
      label: phase ?? 'Unknown',
      tone: 'neutral',
      explanation: 'This portal does not know the phase.',
    }
  );
}

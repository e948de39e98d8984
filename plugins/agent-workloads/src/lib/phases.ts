import { PHASES, type Phase } from '@agentworkloads/api';
import type { Words } from '../translation/words';

export type Tone = 'neutral' | 'info' | 'warning' | 'success' | 'danger';

export interface PhaseView {
  label: string;
  tone: Tone;
  /** What the phase means for the person who reads it. */
  explanation: string;
}

const TONES: Record<Phase, Tone> = {
  Pending: 'neutral',
  Running: 'info',
  AwaitingApproval: 'warning',
  PolicyDenied: 'danger',
  Completed: 'success',
  Failed: 'danger',
  TimedOut: 'danger',
  Denied: 'danger',
  Cancelled: 'neutral',
};

function isPhase(phase: string | undefined): phase is Phase {
  return PHASES.includes(phase as Phase);
}

/** A phase of a newer operator must not break the page of an older portal. */
export function phaseView(phase: string | undefined, { t }: Words): PhaseView {
  return isPhase(phase)
    ? {
        label: t(`phase.${phase}`),
        tone: TONES[phase],
        explanation: t(`phaseMeans.${phase}`),
      }
    : {
        label: phase ?? t('phase.unknown'),
        tone: 'neutral',
        explanation: t('phaseMeans.unknown'),
      };
}

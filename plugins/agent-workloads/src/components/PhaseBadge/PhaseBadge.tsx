import type { ReactNode } from 'react';
import {
  RiAlarmWarningLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiForbidLine,
  RiHourglassLine,
  RiLoader4Line,
  RiPauseCircleLine,
  RiShieldCrossLine,
  RiStopCircleLine,
  RiTimerFlashLine,
} from '@remixicon/react';
import { phaseView, type Tone } from '../../lib/phases';
import { STOPPED, stepPhaseView } from '../../lib/stepText';
import { useWords } from '../../translation/words';
import styles from './PhaseBadge.module.css';

const PHASE_ICONS: Record<string, typeof RiLoader4Line> = {
  Pending: RiHourglassLine,
  Running: RiLoader4Line,
  AwaitingApproval: RiPauseCircleLine,
  PolicyDenied: RiShieldCrossLine,
  Completed: RiCheckboxCircleLine,
  Failed: RiCloseCircleLine,
  TimedOut: RiTimerFlashLine,
  Denied: RiForbidLine,
  Cancelled: RiStopCircleLine,
};

const STEP_ICONS: Record<string, typeof RiLoader4Line> = {
  Pending: RiHourglassLine,
  Running: RiLoader4Line,
  Succeeded: RiCheckboxCircleLine,
  Failed: RiCloseCircleLine,
  Error: RiAlarmWarningLine,
  Skipped: RiStopCircleLine,
  Omitted: RiStopCircleLine,
  [STOPPED]: RiStopCircleLine,
};

/** An icon and a word, never colour alone. */
export function ToneBadge(props: {
  tone: Tone;
  icon?: ReactNode;
  title?: string;
  plain?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={styles.badge}
      data-tone={props.tone}
      data-plain={props.plain || undefined}
      title={props.title}
    >
      {props.icon}
      <span>{props.children}</span>
    </span>
  );
}

export function PhaseBadge(props: { phase?: string }) {
  const view = phaseView(props.phase, useWords());
  const Icon = PHASE_ICONS[props.phase ?? ''] ?? RiHourglassLine;
  return (
    <ToneBadge
      tone={view.tone}
      title={view.explanation}
      icon={
        <Icon
          size={16}
          aria-hidden
          className={props.phase === 'Running' ? styles.turning : undefined}
        />
      }
    >
      {view.label}
    </ToneBadge>
  );
}

export function StepPhaseBadge(props: { name: string; phase: string }) {
  const view = stepPhaseView(props.name, props.phase, useWords());
  const waits = view.tone === 'warning';
  const Icon = waits
    ? RiPauseCircleLine
    : STEP_ICONS[props.phase] ?? RiHourglassLine;
  const turning = props.phase === 'Running' && !waits;
  return (
    <ToneBadge
      plain
      tone={view.tone}
      icon={
        <Icon
          size={16}
          aria-hidden
          className={turning ? styles.turning : undefined}
        />
      }
    >
      {view.label}
    </ToneBadge>
  );
}
